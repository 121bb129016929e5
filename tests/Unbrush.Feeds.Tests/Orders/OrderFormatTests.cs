namespace Unbrush.Feeds.Tests.Orders;

public class OrderFormatTests
{
    [Fact]
    public void Trades_of_the_open_platform_read_into_the_expected_rows()
    {
        using var import = Importing.Of("top/trades.json");
        Assert.Equal(
            [
                $"tmall|100000000000000001|示例旗舰店|{import.Key("tb_example_01")}|198|completed|2021-06-12 10:30:00|2021-06-15 00:00:00||parcel|campaign|440305|{import.Key("oaid/1ABCdef")}||flag=1; G-1 电话<phone>",
                $"tmall|100000000000000002|示例旗舰店|AAOpen1|198|closed|2021-06-12 10:30:00|||digital||440305|{import.Key("440305|粤海街道示例路1号3栋502室")}|{import.Key("13800000001")}|flag=1; G-1 电话<phone>",
            ],
            import.Rows("SELECT platform, order_id, seller_id, buyer_id, amount, status, shipped_at, completed_at, completed_by, fulfilment, source, region, address_key, phone_key, memo FROM orders ORDER BY 2"));
        Assert.Equal(["1|600001|1|99", "2|600002|1|99"], import.Rows("SELECT line, listing_id, quantity, unit_price FROM order_items WHERE order_id = '100000000000000001' ORDER BY 1"));
        Assert.Equal(["yto|YT0000000000017"], import.Rows("SELECT carrier, waybill_no FROM parcels"));
        Assert.Equal([$"2021061122001000000001|{import.Key("buyer01@example.com")}|198|order"], import.Rows("SELECT payment_id, payer_key, amount, kind FROM payments"));
        Assert.Contains("masked", Assert.Single(import.Report.Quarantine).Reason.En, StringComparison.Ordinal);
        Assert.Empty(import.Rows("SELECT * FROM scans"));
        import.AssertNowhere("13800000001", "13800000009", "buyer01@example.com", "粤海街道");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Refunds_and_reviews_find_their_orders()
    {
        using var import = Importing.Of("top/trades.json", "top/refund.json", "top/rates.json");
        Assert.Equal(["99|2021-06-17 00:00:00|未收到货|completed"], import.Rows("SELECT refunded_amount, refunded_at, refund_reason, status FROM orders WHERE order_id = '100000000000000001'"));
        Assert.Equal(["taobao/refund/R1|not_received|order|100000000000000001|recipient"], import.Rows("SELECT report_id, kind, subject_kind, subject_id, reporter FROM reports"));
        Assert.Equal(["zto|73000000000018|return"], import.Rows("SELECT carrier, waybill_no, remark FROM parcels WHERE remark IS NOT NULL"));
        Assert.Empty(import.Rows("SELECT * FROM parcel_orders WHERE waybill_no = '73000000000018'"));
        Assert.Equal(["100000000000000031|100000000000000001|5", "41|100000000000000002|1"], import.Rows("SELECT review_id, order_id, rating FROM reviews ORDER BY 1"));
        Assert.Equal(["tmall"], import.Rows("SELECT platform FROM reviews UNION SELECT subject_platform FROM reports"));
        Assert.Equal([import.Key("tb_example_01")], import.Rows("SELECT buyer_id FROM reviews WHERE review_id = '100000000000000031'"));
        Assert.True(import.HasNote("1 reviews are by sellers"));
        Assert.True(import.HasNote("valid_score"));
    }

    [Fact]
    public void Shopify_groups_the_rows_of_an_order()
    {
        using var import = Importing.Of("shopify/orders_export_1.csv");
        Assert.Equal(
            [
                $"4000000000001|orders_export_1|{import.Key("ann@example.com")}|45|USD|shipped|2021-06-11 08:00:00|2021-06-11 08:01:05|2021-06-12 08:00:00|US-CA|{import.Key("+14085550123")}|parcel|call <phone>; risk: Low|",
                "4000000000002|orders_export_1||5|USD||2021-06-12 08:00:00|||||digital||",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, amount, currency, status, created_at, paid_at, shipped_at, region, phone_key, fulfilment, memo, device_key FROM orders ORDER BY 1"));
        Assert.Equal(["4000000000001|1|MUG|2|10", "4000000000001|2|title", "4000000000002|1|title"], import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items ORDER BY 1, 2").Select(r => r.Contains("title:") ? r[..(r.IndexOf("title:") + 5)] : r));
        Assert.True(import.HasNote("'odd_status' (1 times)"));
        Assert.True(import.HasNote("Unknown column 'Example New'"));
        Assert.Equal(5, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNowhere("Ann@", "ann@example.com", "555-0123", "Example St");
    }

    [Fact]
    public void WooCommerce_reads_its_times_as_utc()
    {
        using var import = Importing.Of("woocommerce/orders.json");
        Assert.Equal(
            [
                $"727|{import.Key("ann@example.com")}|29.35|completed|2021-06-11 10:00:00|2021-06-11 10:00:08|2021-06-12 10:00:00||US-CA|{import.Key("203.0.113.7")}|{import.Key("+14085550123")}|5",
                "728|12|1||2021-06-11 11:00:00|||||||",
            ],
            import.Rows("SELECT order_id, buyer_id, amount, status, created_at, paid_at, completed_at, completed_by, region, ip_key, phone_key, refunded_amount FROM orders ORDER BY 1"));
        Assert.Equal(["727|1|93|2|10.3333"], import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items"));
        Assert.True(import.HasNote("'wc-odd' (1 times)"));
        import.AssertNowhere("203.0.113.7", "Ann@example.com");
    }

    [Fact]
    public void Amazon_sums_the_items_of_an_order()
    {
        using var import = Importing.Of("amazon/shop1.txt");
        Assert.Equal(
            [
                "111-0000001-0000001|shop1||34.6|USD|completed|auto|2021-06-11 10:00:00|2021-06-13 10:00:00|US-CA|PROMO1",
                "111-0000001-0000002|shop1|||CNY|||2021-06-11 10:00:00||US|",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, amount, currency, status, completed_by, created_at, updated_at, region, campaign_id FROM orders ORDER BY 1"));
        Assert.Equal(["111-0000001-0000001|1|B000000001|2|10", "111-0000001-0000001|2|B000000002|1|10", "111-0000001-0000002|1|B000000001|0|"], import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items ORDER BY 1, 2"));
        Assert.Equal(5, Assert.Single(import.Report.Quarantine).Row);
        Assert.True(import.HasNote("names no buyer"));
        Assert.True(import.HasNote("'Odd' (1 times)"));
        Assert.True(import.HasNote("Unknown column 'example-new'"));
    }
}
