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
            runner.Run(subject, everything, cancel: TestContext.Current.CancellationToken);
            Assert.Equal(0, runner.Read(subject, 0).Items);
        }

        Assert.Empty(runner.Skipped);
    }
}
