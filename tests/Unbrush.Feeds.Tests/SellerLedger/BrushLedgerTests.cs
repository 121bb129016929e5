namespace Unbrush.Feeds.Tests.SellerLedger;

public class BrushLedgerTests
{
    [Fact]
    public void A_ledger_becomes_labels_and_is_compared_with_the_orders()
    {
        using var import = Importing.Of("seller_ledger/ledger.csv", "taobao/ExportOrderList2016.csv");
        Assert.Equal(
            [
                "order|taobao|100000000000000001|fake|seller_ledger|2021-06-11 01:05:00",
                "order|taobao|100000000000000002|fake|seller_ledger|2021-06-11 01:06:00",
                "order|taobao|100000000000000077|fake|seller_ledger|2021-06-11 01:08:00",
            ],
            import.Rows("SELECT subject_kind, scope, subject_id, label, source, labelled_at FROM labels ORDER BY 3"));
        Assert.True(import.HasNote("1 orders of the ledger are not among the orders"));
        Assert.True(import.HasNote("In 1 rows the ledger's buyer is not the order's"));
        Assert.True(import.HasNote("In 1 rows the ledger's amount is not the order's"));
        Assert.Equal("1E+17", Assert.Single(import.Report.Quarantine).Value);
        Assert.Empty(import.Rows("SELECT * FROM payments"));
        import.AssertNothingIsLost();
    }
}
