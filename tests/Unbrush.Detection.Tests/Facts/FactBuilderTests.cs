using Unbrush.Detection.Facts;
using Unbrush.Detection.Rings;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Facts;

public sealed class FactBuilderTests
{
    [Fact]
    public void Facts_and_signals_run_on_an_empty_feed()
    {
        using var store = new DuckDbStore();
        store.Execute(Unbrush.Feeds.Loading.FeedTables.CreateAll);
        var built = new List<string>();
        new FactBuilder(store, ProductData.Facts).Build((name, build) => { built.Add(name); build(); }, TestContext.Current.CancellationToken);
        Assert.Contains("fact_parcel", built);

        store.Execute("""
            CREATE TABLE verdict_parcel (parcel_no INTEGER, score DOUBLE, centi INTEGER, hard_causes TINYINT, verdict VARCHAR);
            CREATE TABLE order_parcel (order_no INTEGER, parcel_no INTEGER);
            CREATE TABLE verdict_order (order_no INTEGER, score DOUBLE, centi INTEGER, verdict VARCHAR, hard BOOLEAN, families TINYINT)
            """);
        RingStep.CreateTables(store);
        var catalogue = SignalCatalogue.Load(ProductData.Signals);
        var runner = new SignalRunner(store, catalogue);
        runner.Prepare();
        var everything = catalogue.Signals.SelectMany(s => s.Needs).ToHashSet();
        foreach (var subject in Enum.GetValues<Subject>())
        {
            runner.Run(subject, everything, TestContext.Current.CancellationToken);
            Assert.Equal(0, SignalRunner.Read(store, subject, 0).Items);
        }

        Assert.Empty(runner.Skipped);
    }

    [Fact]
    public void An_outlet_of_hundreds_of_thousands_of_parcels_does_not_overflow()
    {
        using var store = new DuckDbStore();
        store.Execute(Unbrush.Feeds.Loading.FeedTables.CreateAll);
        store.Execute("""
            INSERT INTO parcels (carrier, waybill_no, created_at, sender_key, origin_facility)
            SELECT 'c', CAST(i AS VARCHAR), TIMESTAMP '2026-03-01 00:00:00' + to_minutes(CAST(i % 40000 AS BIGINT)), CAST(i % 7 AS VARCHAR), 'o' FROM range(120000) t(i);
            INSERT INTO scans (carrier, waybill_no, scanned_at, action, facility_id)
            SELECT carrier, waybill_no, created_at + to_hours(h), action, 'o'
            FROM parcels, (VALUES ('picked_up', 1), ('inspected', 2), ('delivered', 40)) v(action, h);
            """);
        new FactBuilder(store, ProductData.Facts).Build((_, build) => build(), TestContext.Current.CancellationToken);
        using var reader = store.Query("SELECT count(*) FROM fact_norm WHERE pickup_norm > 0.99");
        Assert.True(reader.Read());
        Assert.Equal(120_000, reader.GetInt64(0));
    }
}
