using System.Reflection;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Findings;

/// <summary>
/// Builds the tables of the findings contract, each from one SELECT in <c>Findings/Sql/</c>, as <c>finding_orders</c> and so
/// on: sorted by key, holding no clock, host or path.
/// </summary>
internal sealed class FindingTables(IStore store, Detector detector)
{
    /// <summary>The tables in the order of the contract.</summary>
    public static IReadOnlyList<string> Names { get; } = ["orders", "parcels", "reviews", "sellers", "buyers", "facilities", "senders", "rings", "ring_members", "notes"];

    public void Build(StepLog log, CancellationToken cancel)
    {
        var reasons = new ReasonTables(detector);
        log.Run("reasons", () => detector.Crew.Run(
            [.. reasons.Jobs(store).Select(r => r with { Run = on => log.Part("reasons", r.Name, () => r.Run(on)) })],
            cancel));
        log.Run("findings", () => detector.Crew.Run(
            [.. Names.Select(name => new Job(name, [], on => log.Part("findings", name, () => on.Execute($"CREATE OR REPLACE TABLE finding_{name} AS {Sql(name)}")))), new("quarantine", [], Quarantine)],
            cancel));
    }

    private void Quarantine(IStore on)
    {
        var reason = detector.Language == Core.Language.Zh ? "zh" : "en";
        on.Execute($"CREATE OR REPLACE TABLE finding_quarantine AS SELECT file, row_no AS \"row\", \"column\", value, {reason} AS reason FROM import_quarantine ORDER BY file, row_no, \"column\", value");
    }

    private static string Sql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"findings/{name}.sql")
            ?? throw new InvalidOperationException($"The SELECT of the findings table '{name}' is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
