namespace Unbrush.Feeds.Tests.Taobao;

public class TaobaoExportTests
{
    [Theory]
    [InlineData("2016", "2016")]
    [InlineData("2018", "2018")]
    [InlineData("2019", "2019")]
    [InlineData("2020", "2020")]
    [InlineData("2021a", "2021 on")]
    public void Every_year_is_recognised_by_its_columns(string file, string year)
    {
        var found = Assert.Single(FeedImporter.Identify([Importing.Fixture($"taobao/ExportOrderList{file}.csv")]));
        Assert.Equal("taobao.orders", found.Format.Name);
        Assert.Contains(year, found.Recognition.Why.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_of_2016_reads_into_the_expected_rows()
    {
        using var import = Importing.Of("taobao/ExportOrderList2016.csv");
        Assert.Equal(
            [
                $"100000000000000001|示例旗舰店|{import.Key("tb_example_01")}|{import.Key("buyer01@example.com")}|99|CNY|completed|2021-06-11 02:00:00|2021-06-11 02:01:05||||parcel|{import.Key("13800000001")}|440305||",
                $"100000000000000002|示例旗舰店|{import.Key("tb_example_02")}|{import.Key("buyer01@example.com")}|99|CNY|closed|2021-06-11 02:00:00|2021-06-11 02:01:05||||parcel|{import.Key("13800000002")}|440305|买家不想要了|",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, payer_key, amount, currency, status, created_at, paid_at, shipped_at, completed_at, completed_by, fulfilment, phone_key, region, refund_reason, memo FROM orders ORDER BY 1"));
        Assert.Equal(["yto|YT0000000000017|2021-06-11 02:01:05|440305"], import.Rows("SELECT carrier, waybill_no, created_at, recipient_region FROM parcels"));
        Assert.Equal(["yto|YT0000000000017|taobao|100000000000000001"], import.Rows("SELECT carrier, waybill_no, platform, order_id FROM parcel_orders"));
        Assert.Equal(["taobao|示例旗舰店|示例旗舰店"], import.Rows("SELECT platform, seller_id, name FROM sellers"));
        import.AssertNowhere("13800000001", "张三", "粤海街道", "tb_example_01", "buyer01@example.com");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Columns_that_came_later_are_read_where_they_are()
    {
        using var import = Importing.Of("taobao/ExportOrderList2018.csv", "taobao/ExportOrderList2019.csv", "taobao/ExportOrderList2020.csv");
        Assert.Equal(
            [
                "100000000000000003|58000001|2021-06-15 00:00:00|parcel|",
                "100000000000000004|示例旗舰店|2021-06-15 00:00:00|pickup|20",
                "100000000000000005|示例旗舰店|2021-06-15 00:00:00|digital|",
            ],
            import.Rows("SELECT order_id, seller_id, completed_at, fulfilment, refunded_amount FROM orders ORDER BY 1"));
        Assert.True(import.HasNote("paid by another person"));
    }

    [Fact]
    public void Split_files_masked_people_rounded_numbers_and_shared_parcels_are_taken_as_the_contract_says()
    {
        using var import = Importing.Of("taobao/ExportOrderList2021a.csv", "taobao/ExportOrderList2021b.csv");
        Assert.Equal(
            [
                $"100000000000000006||||310115|2021-06-12 10:30:00|2021-06-30 16:00:00|completed|G-1 加急，电话<phone>",
                $"100000000000000007|{import.Key("tb_example_01")}|{import.Key("13800000001")}|{import.Key("330110|仓前街道示例大学12栋")}|330110|2021-06-12 10:30:00||completed|",
                $"100000000000000008|{import.Key("tb_example_01")}|{import.Key("13800000001")}|{import.Key("330110|仓前街道示例大学12栋")}|330110|2021-06-12 10:30:00|||请放门卫",
            ],
            import.Rows("SELECT order_id, buyer_id, phone_key, address_key, region, shipped_at, promised_at, status, memo FROM orders ORDER BY 1"));
        Assert.Equal(["YT0000000000017", "YT0000000000025", "YT0000000000026"], import.Rows("SELECT waybill_no FROM parcels ORDER BY 1"));
        Assert.Equal(["100000000000000007", "100000000000000008"], import.Rows("SELECT order_id FROM parcel_orders WHERE waybill_no = 'YT0000000000025' ORDER BY 1"));
        var lost = Assert.Single(import.Report.Quarantine);
        Assert.Equal((4, "订单编号", "1.23457E+17"), (lost.Row, lost.Column, lost.Value));
        Assert.Contains("rounded", lost.Reason.En, StringComparison.Ordinal);
        Assert.True(import.HasNote("'示例新状态' (1 times)"));
        Assert.True(import.HasNote("buyer's name is masked in 1 rows"));
        Assert.True(import.HasNote("changed the address"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void An_unknown_column_is_kept_out_and_named_once()
    {
        using var import = Importing.Of("taobao/ExportOrderList2021unknown.csv");
        Assert.Single(import.Report.Notes, n => n.Text.En.Contains("'示例新列'", StringComparison.Ordinal));
        Assert.DoesNotContain(import.Report.Notes, n => n.Text.En.Contains("Unknown column '满返红包金额'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_file_loses_its_bad_rows_and_no_others()
    {
        using var import = Importing.Of("taobao/ExportOrderListDamaged.csv");
        Assert.Equal(["12"], import.Rows("SELECT count(*) FROM orders"));
        Assert.Equal(["14|", "15|订单编号", "16|created_at"], import.Report.Quarantine.Where(c => c.File.Contains("Damaged")).Select(c => $"{c.Row}|{c.Column}").Distinct());
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Lines_of_both_layouts_are_read_and_numbered()
    {
        using var import = Importing.Of("taobao/ExportOrderDetailList2016.csv", "taobao/ExportOrderDetailList2021.csv", "taobao/ExportOrderList2016.csv");
        Assert.Equal(
            ["100000000000000001|1|sku:SKU-1|1|99", $"100000000000000001|2|{Title("赠品")}|1|99", "100000000000000003|1|sku:SKU-2|2|99"],
            import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items ORDER BY 1, 2"));
        Assert.Equal(["sku:SKU-1|示例旗舰店|示例T恤 纯棉", $"{Title("赠品")}|示例旗舰店|赠品"], import.Rows("SELECT listing_id, seller_id, title FROM listings ORDER BY 1"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void The_same_files_again_change_nothing()
    {
        using var import = Importing.Of("taobao/ExportOrderList2016.csv");
        var again = FeedImporter.Import(import.Connection, [Importing.Fixture("taobao/ExportOrderList2016.csv")], Importing.Secret, new());
        Assert.All(again.Files, f => Assert.Equal(0, f.Kept));
        Assert.Equal(["2"], import.Rows("SELECT count(*) FROM orders"));
    }

    private static string Title(string title) => Feeds.Taobao.TaobaoItemExport.ListingOf(null, title)!;
}
