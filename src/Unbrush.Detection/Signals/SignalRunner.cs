using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Rings;
using Unbrush.Detection.Store;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Signals;

/// <summary>
/// Runs signals. Each signal's SELECT becomes rows of <c>evidence_&lt;subject&gt;</c>: signal number, subject number,
/// value, expected value, hard or not, hundredths of a deciban, and the numbers that its sentence names, as text.
/// </summary>
public sealed partial class SignalRunner(IStore store, SignalCatalogue catalogue)
{
    private static readonly string[] Standard = ["value", "expected", "hard"];

    private readonly ConcurrentDictionary<int, string[]> _names = new();

    /// <summary>The names of a signal's own numbers, in the order in which the evidence holds them.</summary>
    public IReadOnlyList<string> NamesOf(int signal) => _names.GetValueOrDefault(signal, []);

    /// <summary>Recalls the names of a signal's own numbers from an earlier run.</summary>
    internal void Name(int signal, string[] names) => _names[signal] = names;

    /// <summary>Why signals were left out in this run, by id.</summary>
    public Dictionary<string, string> Skipped { get; } = new(StringComparer.Ordinal);

    /// <summary>The evidence table of a kind of subject.</summary>
    public static string TableOf(Subject subject) => "evidence_" + SignalDefinition.ColumnOf(subject)[..^3];

    /// <summary>Makes the empty evidence tables.</summary>
    public void Prepare()
    {
        foreach (var subject in Enum.GetValues<Subject>())
            store.Execute($"CREATE OR REPLACE TABLE {TableOf(subject)} (signal SMALLINT, {SignalDefinition.ColumnOf(subject)} INTEGER, value DOUBLE, expected DOUBLE, hard BOOLEAN, centi INTEGER, detail VARCHAR[])");
    }

    /// <summary>Runs every signal about one kind of subject that the feed has the data for, one after the other.</summary>
    /// <param name="subject">The kind of subject.</param>
    /// <param name="provided">The tables and <c>table.column</c> names that the feed really fills.</param>
    /// <param name="cancel">Stops between signals.</param>
    public void Run(Subject subject, IReadOnlySet<string> provided, CancellationToken cancel = default)
    {
        foreach (var signal in Jobs(subject, provided))
        {
            cancel.ThrowIfCancellationRequested();
            signal.Run(store);
        }
    }

    /// <summary>The running of each such signal; the others are told as skipped.</summary>
    internal IReadOnlyList<Job> Jobs(Subject subject, IReadOnlySet<string> provided)
    {
        var jobs = new List<Job>();
        foreach (var (number, signal) in catalogue.Of(subject))
        {
            if (IsProvided(signal, provided))
                jobs.Add(new(signal.Id, NeedsOf(signal), on => RunOne(on, number, signal)));
        }

        return jobs;
    }

