using System.Globalization;
using System.Security.Cryptography;
using DuckDB.NET.Data;

namespace Unbrush.Casework.Findings;

/// <summary>
/// The findings folder of <c>unbrush scan --out</c>, opened for casework. Which listing an order was for and which
/// order a review was of stand in the feed, not in the findings: give the feed's folder too where a policy acts on
/// items, on item-days or on reviews, and for turnover, which does not count what was never paid or was called off.
/// </summary>
public sealed class FindingsFolder : IDisposable
{
    private const char Unit = '\u001f';

    private static readonly ReadColumn[] OrderColumns =
    [
        new("platform", "VARCHAR", true), new("order_id", "VARCHAR", true), new("seller_id", "VARCHAR", true),
        new("created_at", "TIMESTAMPTZ", true), new("buyer_id", "VARCHAR"), new("amount", "DECIMAL(18,4)"), new("currency", "VARCHAR"),
        new("verdict", "VARCHAR", true), new("counted", "BOOLEAN"), new("reasons", "JSON"), new("status", "VARCHAR"),
    ];

    private static readonly ReadColumn[] SellerColumns =
    [
        new("platform", "VARCHAR", true), new("seller_id", "VARCHAR", true), new("gross_amount", "DECIMAL(18,4)"), new("adjusted_amount", "DECIMAL(18,4)"),
        new("adjusted_low", "DECIMAL(18,4)"), new("adjusted_high", "DECIMAL(18,4)"), new("proposals", "JSON"),
    ];

    private static readonly ReadColumn[] ReviewColumns = [new("platform", "VARCHAR", true), new("review_id", "VARCHAR", true), new("verdict", "VARCHAR", true), new("reasons", "JSON")];

    private static readonly ReadColumn[] FacilityColumns =
    [
        new("carrier", "VARCHAR", true), new("facility_id", "VARCHAR", true), new("kind", "VARCHAR", true), new("parcels", "BIGINT"), new("no_physical_parcel", "BIGINT"),
        new("rate_low", "DOUBLE"), new("peer_rate", "DOUBLE"), new("verdict", "VARCHAR", true), new("proposals", "JSON"), new("reasons", "JSON"),
    ];

    private static readonly ReadColumn[] ParcelColumns =
        [new("carrier", "VARCHAR", true), new("created_at", "TIMESTAMPTZ", true), new("verdict", "VARCHAR", true), new("origin_facility", "VARCHAR")];

    private readonly DuckDBConnection connection;
    private readonly string temporary;

