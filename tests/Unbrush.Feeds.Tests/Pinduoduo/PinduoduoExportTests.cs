namespace Unbrush.Feeds.Tests.Pinduoduo;

public class PinduoduoExportTests
{
    [Fact]
    public void An_export_reads_into_the_expected_rows()
    {
        using var import = Importing.Of("pinduoduo/shop9-orders.csv");
        Assert.Equal(
            [
                "210611-000000000000001|shop9||1018|completed|2021-06-11 02:01:05|2021-06-11 02:01:05|2021-06-12 01:00:00|2021-06-15 00:00:00|||G-急",
                "210611-000000000000002|shop9||20|closed|2021-06-11 03:00:00|2021-06-11 03:00:00|2021-06-12 01:30:00|||20|",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, amount, status, created_at, paid_at, shipped_at, completed_at, completed_by, refunded_amount, memo FROM orders ORDER BY 1"));
        Assert.Equal(["210611-000000000000001|1|300001|3|340", "210611-000000000000002|1|300001|1|20"], import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items ORDER BY 1"));
        Assert.Equal(["300001|shop9|示例毛巾"], import.Rows("SELECT listing_id, seller_id, title FROM listings"));
        Assert.Equal(["jt|JT0000000000018|210611-000000000000001", "zto|73000000000018|210611-000000000000002"], import.Rows("SELECT carrier, waybill_no, order_id FROM parcel_orders ORDER BY 1"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Rounded_numbers_cut_rows_unknown_columns_and_the_missing_buyer_are_named()
    {
        using var import = Importing.Of("pinduoduo/shop9-orders.csv");
        Assert.Equal(["4|订单号|2.10611E+20", "5||"], import.Report.Quarantine.Select(c => $"{c.Row}|{c.Column}|{c.Value}"));
        Assert.True(import.HasNote("names no buyer"));
        Assert.True(import.HasNote("'shop9' was taken from its name"));
        Assert.True(import.HasNote("Unknown column '示例新列'"));
    }

    [Fact]
    public void The_seller_can_be_named()
    {
        using var import = Importing.With(new() { Seller = "示例店", MaxBad = 1 }, "pinduoduo/shop9-orders.csv");
        Assert.Equal(["示例店"], import.Rows("SELECT DISTINCT seller_id FROM orders"));
    }
}
