using Unbrush.Core;

namespace Unbrush.Feeds.Tests.Olist;

public sealed class OlistTests : IDisposable
{
    private const string Orders = "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date\no1,c1,delivered,2018-01-01 10:00:00,2018-01-01 11:00:00,2018-01-02 10:00:00,2018-01-05 10:00:00\n";

    private const string Items = "order_id,order_item_id,product_id,seller_id,price,freight_value\no1,1,p1,s1,10.00,1.50\no1,2,p2,s2,20.00,2.50\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-olist-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_order_of_two_sellers_is_one_order_of_each()
    {
        using var import = Importing.Of(Put("a.csv", Orders), Put("b.csv", Items));
        Assert.Equal(["o1/1|s1|11.5|completed", "o1/2|s2|22.5|completed"], import.Rows("SELECT order_id, seller_id, amount, status FROM orders ORDER BY 1"));
        Assert.Equal(["picked_up", "delivered"], import.Rows("SELECT action FROM scans WHERE waybill_no = 'o1/1' ORDER BY scanned_at"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_table_that_stands_in_two_files_is_refused_by_their_names()
    {
        var e = Assert.Throws<UnbrushException>(() => Importing.Of(Put("a.csv", Orders), Put("b.csv", Items), Put("c.csv", Items)).Dispose());
        Assert.Contains("b.csv", e.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("c.csv", e.Sentence.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Orders_without_their_items_are_refused_by_the_name_of_what_is_missing() =>
        Assert.Contains("items", Assert.Throws<UnbrushException>(() => Importing.Of(Put("a.csv", Orders)).Dispose()).Sentence.En, StringComparison.Ordinal);

    [Fact]
    public void A_line_that_does_not_split_is_quarantined_and_the_rest_is_read()
    {
        using var import = Importing.With(new() { MaxBad = 1 }, Put("a.csv", Orders), Put("b.csv", Items + "o1,3,p3,s3,10.00\n"));
        Assert.Equal(["2"], import.Rows("SELECT count(*) FROM order_items"));
        var left = Assert.Single(import.Report.Quarantine);
        Assert.Equal(("b.csv", 4L), (left.File, left.Row));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_status_that_nobody_knows_is_unknown_and_noted()
    {
        using var import = Importing.Of(Put("a.csv", Orders.Replace("delivered,2018", "zz,2018", StringComparison.Ordinal)), Put("b.csv", Items));
        Assert.Equal(["|2"], import.Rows("SELECT status, count(*) FROM orders GROUP BY 1"));
        Assert.True(import.HasNote("'zz' (1 times)"));
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
