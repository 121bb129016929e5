using System.Globalization;
using System.Text.RegularExpressions;
using Unbrush.Core.Feed;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Facts;

/// <summary>
/// Builds the tables that several signals read, from <c>facts/NN_name.sql</c>: one after the other in the order of their numbers, or
/// each as soon as the facts that its text names are there.
/// </summary>
public sealed partial class FactBuilder(IStore store, string directory)
{
    /// <summary>Gives the database the names that the SQL subset needs.</summary>
    public void DefineMacros() => store.Execute(File.ReadAllText(Path.Combine(directory, "macros.sql")));

    /// <summary>Builds every fact.</summary>
    /// <param name="step">Runs each table's building under its name, so that it is timed and told.</param>
    /// <param name="cancel">Stops between facts.</param>
    public void Build(Action<string, Action>? step = null, CancellationToken cancel = default)
    {
        Prepare();
        step ??= static (_, build) => build();
        foreach (var fact in Jobs())
        {
            cancel.ThrowIfCancellationRequested();
            step(fact.Name, () => fact.Run(store));
        }
    }

    /// <summary>Makes what facts read beside the feed.</summary>
    internal void Prepare()
    {
        DefineMacros();
        LoadCarriers();
    }

    /// <summary>The building of each fact, in the order of their numbers.</summary>
    internal IReadOnlyList<Job> Jobs()
    {
        var jobs = new List<Job>();
        foreach (var path in Directory.EnumerateFiles(directory, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!char.IsAsciiDigit(name[0]))
                continue;
            var table = "fact_" + name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
            var sql = File.ReadAllText(path);
            jobs.Add(new(table, ReadBy(sql), on => on.Execute($"CREATE OR REPLACE TABLE {table} AS {sql}")));
        }

        return jobs;
    }

    /// <summary>The feed's tables and the facts that a SELECT reads.</summary>
    internal static IReadOnlyCollection<string> ReadBy(string sql) =>
        [.. Source().Matches(sql).Select(m => m.Groups["table"].Value).Where(t => t.StartsWith("fact_", StringComparison.Ordinal) || FeedSchema.Find(t) is not null).Distinct(StringComparer.Ordinal)];

    /// <summary>What is known of carriers beside their feeds: <c>codes/waybill_reuse.csv</c>, beside the facts.</summary>
    private void LoadCarriers()
    {
        var rows = File.ReadLines(Path.Combine(directory, "..", "codes", "waybill_reuse.csv")).Skip(1).Select(line => line.Split(',', 3)).Where(row => row.Length == 3).ToArray();
        store.Execute("CREATE OR REPLACE TABLE code_carriers (carrier VARCHAR, reuse_days INTEGER)");
        store.Append("code_carriers", rows.Select(r => r[0]).ToArray(), rows.Select(r => int.Parse(r[1], CultureInfo.InvariantCulture)).ToArray());
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+(?<table>[a-z_]+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Source();
}
