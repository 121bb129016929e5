using Unbrush.Feeds.Loading;
using System.Globalization;
using CsCheck;
using Unbrush.Detection.Facts;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Facts;

public sealed class RushTests
{
    /// <summary>Where the shared data lie: beside the repository, or where UNBRUSH_SHARED says.</summary>
    private static string Shared => Environment.GetEnvironmentVariable("UNBRUSH_SHARED") ?? Path.Combine(Repository(AppContext.BaseDirectory), "..", "shared");

    [Fact]
    public void The_published_rule_flags_350_shops_and_all_of_both_answers()
    {
        var orders = Path.Combine(Shared, "data", "shopee", "orders_489_shops.csv");
        Assert.SkipUnless(File.Exists(orders), $"The public order log is not here ({orders}).");
        using var store = new DuckDbStore();
        store.Execute(FeedTables.CreateAll);
        store.Execute($"""
            INSERT INTO orders (platform, order_id, seller_id, buyer_id, created_at)
            SELECT 'shopee', orderid, shopid, userid, CAST(event_time AS TIMESTAMP) FROM read_csv('{orders}', header = true, all_varchar = true)
            """);
        new FactBuilder(store, ProductData.Facts).Build(cancel: TestContext.Current.CancellationToken);
        store.Execute("""
            CREATE TABLE mine AS
            SELECT s.seller_id AS shop, list_sort(list(DISTINCT b.buyer_id) FILTER (WHERE r.suspicious)) AS users
            FROM fact_rush r JOIN fact_seller s ON s.seller_no = r.seller_no JOIN fact_buyer b ON b.buyer_no = r.buyer_no
            GROUP BY s.seller_id
            """);
        Assert.Equal([350], Numbers(store, "SELECT count(*) FROM mine"));
        Assert.Equal([275, 275, 269], Agreement(store, "answer_a.csv"));
        Assert.Equal([194, 194, 185], Agreement(store, "answer_b.csv"));
    }

    [Fact]
    public void Runs_agree_with_every_window_tried_by_hand()
    {
        using var store = new DuckDbStore();
        store.Execute(FeedTables.CreateAll);
        var builder = new FactBuilder(store, ProductData.Facts);
        builder.Build(cancel: TestContext.Current.CancellationToken);
        var sql = File.ReadAllText(Path.Combine(ProductData.Facts, "40_rush.sql"));
        Gen.Select(Gen.Int[0, 9_000], Gen.Int[1, 4]).Array[0, 24].Sample(
            drawn =>
            {
                var orders = drawn.OrderBy(o => o.Item1).Select((o, i) => (T: o.Item1, Buyer: o.Item2, No: i + 1)).ToArray();
                store.Execute("DELETE FROM fact_order");
                foreach (var o in orders)
                    store.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO fact_order (order_no, seller_no, buyer_no, created_at) VALUES ({o.No}, 1, {o.Buyer}, TIMESTAMP '2026-01-01 00:00:00' + INTERVAL {o.T} SECOND)"));
                var found = new Dictionary<int, double>();
                using (var reader = store.Query($"SELECT order_no, ratio FROM ({sql}) AS rush"))
                {
                    while (reader.Read())
                        found[reader.GetInt32(0)] = reader.GetDouble(1);
                }

                var expected = new HashSet<int>();
                for (var i = 0; i < orders.Length; i++)
                {
                    for (var j = i; j < orders.Length && orders[j].T - orders[i].T <= 3600; j++)
                    {
                        if (j - i + 1 >= 3 * orders[i..(j + 1)].Select(o => o.Buyer).Distinct().Count())
                            expected.UnionWith(orders[i..(j + 1)].Select(o => o.No));
                    }
                }

                return expected.SetEquals(found.Keys) && found.Values.All(r => r >= 3);
            },
            iter: 200,
            threads: 1);
    }

    private static List<long> Agreement(DuckDbStore store, string answer) => Numbers(store, $"""
        SELECT count(*), count(m.shop), count(*) FILTER (WHERE m.users = a.users)
        FROM (SELECT shopid, list_sort(string_split(userid, '&')) AS users
              FROM read_csv('{Path.Combine(Shared, "data", "shopee", answer)}', header = true, all_varchar = true) WHERE userid <> '0') AS a
        LEFT JOIN mine m ON m.shop = a.shopid
        """);

    private static List<long> Numbers(DuckDbStore store, string sql)
    {
        using var reader = store.Query(sql);
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)];
    }

    private static string Repository(string directory) =>
        File.Exists(Path.Combine(directory, "Unbrush.slnx")) ? directory : Repository(Path.GetDirectoryName(directory)!);
}
