using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Pipeline;

/// <summary>
/// What the store remembers of a run beside its findings, so that a later call can tell the whole account of one
/// subject: <c>run_signal</c> (each signal's number, the names of its numbers, why it was skipped), <c>run_base</c> (where each kind
/// of subject started) and <c>run_feed</c> (which tables the feed filled).
/// </summary>
internal static class RunRecord
{
    private const char Separator = ',';

    /// <summary>Writes the record of a finished run.</summary>
    public static void Write(IStore store, Detector detector)
    {
        var signals = detector.Catalogue.Signals;
        store.Execute("""
            CREATE OR REPLACE TABLE run_signal (n INTEGER, id VARCHAR, family VARCHAR, names VARCHAR, skipped VARCHAR);
            CREATE OR REPLACE TABLE run_base (subject VARCHAR, centi INTEGER);
            CREATE OR REPLACE TABLE run_feed ("table" VARCHAR);
            """);
        store.Append(
            "run_signal",
            Enumerable.Range(0, signals.Count).ToArray(),
            signals.Select(s => s.Id).ToArray(),
            signals.Select(s => s.Family.ToString().ToLowerInvariant()).ToArray(),
            Enumerable.Range(0, signals.Count).Select(n => string.Join(Separator, detector.Runner.NamesOf(n))).ToArray(),
            signals.Select(s => detector.Runner.Skipped.GetValueOrDefault(s.Id)).ToArray());
        var known = detector.Base.OrderBy(b => b.Key).ToList();
        store.Append("run_base", known.Select(b => b.Key.ToString()).ToArray(), known.Select(b => b.Value).ToArray());
        store.Append("run_feed", FeedSchema.Tables.Select(t => t.Name).Where(detector.Provided.Contains).ToArray());
    }

    /// <summary>Gives a detector what the store's last run knew.</summary>
    /// <exception cref="UnbrushException">No run is recorded, or its signals are not those of today.</exception>
    public static void Recall(IStore store, Detector detector)
    {
        if (!Tables.Has(store, "run_signal"))
            throw new UnbrushException(ExitCode.Usage, new("This workspace holds no finished scan: run 'unbrush scan --workspace DIR' first.", "该工作区还没有完成过扫描：请先运行 unbrush scan --workspace DIR。"));
        var signals = detector.Catalogue.Signals;
        var seen = 0;
        using (var reader = store.Query("SELECT n, id, names FROM run_signal ORDER BY n"))
        {
            while (reader.Read())
            {
                var n = reader.GetInt32(0);
                if (n >= signals.Count || signals[n].Id != reader.GetString(1))
                    throw Changed();
                detector.Runner.Name(n, reader.GetString(2).Split(Separator, StringSplitOptions.RemoveEmptyEntries));
                seen++;
            }
        }

        if (seen != signals.Count)
            throw Changed();
        using var bases = store.Query("SELECT subject, centi FROM run_base");
        while (bases.Read())
            detector.Base[Enum.Parse<Subject>(bases.GetString(0))] = bases.GetInt32(1);
    }

    private static UnbrushException Changed() => new(ExitCode.Usage, new(
        "The signals are no longer those of the workspace's last scan: scan again (with the same --signals), then ask.",
        "信号已与工作区上次扫描时不同：请（用相同的 --signals）重新扫描后再查询。"));
}