    private FindingsFolder(string folder, DuckDBConnection connection, string temporary)
    {
        Folder = folder;
        this.connection = connection;
        this.temporary = temporary;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>SHA-256 over its tables: two scans with the same findings are one.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>What the scan says of itself.</summary>
    internal RunManifest Run { get; private set; } = new();

    /// <summary>True where the feed tells the listings of orders.</summary>
    public bool HasItems { get; private set; }

    /// <summary>True where there are review findings that the feed cannot place.</summary>
    public bool HasReviewsWithoutFeed { get; private set; }

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">What <c>unbrush scan --out</c> wrote.</param>
    /// <param name="feed">The feed's folder, for <c>orders</c>, <c>order_items</c>, <c>listings</c> and <c>reviews</c>; or null.</param>
    /// <exception cref="Core.UnbrushException">A table is missing or cannot be read; the message names file, row and column.</exception>
    public static FindingsFolder Open(string folder, string? feed = null)
    {
        foreach (var given in (ReadOnlySpan<string?>)[folder, feed])
        {
            if (given is not null && !Directory.Exists(given))
                throw Faults.Unreadable($"There is no folder '{given}'.", $"没有文件夹 '{given}'。");
        }

        var temporary = Directory.CreateTempSubdirectory("unbrush-casework-").FullName;
        var connection = new DuckDBConnection("DataSource=:memory:");
        var findings = new FindingsFolder(folder, connection, temporary);
        try
        {
            connection.Open();
            FindingsTable.Execute(connection, $"SET TimeZone='UTC'; SET memory_limit='2GB'; SET temp_directory='{temporary.Replace("'", "''", StringComparison.Ordinal)}'; SET autoinstall_known_extensions=false;");
            findings.Load(feed);
            return findings;
        }
        catch
        {
            findings.Dispose();
            throw;
        }
    }

    /// <summary>Shops with findings, by platform and id.</summary>
    /// <param name="signals">Signals that a policy asks for whatever the order's verdict.</param>
    internal IEnumerable<ShopFindings> Shops(IReadOnlyCollection<string> signals)
    {
        var codes = Codes("f_sellers", "platform", "seller_id");
        var reviews = Reviews();
        Subject? shop = null;
        var orders = new List<Finding>();
        foreach (var order in Orders(signals))
        {
            var owner = new Subject(SubjectKind.Shop, order.Subject.Scope, order.Owner!);
            if (shop is { } before && before != owner)
            {
                yield return Shop(before, orders);
                orders = [];
            }

            shop = owner;
            orders.Add(order);
        }

        if (shop is { } last)
            yield return Shop(last, orders);
        foreach (var rest in reviews.Keys.Order().ToList())
            yield return Shop(rest, []);

        ShopFindings Shop(Subject subject, List<Finding> of) =>
            new(subject, codes.GetValueOrDefault((subject.Scope, subject.Id), []), of, reviews.Remove(subject, out var fake) ? fake : []);
    }

    /// <summary>How many orders each item had on each day on which it has a finding.</summary>
    internal Dictionary<(string Platform, string Item, DateOnly Day), long> ItemDays(string zone)
    {
        if (!HasItems)
            return [];
        return Query(
            r => ((r.GetString(0), r.GetString(1), DateOnly.FromDateTime(r.GetDateTime(2))), r.GetInt64(3)),
            $"""
            WITH days AS (
              SELECT DISTINCT o.platform, i.listing_id, o.order_id, CAST(timezone('{zone}', o.created_at) AS DATE) AS day, (o.verdict NOT IN ('clean', 'watch') OR o.reasons IS NOT NULL) AS told
              FROM f_orders o JOIN d_order_items i ON i.platform = o.platform AND i.order_id = o.order_id)
            SELECT platform, listing_id, CAST(day AS TIMESTAMP), count(*) FROM days GROUP BY ALL HAVING bool_or(told)
            """).ToDictionary(p => p.Item1, p => p.Item2);
    }

    /// <summary>Facilities whose finding weighs.</summary>
    /// <param name="zone">The zone of days.</param>
    internal IEnumerable<FacilityFindings> Facilities(string zone)
    {
        if (!Has("f_facilities"))
            yield break;
        var codes = Codes("f_facilities", "carrier", "facility_id");
        var days = Has("f_parcels") ? FacilityDays(zone) : [];
        foreach (var f in Query(
            r => (Carrier: r.GetString(0), Id: r.GetString(1), Kind: r.GetString(2), Parcels: r.GetInt64(3), Empty: r.GetInt64(4), Low: r.GetDouble(5), Peer: r.IsDBNull(6) ? (double?)null : r.GetDouble(6), Verdict: r.GetString(7), Signals: r.GetString(8), Digest: r.GetString(9)),
            $"""
            SELECT carrier, facility_id, kind, coalesce(parcels, 0), coalesce(no_physical_parcel, 0), coalesce(rate_low, 0), peer_rate, verdict, {Signals} AS signals,
              substr(sha256(concat_ws('|', verdict, parcels, no_physical_parcel, {Signals})), 1, 24)
            FROM f_facilities WHERE verdict IN ('review', 'confirmed') AND kind IN ('outlet', 'centre') ORDER BY carrier, facility_id
            """))
        {
            var subject = new Subject(f.Kind == "centre" ? SubjectKind.Centre : SubjectKind.Outlet, f.Carrier, f.Id);
            var own = days.GetValueOrDefault((f.Carrier, f.Id), []);
            var last = own.Count == 0 ? 0 : own.Max(d => d.LastAt);
            yield return new(
                new Finding(subject, null, f.Verdict, last, null, null, f.Signals, f.Digest), codes.GetValueOrDefault((f.Carrier, f.Id), []),
                f.Parcels, f.Empty, (decimal)f.Low, (decimal?)f.Peer, own);
        }
    }

    /// <summary>Of these findings on orders and reviews, those whose verdict in this scan is no longer theirs.</summary>
    internal HashSet<Subject> NoLongerOffending(IEnumerable<Subject> orders)
    {
        FindingsTable.Execute(connection, "CREATE OR REPLACE TEMP TABLE asked (platform VARCHAR, order_id VARCHAR)");
        using (var appender = connection.CreateAppender("asked"))
        {
            foreach (var order in orders)
                appender.CreateRow().AppendValue(order.Scope).AppendValue(order.Id).EndRow();
        }

        return [.. Query(
            r => new Subject(SubjectKind.Order, r.GetString(0), r.GetString(1)),
            "SELECT o.platform, o.order_id FROM f_orders o JOIN asked a ON a.platform = o.platform AND a.order_id = o.order_id WHERE o.verdict IN ('clean', 'watch', 'data_quality')")];
    }

    internal List<T> Query<T>(Func<System.Data.Common.DbDataReader, T> row, string sql, params ReadOnlySpan<string> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
            command.Parameters.Add(new DuckDBParameter(value));
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }

    private static string Signals => "coalesce(array_to_string(list_sort(list_distinct(json_extract_string(reasons, '$[*].signal'))), ','), '')";

    private void Load(string? feed)
    {
        if (!FindingsTable.Load(connection, Folder, "orders", "f_", OrderColumns) & !FindingsTable.Load(connection, Folder, "facilities", "f_", FacilityColumns))
            throw Faults.Unreadable(
                $"'{Folder}' holds no findings: neither orders nor facilities. Write them with `unbrush scan FEED --out {Folder}`.",
                $"'{Folder}' 中没有结果：既无 orders 也无 facilities。请用 unbrush scan FEED --out {Folder} 生成。");
        Unique("f_orders", "platform", "order_id");
        Unique("f_facilities", "carrier", "facility_id");
        FindingsTable.Load(connection, Folder, "sellers", "f_", SellerColumns);
        FindingsTable.Load(connection, Folder, "reviews", "f_", ReviewColumns);
        FindingsTable.Load(connection, Folder, "parcels", "f_", ParcelColumns);
        if (feed is not null)
        {
            FindingsTable.Load(connection, feed, "orders", "d_", [new("platform", "VARCHAR", true), new("order_id", "VARCHAR", true), new("status", "VARCHAR"), new("updated_at", "TIMESTAMPTZ")]);
            HasItems = FindingsTable.Load(connection, feed, "order_items", "d_", [new("platform", "VARCHAR", true), new("order_id", "VARCHAR", true), new("listing_id", "VARCHAR", true)]);
            FindingsTable.Load(connection, feed, "listings", "d_", [new("platform", "VARCHAR", true), new("listing_id", "VARCHAR", true), new("seller_id", "VARCHAR", true)]);
            FindingsTable.Load(connection, feed, "reviews", "d_", [new("platform", "VARCHAR", true), new("review_id", "VARCHAR", true), new("order_id", "VARCHAR"), new("listing_id", "VARCHAR", true), new("reviewed_at", "TIMESTAMPTZ", true)]);
        }

        HasReviewsWithoutFeed = Has("f_reviews") && !Has("d_reviews") && Query(r => r.GetInt64(0), "SELECT count(*) FROM f_reviews WHERE verdict = 'confirmed'")[0] > 0;
        Digest = DigestOfFiles();
        Run = RunManifest.Of(Folder);
    }

    private void Unique(string table, string scope, string id)
    {
        if (Has(table) && Query(r => r.GetInt64(0), $"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {scope}, {id} HAVING count(*) > 1)")[0] > 0)
            throw Faults.Unreadable(
                $"'{Folder}': the table {table[2..]} names the same {id} more than once: write the findings again with `unbrush scan --out`.",
                $"'{Folder}'：表 {table[2..]} 中有重复的 {id}：请用 unbrush scan --out 重新生成。");
    }

    internal bool Has(string table) => Query(r => r.GetInt64(0), "SELECT count(*) FROM duckdb_tables() WHERE table_name = $1", table)[0] > 0;

    private string DigestOfFiles()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in (ReadOnlySpan<string>)["facilities", "orders", "parcels", "reviews", "sellers"])
        {
            foreach (var file in FindingsTable.Files(Folder, table))
            {
                using var stream = File.OpenRead(file);
                all.AppendData(SHA256.HashData(stream));
            }
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private IEnumerable<Finding> Orders(IReadOnlyCollection<string> signals)
    {
        if (!Has("f_orders"))
            yield break;
        var asked = string.Join(", ", signals.Order(StringComparer.Ordinal).Select(s => $"'{s.Replace("'", "''", StringComparison.Ordinal)}'"));
        var bySignal = signals.Count == 0 ? "" : $" OR list_has_any(coalesce(json_extract_string(o.reasons, '$[*].signal'), []), [{asked}])";
        var items = HasItems
            ? ("items.listings", "LEFT JOIN (SELECT platform, order_id, string_agg(DISTINCT listing_id, chr(31) ORDER BY listing_id) AS listings FROM d_order_items GROUP BY ALL) items ON items.platform = o.platform AND items.order_id = o.order_id")
            : ("NULL", "");
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT o.platform, o.order_id, o.seller_id, o.verdict, epoch_us(o.created_at), CAST(o.amount * 10000 AS BIGINT), coalesce(o.currency, 'CNY'), o.signals,
              substr(sha256(concat_ws('|', o.verdict, o.signals)), 1, 24), {(signals.Count == 0 ? "NULL" : "CAST(o.reasons AS VARCHAR)")}, {items.Item1}
            FROM (SELECT *, {Signals} AS signals FROM f_orders) o {items.Item2}
            WHERE o.verdict IN ('review', 'confirmed', 'victim'){bySignal}
            ORDER BY o.platform, o.seller_id, o.created_at, o.order_id
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var finding = new Finding(
                new(SubjectKind.Order, reader.GetString(0), reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetString(7), reader.GetString(8))
            {
                Items = reader.IsDBNull(10) ? [] : reader.GetString(10).Split(Unit),
            };
            yield return reader.IsDBNull(9) ? finding : finding with { Values = Values(reader.GetString(9), signals) };
        }
    }

    private Dictionary<Subject, List<Finding>> Reviews()
    {
        var reviews = new Dictionary<Subject, List<Finding>>();
        if (!Has("f_reviews") || !Has("d_reviews"))
            return reviews;
        var byListing = Has("d_listings");
        var byOrder = Has("f_orders");
        var owner = (byOrder, byListing) switch
        {
            (true, true) => "coalesce(o.seller_id, l.seller_id)",
            (true, false) => "o.seller_id",
            (false, true) => "l.seller_id",
            _ => "NULL",
        };
        foreach (var review in Query(
            r => new Finding(
                new(SubjectKind.Review, r.GetString(0), r.GetString(1)), r.GetString(2), "confirmed", r.GetInt64(3), null, null, r.GetString(4), r.GetString(5)),
            $"""
            SELECT v.platform, v.review_id, {owner}, epoch_us(d.reviewed_at), v.signals, substr(sha256(concat_ws('|', v.verdict, v.signals)), 1, 24)
            FROM (SELECT *, {Signals} AS signals FROM f_reviews WHERE verdict = 'confirmed') v
            JOIN d_reviews d ON d.platform = v.platform AND d.review_id = v.review_id
            {(byOrder ? "LEFT JOIN f_orders o ON o.platform = d.platform AND o.order_id = d.order_id" : "")}
            {(byListing ? "LEFT JOIN d_listings l ON l.platform = d.platform AND l.listing_id = d.listing_id" : "")}
            WHERE {owner} IS NOT NULL ORDER BY v.platform, d.reviewed_at, v.review_id
            """))
        {
            var shop = new Subject(SubjectKind.Shop, review.Subject.Scope, review.Owner!);
            if (!reviews.TryGetValue(shop, out var list))
                reviews[shop] = list = [];
            list.Add(review);
        }

        return reviews;
    }

    private Dictionary<(string, string), List<FacilityDay>> FacilityDays(string zone)
    {
        var days = new Dictionary<(string, string), List<FacilityDay>>();
        foreach (var (facility, day) in Query(
            r => ((r.GetString(0), r.GetString(1)), new FacilityDay(DateOnly.FromDateTime(r.GetDateTime(2)), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6))),
            $"""
            SELECT p.carrier, p.origin_facility, CAST(CAST(timezone('{zone}', p.created_at) AS DATE) AS TIMESTAMP) AS day, count(*),
              count(*) FILTER (p.verdict = 'no_physical_parcel'),
              coalesce(min(epoch_us(p.created_at)) FILTER (p.verdict = 'no_physical_parcel'), 0), coalesce(max(epoch_us(p.created_at)) FILTER (p.verdict = 'no_physical_parcel'), 0)
            FROM f_parcels p JOIN f_facilities f ON f.carrier = p.carrier AND f.facility_id = p.origin_facility
            WHERE f.verdict IN ('review', 'confirmed') GROUP BY ALL ORDER BY 1, 2, 3
            """))
        {
            if (!days.TryGetValue(facility, out var list))
                days[facility] = list = [];
            list.Add(day);
        }

        return days;
    }

    private Dictionary<(string, string), string[]> Codes(string table, string scope, string id) => !Has(table) ? [] : Query(
        r => ((r.GetString(0), r.GetString(1)), r.GetString(2).Split(',')),
        $"""
        SELECT {scope}, {id}, array_to_string(list_sort(list_distinct(json_extract_string(proposals, '$[*].code'))), ',')
        FROM {table} WHERE len(coalesce(json_extract_string(proposals, '$[*].code'), [])) > 0
        """).ToDictionary(p => p.Item1, p => p.Item2);

    private static Dictionary<string, decimal> Values(string reasons, IReadOnlyCollection<string> signals)
    {
        var values = new Dictionary<string, decimal>();
        using var json = System.Text.Json.JsonDocument.Parse(reasons);
        foreach (var reason in json.RootElement.EnumerateArray())
        {
            if (reason.TryGetProperty("signal", out var signal) && signals.Contains(signal.GetString()!) && reason.TryGetProperty("value", out var value))
            {
                var text = value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString() : value.GetRawText();
                if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                    values[signal.GetString()!] = number;
            }
        }

        return values;
    }
}
