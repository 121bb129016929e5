using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Store;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

public sealed class ContextTests
{
    private static readonly EvidenceModel Model = new()
    {
        Context = [new() { Of = "seller" }, new() { Of = "planet" }, new() { Of = "sender" }],
        ContextRounds = 1,
        StrongEvidence = new(),
    };

    [Fact]
    public void Subjects_stand_together_where_a_value_is_the_same_and_known()
    {
        using var store = Orders();
        var read = Read(store);
        Assert.Equal(["seller", "sender"], read.Select(s => s.Model.Of)); // of the planet nothing is known
        Assert.Equal([0, 1, 1, 2, 0], read[0].Groups);
        Assert.Equal([0, 1, 2, 1, 0], read[1].Groups);
    }

    [Fact]
    public void What_surroundings_lend_is_kept_for_those_that_evidence_weighs_against()
    {
        using var store = Orders();
        Weighed Own(int centi) => new(centi, 1 << (int)Family.Logistics, 0, 0, Math.Max(0, centi), centi, 0);
        var read = Read(store);
        var appraisal = Appraisal.Of([default, Own(1500), Own(300), Own(-200), Own(900)], read, Model);
        Context.Write(store, "context_order", "order_no", read, appraisal);
        var kept = new List<(int, string, int)>();
        using var reader = store.Query("SELECT order_no, surroundings, centi FROM context_order ORDER BY order_no, surroundings");
        while (reader.Read())
            kept.Add((reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)));

        // Order 3 has nothing against it, and order 4 no company.
        Assert.Equal([(1, "seller", appraisal.Context[0][1]), (1, "sender", appraisal.Context[1][1]), (2, "seller", appraisal.Context[0][2])], kept);
        Assert.All(kept, k => Assert.NotEqual(0, k.Item3));
    }

    private static List<Surroundings> Read(DuckDbStore store) =>
        Context.Read(store, Model, 4, "order_no", "fact_order o LEFT JOIN fact_parcel p ON p.order_no = o.order_no", new() { ["seller"] = "o.seller_no", ["sender"] = "p.sender_no", ["buyer"] = "o.order_no" });

    /// <summary>Four orders: the first two of one shop, the first and third by one sender, the fourth of nobody known.</summary>
    private static DuckDbStore Orders()
    {
        var store = new DuckDbStore();
        store.Execute("""
            SET threads = 1;
            CREATE TABLE fact_order AS SELECT * FROM (VALUES (1, 70), (2, 70), (3, 71), (4, NULL)) t(order_no, seller_no);
            CREATE TABLE fact_parcel AS SELECT * FROM (VALUES (1, 5), (2, 6), (3, 5)) t(order_no, sender_no);
            """);
        return store;
    }
}
