using Unbrush.Detection.Facts;
using Unbrush.Detection.Rings;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Rings;

public sealed class RingBackingTests
{
    private const int RingSignal = 7;

    [Fact]
    public void A_circle_of_taste_that_nothing_else_speaks_against_is_no_ring() =>
        Assert.Equal("", Kept(strongInRing: 2, sellers: 30, density: 0.12, observed: 400, expected: 130));

    [Fact]
    public void A_ring_whose_orders_have_evidence_of_another_kind_stands() =>
        Assert.Equal("ring-1", Kept(strongInRing: 12, sellers: 5, density: 0.25, observed: 40, expected: 10));

    [Fact]
    public void Its_own_meetings_do_not_back_a_ring() =>
        Assert.Equal("", Kept(strongInRing: 0, sellers: 5, density: 0.25, observed: 40, expected: 10, ringEvidence: 50));

    [Theory]
    [InlineData(8, 0.5, 5, "ring-1")]
    [InlineData(7, 0.5, 5, "")] // a brand's seven shops
    [InlineData(8, 0.49, 5, "")]
    [InlineData(8, 0.5, 4, "")]
    public void A_dense_block_far_beyond_chance_stands_alone(int sellers, double density, int lift, string kept) =>
        Assert.Equal(kept, Kept(strongInRing: 0, sellers, density, observed: 10 * lift, expected: 10));

    [Fact]
    public void With_an_unbacked_ring_its_evidence_goes()
    {
        using var store = Town(2, 30, 0.12, 400, 130, ringEvidence: 50);
        RingBacking.Reach(store, RingSignal);
        Assert.Equal(0L, Convert.ToInt64(One(store, $"SELECT count(*) FROM evidence_order WHERE signal = {RingSignal}")));
        Assert.Equal(12L, Convert.ToInt64(One(store, "SELECT count(*) FROM evidence_order")));
        Assert.Equal(0L, Convert.ToInt64(One(store, "SELECT (SELECT count(*) FROM ring_member) + (SELECT count(*) FROM ring_order) + (SELECT count(*) FROM ring_buyer)")));
    }

    private static string Kept(int strongInRing, int sellers, double density, int observed, double expected, int ringEvidence = 0)
    {
        using var store = Town(strongInRing, sellers, density, observed, expected, ringEvidence);
        RingBacking.Reach(store, RingSignal);
        return Convert.ToString(One(store, "SELECT string_agg(ring_id, ',') FROM ring")) ?? "";
    }

    private static object One(DuckDbStore store, string sql)
    {
        using var reader = store.Query(sql);
        Assert.True(reader.Read());
        return reader.GetValue(0);
    }

    /// <summary>A thousand orders, fifty of them in one ring; in the rest one in a hundred has strong evidence.</summary>
    private static DuckDbStore Town(int strongInRing, int sellers, double density, int observed, double expected, int ringEvidence)
    {
        var store = new DuckDbStore();
        new FactBuilder(store, ProductData.Facts).DefineMacros();
        RingStep.CreateTables(store);
        store.Execute(FormattableString.Invariant($"""
            CREATE TABLE fact_order AS SELECT CAST(i AS INTEGER) AS order_no FROM range(1, 1001) t(i);
            CREATE TABLE order_parcel (order_no INTEGER, parcel_no INTEGER);
            CREATE TABLE evidence_parcel (parcel_no INTEGER, signal SMALLINT, centi INTEGER);
            CREATE TABLE evidence_order AS
              SELECT order_no, 3 AS signal, 1200 AS centi FROM fact_order WHERE order_no <= {strongInRing} OR order_no > 990
              UNION ALL SELECT order_no, {RingSignal}, 1200 FROM fact_order WHERE order_no <= {ringEvidence};
            INSERT INTO ring VALUES (1, 'ring-1', 20, {sellers}, {density}, 0, {observed}, {expected}, '');
            INSERT INTO ring_member VALUES ('ring-1', 'buyer', 1, 'core', 50);
            INSERT INTO ring_buyer VALUES (1, 'ring-1');
            INSERT INTO ring_order SELECT order_no, 'ring-1', -40, 2, 0.1, 0.9 FROM fact_order WHERE order_no <= 50;
            """));
        return store;
    }
}
