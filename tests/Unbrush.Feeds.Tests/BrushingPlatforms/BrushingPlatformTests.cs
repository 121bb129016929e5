namespace Unbrush.Feeds.Tests.BrushingPlatforms;

public class BrushingPlatformTests
{
    private const string Labels = "SELECT subject_kind, scope, subject_id, label, source, labelled_at FROM labels ORDER BY ALL";

    [Fact]
    public void Orders_of_a_platform_become_labels_of_orders_and_parcels_and_are_compared_with_the_orders()
    {
        using var import = Importing.Of("brushing_platforms/orders.csv", "taobao/ExportOrderList2016.csv");
        Assert.Equal(
            [
                "order|taobao|100000000000000001|fake|brushing_platform|",
                "order|taobao|100000000000000002|fake|brushing_platform|",
                "parcel|unknown|123456|fake|brushing_platform|",
                "parcel|yto|YT0000000000017|fake|brushing_platform|",
                "parcel|yto|YT0000000000025|fake|brushing_platform|",
                "parcel|yto|YT0000000000026|fake|brushing_platform|",
            ],
            import.Rows(Labels));
        Assert.Equal([(4, "1.00000E+17"), (6, "")], import.Report.Quarantine.Select(c => ((int)c.Row, c.Value)));
        Assert.True(import.HasNote("In 1 rows the ledger's buyer is not the order's"));
        Assert.True(import.HasNote("1 waybill numbers stand without a carrier"));
        // What was promised and paid is in no bill: the table alone proves no payment.
        Assert.Empty(import.Rows("SELECT * FROM payments"));
        import.AssertNowhere("张三", "李四", "13800000001", "tb_example_01", "粤海街道", "a.jpg");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_programs_answer_is_read_and_its_task_types_name_the_platform()
    {
        using var import = Importing.Of("brushing_platforms/orders.json");
        Assert.Equal(
            [
                "order|pdd|210611-000000000000001|fake|brushing_platform|2021-06-11 01:05:00",
                "order|tmall|100000000000000091|fake|brushing_platform|2021-06-11 01:05:00",
                "parcel|zto|78000000000017|fake|brushing_platform|2021-06-11 01:05:00",
            ],
            import.Rows(Labels));
        Assert.True(import.HasNote("addressPhone"));
        import.AssertNowhere("张三", "13800000001", "tb_example_04");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Numbers_that_a_site_has_sold_are_labels_of_parcels()
    {
        using var import = Importing.Of("brushing_platforms/numbers.csv");
        Assert.Equal(
            ["parcel|yto|YT0000000000041|fake|sold_number|2021-06-11 00:00:00", "parcel|zto|78000000000025|fake|sold_number|2021-06-11 00:01:00"],
            import.Rows(Labels));
        Assert.Equal("4.31E+14", Assert.Single(import.Report.Quarantine).Value);
    }

    [Fact]
    public void Tasks_name_no_order_and_no_parcel_and_every_row_says_so()
    {
        using var import = Importing.Of("brushing_platforms/tasks.csv");
        Assert.Empty(import.Rows(Labels));
        Assert.Equal(["T1", "T2"], import.Report.Quarantine.Select(c => c.Value));
        Assert.All(import.Report.Quarantine, c => Assert.Contains("names no order", c.Reason.En, StringComparison.Ordinal));
        import.AssertNothingIsLost();
    }
}
