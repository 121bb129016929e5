using Unbrush.Feeds.Loading;
using System.Globalization;
using Unbrush.Core.Feed;
using Unbrush.Detection.Facts;
using Unbrush.Detection.Rings;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Signals;

/// <summary>What a signal said about one subject.</summary>
/// <param name="Key">The subject's feed key, by column.</param>
/// <param name="Value">Its value.</param>
/// <param name="Decibans">Its weight.</param>
/// <param name="IsHard">True for a contradiction.</param>
/// <param name="IsSilenced">True where another signal takes the weight away.</param>
internal sealed record Spoken(IReadOnlyDictionary<string, string> Key, double Value, double Decibans, bool IsHard, bool IsSilenced);

/// <summary>Runs one signal, and those that silence it, on a tiny feed.</summary>
internal static class SignalBench
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The table that names a kind of subject, and the columns of its feed key.</summary>
    public static (string Fact, string[] Key) KeyOf(Subject subject) => subject switch
    {
        Subject.Order => ("fact_order", ["platform", "order_id"]),
        Subject.Parcel => ("fact_parcel", ["carrier", "waybill_no", "created_at"]),
        Subject.Review => ("fact_review", ["platform", "review_id"]),
        Subject.Seller => ("fact_seller", ["platform", "seller_id"]),
        Subject.Buyer => ("fact_buyer", ["platform", "buyer_id"]),
        Subject.Facility => ("fact_facility", ["carrier", "facility_id"]),
        Subject.Sender => ("fact_sender", ["carrier", "sender_key"]),
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "Not a subject."),
    };

    /// <summary>Loads the case's feed, builds the facts, runs the signal. Null where the feed lacks what it needs.</summary>
    public static List<Spoken>? Run(SignalCatalogue catalogue, string id, SignalCase example)
    {
        using var store = new DuckDbStore();
        store.Execute("SET threads = 1");
        store.Execute(FeedTables.CreateAll);
        foreach (var (table, blocks) in example.Feed)
        {
            foreach (var block in blocks)
                Load(store, FeedSchema.Find(table) ?? throw new FormatException($"The feed has no table '{table}'."), block);
        }

        new FactBuilder(store, Path.Combine(Root, "facts")).Build((_, build) => build());
        Give(store, example);
        var runner = new SignalRunner(store, catalogue);
        runner.Prepare();
        var provided = SignalRunner.ProvidedBy(store);
        runner.RunOnly(id, provided);
        if (runner.Skipped.ContainsKey(id))
            return null;
        var signal = catalogue.Signals[catalogue.NumberOf(id)];
        foreach (var silencer in signal.SilencedBy)
            runner.RunOnly(silencer, provided);
        return Read(store, catalogue, signal);
    }

    private static List<Spoken> Read(DuckDbStore store, SignalCatalogue catalogue, SignalDefinition signal)
    {
        var (fact, key) = KeyOf(signal.Subject);
        var subject = signal.SubjectColumn;
        var silencers = signal.SilencedBy.Count == 0 ? "-1" : string.Join(", ", signal.SilencedBy.Select(catalogue.NumberOf));
        var inherited = signal.Subject == Subject.Order
            ? $" OR e.order_no IN (SELECT l.order_no FROM fact_link l JOIN evidence_parcel p ON p.parcel_no = l.parcel_no WHERE p.signal IN ({silencers}))"
            : "";
        using var reader = store.Query($"""
            SELECT e.value, e.centi, e.hard,
                   e.{subject} IN (SELECT s.{subject} FROM {SignalRunner.TableOf(signal.Subject)} s WHERE s.signal IN ({silencers})){inherited},
                   {string.Join(", ", key.Select(k => $"CAST(f.{k} AS VARCHAR)"))}
            FROM {SignalRunner.TableOf(signal.Subject)} e JOIN {fact} f ON f.{subject} = e.{subject}
            WHERE e.signal = {catalogue.NumberOf(signal.Id)}
            """);
        var spoken = new List<Spoken>();
        while (reader.Read())
        {
            var names = key.Select((k, i) => (k, reader.GetString(4 + i))).ToDictionary(p => p.k, p => p.Item2, StringComparer.Ordinal);
            spoken.Add(new(names, reader.GetDouble(0), reader.GetInt32(1) / 100.0, reader.GetBoolean(2), reader.GetBoolean(3)));
        }

        return spoken;
    }

    private static void Load(DuckDbStore store, FeedTable table, RowBlock block)
    {
        var (header, rows) = block.Expand();
        if (header.FirstOrDefault(h => table.Columns.All(c => c.Name != h)) is { } unknown)
            throw new FormatException($"Table '{table.Name}' has no column '{unknown}'.");
        var columns = table.Columns.Where(c => header.Contains(c.Name) || c.Default is not null).ToArray();
        Stage(store, columns.Select(c => c.Name), columns.Select(c => Array.IndexOf(header, c.Name) is var at && at >= 0
            ? rows.Select(r => r[at] is { } cell && c.Type == FeedType.Instant ? Utc(cell) : r[at] ?? c.Default).ToArray()
            : rows.Select(_ => c.Default).ToArray()));
        store.Execute($"INSERT INTO {table.Name} ({string.Join(", ", columns.Select(c => c.Name))}) SELECT {string.Join(", ", columns.Select(c => $"CAST({c.Name} AS {FeedTables.SqlType(c.Type)})"))} FROM stage");
    }

    /// <summary>The engine's verdicts as the case gives them; what it does not give is innocent.</summary>
    /// <summary>A ring, or the orders between its members, whose number stands for their platform and id.</summary>
    private static void GiveRing(DuckDbStore store, string table, IEnumerable<RowBlock> blocks)
    {
        foreach (var block in blocks)
        {
            var (header, rows) = block.Expand();
            Stage(store, header, header.Select((_, i) => rows.Select(r => r[i]).ToArray()));
            var columns = string.Join(", ", header.Except(["platform", "order_id"]));
            store.Execute(table == "ring"
                ? $"INSERT INTO ring ({columns}) SELECT {columns} FROM stage"
                : $"INSERT INTO ring_order (order_no, {columns}) SELECT f.order_no, {string.Join(", ", columns.Split(", ").Select(c => "s." + c))} FROM stage s JOIN fact_order f ON f.platform = s.platform AND f.order_id = s.order_id");
        }
    }

    private static void Give(DuckDbStore store, SignalCase example)
    {
        store.Execute("""
            CREATE OR REPLACE TABLE order_parcel AS SELECT order_no, min(parcel_no) AS parcel_no FROM fact_link GROUP BY order_no;
            CREATE OR REPLACE TABLE verdict_parcel AS
              SELECT parcel_no, CAST(0.01 AS DOUBLE) AS score, CAST(-2000 AS INTEGER) AS centi, CAST(0 AS TINYINT) AS hard_causes, 'physical' AS verdict FROM fact_parcel;
            CREATE OR REPLACE TABLE verdict_order AS
              SELECT order_no, CAST(0.01 AS DOUBLE) AS score, CAST(-2000 AS INTEGER) AS centi, 'clean' AS verdict, false AS hard, CAST(0 AS TINYINT) AS families FROM fact_order;
            """);
        RingStep.CreateTables(store);
        foreach (var (table, blocks) in example.Given)
        {
            if (table is "ring" or "ring_order")
            {
                GiveRing(store, table, blocks);
                continue;
            }

            var (fact, number, key) = table == "verdict_parcel" ? ("fact_parcel", "parcel_no", new[] { "carrier", "waybill_no" }) : ("fact_order", "order_no", ["platform", "order_id"]);
            foreach (var block in blocks)
            {
                var (header, rows) = block.Expand();
                Stage(store, header, header.Select((_, i) => rows.Select(r => r[i]).ToArray()));
                foreach (var column in header.Except(key))
                {
                    store.Execute($"""
                        UPDATE {table} SET {column} = given.cell
                        FROM (SELECT f.{number} AS subject_no, s.{column} AS cell FROM stage s JOIN {fact} f ON {string.Join(" AND ", key.Select(k => $"f.{k} = s.{k}"))}) AS given
                        WHERE {table}.{number} = given.subject_no
                        """);
                }
            }
        }
    }

    private static void Stage(DuckDbStore store, IEnumerable<string> names, IEnumerable<string?[]> columns)
    {
        store.Execute($"CREATE OR REPLACE TABLE stage ({string.Join(", ", names.Select(n => n + " VARCHAR"))})");
        var cells = columns.ToArray<Array>();
        if (cells[0].Length > 0)
            store.Append("stage", cells);
    }

    private static string Utc(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Unbrush.slnx")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
