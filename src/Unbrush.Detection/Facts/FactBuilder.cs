using System.Globalization;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Facts;

/// <summary>Builds the tables that several signals read, from <c>facts/NN_name.sql</c> in the order of their numbers.</summary>
public sealed class FactBuilder(IStore store, string directory)
{
    /// <summary>Gives the database the names that the SQL subset needs.</summary>
    public void DefineMacros() => store.Execute(File.ReadAllText(Path.Combine(directory, "macros.sql")));

    /// <summary>Builds every fact.</summary>
    /// <param name="step">Runs each table's building under its name, so that it is timed and told.</param>
    /// <param name="cancel">Stops between facts.</param>
    public void Build(Action<string, Action>? step = null, CancellationToken cancel = default)
    {
        DefineMacros();
        LoadCarriers();
        foreach (var path in Directory.EnumerateFiles(directory, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!char.IsAsciiDigit(name[0]))
                continue;
            cancel.ThrowIfCancellationRequested();
            var table = "fact_" + name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
            step ??= static (_, build) => build();
            step(table, () => store.Execute($"CREATE OR REPLACE TABLE {table} AS {File.ReadAllText(path)}"));
        }
    }

    /// <summary>What is known of carriers beside their feeds: <c>codes/waybill_reuse.csv</c>, beside the facts.</summary>
    private void LoadCarriers()
    {
        var rows = File.ReadLines(Path.Combine(directory, "..", "codes", "waybill_reuse.csv")).Skip(1).Select(line => line.Split(',', 3)).Where(row => row.Length == 3).ToArray();
        store.Execute("CREATE OR REPLACE TABLE code_carriers (carrier VARCHAR, reuse_days INTEGER)");
        store.Append("code_carriers", rows.Select(r => r[0]).ToArray(), rows.Select(r => int.Parse(r[1], CultureInfo.InvariantCulture)).ToArray());
    }
}