    /// <summary>The steps that run beside the signals and make what this one reads: those of whose tables its text has a word.</summary>
    private static List<string> NeedsOf(SignalDefinition signal)
    {
        var words = Word().Matches(signal.Sql).Select(m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var needs = new List<string>();
        if (signal.Subject != Subject.Parcel && ParcelVerdicts.Makes.Any(words.Contains))
            needs.Add(ParcelVerdicts.Name);
        if (RingStep.Makes.Any(words.Contains))
            needs.Add(RingStep.Name);
        return needs;
    }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>
    /// Takes from each signal what its rarity in this feed does not bear. A weight of evidence cannot exceed
    /// <c>1 / P(as strong or stronger | genuine)</c>, and nearly all of a feed is genuine: what one in ten shows is worth
    /// ten decibans at most, whatever it is worth elsewhere. This is what keeps weights honest in a world that nobody
    /// has calibrated on.
    /// </summary>
    /// <param name="on">The connection.</param>
    /// <param name="subject">The kind of subject.</param>
    /// <param name="subjects">How many of them there are.</param>
    /// <param name="allowance">Decibans added to the bound, for the fakes among those that show it.</param>
    internal static void BoundByRarity(IStore on, Subject subject, int subjects, double allowance)
    {
        var table = TableOf(subject);
        on.Execute($"""
            CREATE OR REPLACE TEMP TABLE rarity_bound AS
            WITH levels AS (SELECT signal, centi, count(*) AS n FROM {table} WHERE centi > 0 GROUP BY signal, centi)
            SELECT signal, centi,
                   CAST(round(100 * greatest(0, {allowance.ToString("R", CultureInfo.InvariantCulture)} - 10 * log10(least(1.0, CAST(sum(n) OVER (PARTITION BY signal ORDER BY centi DESC) AS DOUBLE) / {Math.Max(subjects, 1)})))) AS INTEGER) AS bound
            FROM levels;
            UPDATE {table} SET centi = b.bound FROM rarity_bound b
            WHERE b.signal = {table}.signal AND b.centi = {table}.centi AND b.bound < b.centi;
            """);
    }

    /// <summary>Runs one signal alone, if the feed has the data for it.</summary>
    internal void RunOnly(string id, IReadOnlySet<string> provided)
    {
        var number = catalogue.NumberOf(id);
        if (IsProvided(catalogue.Signals[number], provided))
            RunOne(store, number, catalogue.Signals[number]);
    }

    private bool IsProvided(SignalDefinition signal, IReadOnlySet<string> provided)
    {
        if (signal.Needs.FirstOrDefault(n => !provided.Contains(n)) is not { } missing)
            return true;
        Skipped[signal.Id] = missing;
        return false;
    }

    /// <summary>Reads the evidence on a kind of subject into memory, by subject.</summary>
    public static EvidenceSheet Read(IStore on, Subject subject, int subjects)
    {
        var found = new List<(int, EvidenceItem)>();
        using var reader = on.Query($"SELECT {SignalDefinition.ColumnOf(subject)}, signal, centi, hard FROM {TableOf(subject)}");
        while (reader.Read())
            found.Add((reader.GetInt32(0), new(reader.GetInt16(1), reader.GetInt32(2), reader.GetBoolean(3))));
        return EvidenceSheet.Of(subjects, found);
    }

    private void RunOne(IStore on, int number, SignalDefinition signal)
    {
        try
        {
            var columns = ColumnsOf(on, signal);
            foreach (var needed in Standard.Prepend(signal.SubjectColumn))
            {
                if (!columns.Contains(needed))
                    throw new UnbrushException(ExitCode.Usage, new($"Signal '{signal.Id}': its SELECT yields no column '{needed}'.", $"信号“{signal.Id}”的 SELECT 没有给出“{needed}”列。"));
            }

            var own = columns.Where(c => c != signal.SubjectColumn && !Standard.Contains(c)).ToArray();
            _names[number] = own;
            var detail = own.Length == 0 ? "NULL" : $"[{string.Join(", ", own.Select(c => $"CAST({c} AS VARCHAR)"))}]";
            var hard = signal.Hard ? "coalesce(hard, false)" : "false";
            on.Execute($"""
                INSERT INTO {TableOf(signal.Subject)}
                SELECT CAST({number.ToString(CultureInfo.InvariantCulture)} AS SMALLINT), {signal.SubjectColumn}, CAST(value AS DOUBLE), CAST(expected AS DOUBLE),
                       {hard}, {signal.Points.ToSql("CAST(value AS DOUBLE)")} AS centi, {detail}
                FROM ({signal.Sql}) AS signal
                WHERE value IS NOT NULL AND {signal.SubjectColumn} IS NOT NULL
                  AND ({(signal.Effect == Effect.None ? signal.Points.ToSql("CAST(value AS DOUBLE)") + " <> 0 OR " + hard : "true")})
                """);
        }
        catch (System.Data.Common.DbException e)
        {
            throw new UnbrushException(signal.IsForeign ? ExitCode.Usage : ExitCode.Fault, new($"Signal '{signal.Id}' does not run: {e.Message}", $"信号“{signal.Id}”无法运行：{e.Message}"), e);
        }
    }

    private static List<string> ColumnsOf(IStore on, SignalDefinition signal)
    {
        var columns = new List<string>();
        using var reader = on.Query($"SELECT * FROM ({signal.Sql}) AS signal LIMIT 0");
        for (var i = 0; i < reader.FieldCount; i++)
            columns.Add(reader.GetName(i));
        return columns;
    }

    /// <summary>What the feed really fills: each table with rows, and each of its columns with at least one value.</summary>
    public static HashSet<string> ProvidedBy(IStore store)
    {
        var provided = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in FeedSchema.Tables)
        {
            var parts = table.Columns.Select(c => $"EXISTS (SELECT 1 FROM {table.Name} WHERE {c.Name} IS NOT NULL)");
            using var reader = store.Query($"SELECT EXISTS (SELECT 1 FROM {table.Name}), {string.Join(", ", parts)}");
            reader.Read();
            if (!reader.GetBoolean(0))
                continue;
            provided.Add(table.Name);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (reader.GetBoolean(i + 1))
                    provided.Add($"{table.Name}.{table.Columns[i].Name}");
            }
        }

        return provided;
    }
}
