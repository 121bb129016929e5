using Unbrush.Core.Feed;

namespace Unbrush.Simulation.Tests;

/// <summary>
/// What one column says without its meaning: whether it is empty, how long it is, its last digits, its decimals, its seconds,
/// and where its row stands. A ranking by any of these must not tell fakes from genuine orders.
/// </summary>
public sealed class ColumnLeakageTests : IClassFixture<ColumnLeakageTests.LargeWorld>
{
    private const double Low = 0.45;
    private const double High = 0.55;

    /// <summary>Columns in which the playbook itself makes fakes differ, or that name one of a few places or hands that some fakes share.</summary>
    private static readonly Dictionary<string, string> s_meaningful = new(StringComparer.Ordinal)
    {
        ["parcels.weight_g"] = "an empty parcel is weighed less often",
        ["parcels.stock_batch"] = "numbers are bought in blocks",
        ["parcels.sender_region"] = "outlets that sell numbers are few",
        ["parcels.origin_facility"] = "outlets that sell numbers are few",
        ["parcels.remark"] = "free text",
        ["scans.facility_id"] = "outlets that sell numbers are few",
        ["scans.operator_key"] = "a forger forgets operators, and has few",
        ["scans.weight_g"] = "nobody weighs what is not there",
        ["scans.vehicle_id"] = "a forger forgets vehicles",
        ["scans.bag_id"] = "a forger forgets bags",
        ["scans.next_facility"] = "a forger skips centres",
        ["scans.signer"] = "a forger signs for himself",
        ["scans.proof"] = "a forger has no proof",
        ["reviews.text"] = "organised praise is longer",
        ["visits.source"] = "brushers come by search",
        ["visits.keyword"] = "brushers come by search",
        ["payments.payee_key"] = "organisers have few wallets",
        ["payments.payer_key"] = "organisers have few wallets",
    };

    private readonly MadeWorld _world;

    public ColumnLeakageTests(LargeWorld large) => _world = large.World;

    [Theory]
    [InlineData("orders")]
    [InlineData("order_items")]
    [InlineData("parcels")]
    [InlineData("parcel_orders")]
    [InlineData("scans")]
    [InlineData("reviews")]
    [InlineData("visits")]
    [InlineData("payments")]
    public void A_column_tells_nothing_by_what_has_no_meaning(string table)
    {
        var present = _world.Rows($"SELECT column_name FROM (DESCRIBE {table})").Select(r => (string)r[0]!).ToHashSet(StringComparer.Ordinal);
        _world.Run($"CREATE OR REPLACE TEMP TABLE labelled AS {Labelled(table)}");
        var telling = new List<string>();
        foreach (var column in FeedSchema.Tables.Single(t => t.Name == table).Columns.Where(c => present.Contains(c.Name) && !s_meaningful.ContainsKey($"{table}.{c.Name}")))
        {
            foreach (var (name, feature) in Features(column))
            {
                var auc = Auc(feature);
                if (auc is < Low or > High)
                    telling.Add($"{table}.{column.Name} {name}: {auc:0.000}");
            }
        }

        Assert.True(telling.Count == 0, string.Join('\n', telling));
    }

    [Theory]
    [InlineData("orders", "created_at")]
    [InlineData("scans", "scanned_at")]
    public void Of_rows_of_the_same_second_fakes_stand_neither_first_nor_last(string table, string time)
    {
        _world.Run($"CREATE OR REPLACE TEMP TABLE labelled AS SELECT * REPLACE ({time} AS house) FROM ({Labelled(table).Replace("SELECT r.*,", "SELECT r.*, r.rowid AS place_in_file,", StringComparison.Ordinal)})");
        var mixed = _world.Number("SELECT count(*) FROM (SELECT house FROM labelled GROUP BY house HAVING bool_or(fake) AND NOT bool_and(fake))");
        Assert.True(mixed >= 20, $"{mixed} seconds hold fakes and others.");
        var room = Math.Max(High - 0.5, 1.5 / Math.Sqrt(mixed)); // three standard errors of a coin thrown for each
        Assert.InRange(Auc("r.place_in_file"), 0.5 - room, 0.5 + room);
    }

    private static IEnumerable<(string Name, string Sql)> Features(FeedColumn column)
    {
        var c = $"r.{column.Name}";
        yield return ("empty", $"({c} IS NULL)::INT");
        switch (column.Type)
        {
            case FeedType.Instant:
                yield return ("seconds", $"date_part('second', CAST({c} AS TIMESTAMP))");
                break;
            case FeedType.Money or FeedType.Grams or FeedType.Real:
                yield return ("decimals", $"CAST(round(CAST({c} AS DOUBLE) * 100) AS BIGINT) % 100");
                yield return ("length of decimals", $"length(regexp_extract({c}, '\\.(\\d*)$', 1))");
                break;
            case FeedType.Key or FeedType.Text:
                yield return ("length", $"length({c})");
                yield return ("last digits", $"CAST(nullif(regexp_extract({c}, '\\d{{1,2}}$'), '') AS INT)");
                break;
        }
    }

    /// <summary>
    /// The share of pairs of a fake and a genuine row of one carrier or platform, whose habits differ, in which the fake's number
    /// is the larger; ties count by half.
    /// </summary>
    private double Auc(string feature) => _world.Number($"""
        WITH ranked AS (
          SELECT house, fake, rank() OVER (PARTITION BY house ORDER BY x) + (count(*) OVER (PARTITION BY house, x) - 1) / 2 AS place FROM (SELECT house, fake, {feature} AS x FROM labelled r) WHERE x IS NOT NULL
        ),
        won AS (
          SELECT sum(place) FILTER (fake) - count(*) FILTER (fake) * (count(*) FILTER (fake) + 1) / 2 AS pairs, count(*) FILTER (fake)::DOUBLE * count(*) FILTER (NOT fake) AS of FROM ranked GROUP BY house
        )
        SELECT coalesce(sum(pairs) FILTER (of > 0) / sum(of) FILTER (of > 0), 0.5) FROM won
        """);

    private static string Labelled(string table) => table switch
    {
        "parcels" => "SELECT r.*, r.carrier AS house, t.empty = '1' AS fake FROM parcels r JOIN truth_parcels t USING (carrier, waybill_no, created_at)",
        "scans" => "SELECT r.*, r.carrier AS house, t.empty = '1' AS fake FROM scans r JOIN (SELECT carrier, waybill_no, max(empty) AS empty FROM truth_parcels GROUP BY ALL) t USING (carrier, waybill_no)",
        "parcel_orders" => "SELECT r.*, r.carrier AS house, t.fake = '1' AS fake FROM parcel_orders r JOIN truth_orders t USING (platform, order_id)",
        _ => $"SELECT r.*, r.platform AS house, t.fake = '1' AS fake FROM {table} r JOIN truth_orders t USING (platform, order_id)",
    };

    public sealed class LargeWorld : IDisposable
    {
        public MadeWorld World { get; } = new(new SimulationOptions(17, 60_000));

        public void Dispose() => World.Dispose();
    }
}
