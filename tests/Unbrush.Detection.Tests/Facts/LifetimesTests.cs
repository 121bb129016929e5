using Unbrush.Detection.Facts;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Facts;

public sealed class LifetimesTests
{
    [Fact]
    public void A_table_is_dropped_when_its_last_reader_is_done_and_not_before()
    {
        using var store = new DuckDbStore(new() { Threads = 1 });
        store.Execute("CREATE TABLE told AS SELECT 1 AS n");
        var seen = new List<string>();
        Job Reader(string name, params string[] needs) => new(name, needs, on => { seen.Add(name); foreach (var need in needs) on.Execute($"SELECT * FROM {need}"); on.Execute($"CREATE TABLE {name} AS SELECT 1 AS n"); });
        new Crew(store).Run(Lifetimes.Bound([Reader("first", "told"), Reader("second", "told", "first"), Reader("third", "second")], table => table == "second"), TestContext.Current.CancellationToken);
        Assert.Equal(["first", "second", "third"], seen);
        Assert.False(Tables.Has(store, "told"));
        Assert.False(Tables.Has(store, "first"));
        Assert.True(Tables.Has(store, "second"));
        Assert.True(Tables.Has(store, "third"));
    }

    [Fact]
    public void What_the_program_reads_of_the_facts_is_kept()
    {
        var root = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(root, "src", "Unbrush.Detection")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The sources are not above the test.");
        var facts = Path.Combine("Unbrush.Detection", "Facts");
        var read = ((string[])["*.cs", "*.sql"]).SelectMany(kind => Directory.EnumerateFiles(Path.Combine(root, "src"), kind, SearchOption.AllDirectories))
            .Where(f => !f.Contains(facts, StringComparison.Ordinal) && !f.Contains("Unbrush.Feeds", StringComparison.Ordinal))
            .SelectMany(f => FactBuilder.ReadBy(File.ReadAllText(f))).Where(t => t.StartsWith("fact_", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains("fact_order", read);
        Assert.Empty(read.Except(Lifetimes.ReadByProgram));
    }
}
