namespace Unbrush.Feeds.Tests;

public class SampleTests
{
    [Fact]
    public void The_shared_orders_are_read_without_a_mapping()
    {
        using var import = Importing.Of(
            Importing.Shared("shopee/orders_489_shops.csv"), Importing.Shared("olist/olist_orders_dataset.csv"), Importing.Shared("olist/olist_order_items_dataset.csv"),
            Importing.Shared("olist/olist_customers_dataset.csv"), Importing.Shared("olist/olist_order_payments_dataset.csv"), Importing.Shared("olist/olist_products_dataset.parquet"));
        Assert.Equal(["shopee|53432"], import.Rows("SELECT platform, count(*) FROM orders WHERE platform = 'shopee' GROUP BY 1"));
        Assert.Equal(["10000"], import.Rows("SELECT count(DISTINCT split_part(order_id, '/', 1)) FROM orders WHERE platform = 'olist'"));
        Assert.Empty(import.Report.Quarantine);
        import.AssertNothingIsLost();
    }
}
