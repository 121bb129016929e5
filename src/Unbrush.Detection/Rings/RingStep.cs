using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Unbrush.Core;
using Unbrush.Core.Findings;
using Unbrush.Detection.Store;
using Unbrush.Graph.Rings;

namespace Unbrush.Detection.Rings;

/// <summary>
/// Who buys with whom beyond chance. Writes <c>ring</c> and <c>ring_member</c> (findings), <c>ring_order</c> (the orders of a ring's
/// buyers at its sellers, for the signal that weighs them) and <c>ring_buyer</c>. A member's purchase at a shop outside
/// the ring belongs to no ring.
/// </summary>
internal sealed class RingStep(IStore store, Language language)
{
    /// <summary>The step's name.</summary>
    public const string Name = "rings";

    private const long Day = 86_400;

    /// <summary>The tables that it makes.</summary>
    public static IReadOnlyList<string> Makes { get; } = ["ring", "ring_member", "ring_order", "ring_buyer"];

    /// <summary>Makes the step's tables, empty.</summary>
    public static void CreateTables(IStore store) =>
        store.Execute("""
            CREATE OR REPLACE TABLE ring (ring_no INTEGER, ring_id VARCHAR, buyers INTEGER, sellers INTEGER, density DOUBLE, q_value DOUBLE, observed INTEGER, expected DOUBLE, text VARCHAR);
            CREATE OR REPLACE TABLE ring_member (ring_id VARCHAR, kind VARCHAR, number INTEGER, role VARCHAR, orders INTEGER);
            CREATE OR REPLACE TABLE ring_order (order_no INTEGER, ring_id VARCHAR, log_q DOUBLE, met INTEGER, chance DOUBLE, membership DOUBLE);
            CREATE OR REPLACE TABLE ring_buyer (buyer_no INTEGER, ring_id VARCHAR);
            """);

    /// <summary>Finds the rings.</summary>
    public void Find()
    {
        CreateTables(store);
        List<int> orders = [], buyers = [], sellers = [], categories = [];
        List<long> times = [];
        using (var reader = store.Query("SELECT order_no, buyer_no, seller_no, CAST(epoch(created_at) AS BIGINT) FROM fact_order WHERE buyer_no IS NOT NULL ORDER BY order_no"))
        {
            while (reader.Read())
            {
                orders.Add(reader.GetInt32(0));
                buyers.Add(reader.GetInt32(1));
                sellers.Add(reader.GetInt32(2));
                times.Add(reader.GetInt64(3));
            }
        }

        if (orders.Count == 0)
            return;
        var sellerCategories = Categories();
        var (linkBuyers, linkResources) = Links();
        var result = RingFinder.Find(
            new RingInput
            {
                Buyers = Span(buyers),
                Sellers = Span(sellers),
                Times = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(times),
                SellerCategories = sellerCategories,
                SellerCount = sellerCategories.Length,
                Links = new ResourceLinks { Buyers = linkBuyers, Resources = linkResources },
            },
            new RingOptions { Window = 15 * Day });
        Write(result, orders, buyers);

        static ReadOnlySpan<int> Span(List<int> list) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
    }

    /// <summary>Each seller's category, or the commonest among its orders; empty where the feed has none at all.</summary>
    private int[] Categories()
    {
        var categories = new List<int> { -1 };
        using var reader = store.Query("""
            WITH sold AS (
              SELECT seller_no, category, count(*) AS n FROM fact_order WHERE category IS NOT NULL GROUP BY seller_no, category
            ),
            main AS (
              SELECT seller_no, category FROM sold QUALIFY row_number() OVER (PARTITION BY seller_no ORDER BY n DESC, category) = 1
            )
            SELECT s.seller_no, CASE WHEN c.category IS NULL THEN -1 ELSE CAST(dense_rank() OVER (ORDER BY c.category) AS INTEGER) END
            FROM fact_seller s
            LEFT JOIN (SELECT f.seller_no, coalesce(f.category, m.category) AS category FROM fact_seller f LEFT JOIN main m ON m.seller_no = f.seller_no) c ON c.seller_no = s.seller_no
            ORDER BY s.seller_no
            """);
        while (reader.Read())
            categories.Add(reader.GetInt32(1));
        return categories.TrueForAll(c => c < 0) ? [] : [.. categories];
    }

    /// <summary>Devices, payers, phones and addresses that buyers use; places that many share by nature are left out.</summary>
    private (int[] Buyers, int[] Resources) Links()
    {
        List<int> buyers = [], resources = [];
        using var reader = store.Query("""
            WITH used AS (
              SELECT buyer_no, 1 AS kind, device AS resource FROM fact_order WHERE device IS NOT NULL
              UNION SELECT buyer_no, 2, payer FROM fact_order WHERE payer IS NOT NULL
              UNION SELECT buyer_no, 3, phone FROM fact_order WHERE phone IS NOT NULL
              UNION SELECT buyer_no, 4, address FROM fact_order WHERE address IS NOT NULL AND coalesce(address_kind, 'house') = 'house'
            )
            SELECT buyer_no, CAST(dense_rank() OVER (ORDER BY kind, resource) AS INTEGER) - 1
            FROM used WHERE buyer_no IS NOT NULL
            QUALIFY count(*) OVER (PARTITION BY kind, resource) BETWEEN 2 AND 50
            ORDER BY 1, 2
            """);
        while (reader.Read())
        {
            buyers.Add(reader.GetInt32(0));
            resources.Add(reader.GetInt32(1));
        }

        return ([.. buyers], [.. resources]);
    }

    private void Write(RingResult result, List<int> orders, List<int> buyers)
    {
        var keys = Keys("fact_seller", "seller_no", "seller_id");
        var ids = result.Rings.Select(r => Id(r.Sellers.Select(s => keys[s.Id]).Order(StringComparer.Ordinal).First())).ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            // Two rings may share their smallest seller: then the smallest buyer tells them apart.
            if (Array.IndexOf(ids, ids[i]) < i)
                ids[i] = Id(ids[i] + string.Join(",", result.Rings[i].Sellers.Select(s => keys[s.Id])));
        }

        var n = result.Rings.Count;
        store.Append(
            "ring",
            Enumerable.Range(1, n).ToArray(), ids,
            result.Rings.Select(r => r.Buyers.Count).ToArray(), result.Rings.Select(r => r.Sellers.Count).ToArray(),
            result.Rings.Select(r => Math.Round(r.Density, 6)).ToArray(), result.Rings.Select(r => Math.Round(r.Certificate.QValue, 12)).ToArray(),
            result.Rings.Select(r => r.Certificate.Observed).ToArray(), result.Rings.Select(r => Math.Round(r.Certificate.Expected, 4)).ToArray(),
            result.Rings.Select(r => Certificate(r).In(language)).ToArray());
        var members = result.Rings.SelectMany((r, i) => r.Buyers.Select(b => (Ring: ids[i], Kind: "buyer", Member: b)).Concat(r.Sellers.Select(s => (Ring: ids[i], Kind: "seller", Member: s)))).ToList();
        store.Append(
            "ring_member",
            members.Select(m => m.Ring).ToArray(), members.Select(m => m.Kind).ToArray(), members.Select(m => m.Member.Id).ToArray(),
            members.Select(m => m.Member.Core ? "core" : "periphery").ToArray(), members.Select(m => m.Member.Orders).ToArray());

        var byBuyer = result.Rings.Select(r => r.Buyers.ToDictionary(b => b.Id)).ToArray();
        var mine = result.Orders.Select(o => byBuyer[o.Ring].GetValueOrDefault(buyers[o.Order])).ToArray();
        store.Append(
            "ring_order",
            result.Orders.Select(o => orders[o.Order]).ToArray(), result.Orders.Select(o => ids[o.Ring]).ToArray(),
            result.Orders.Select(o => Math.Round(result.Rings[o.Ring].Certificate.LogQ, 6)).ToArray(),
            mine.Select(m => m.Met).ToArray(),
            mine.Select(m => Math.Round(m.Expected, 6)).ToArray(),
            mine.Select(m => Math.Round(m.Probability, 6)).ToArray());
        store.Execute("INSERT INTO ring_buyer SELECT number, min(ring_id) FROM ring_member WHERE kind = 'buyer' GROUP BY number");
    }

    /// <summary>What the certificate says, in a sentence that a court could follow.</summary>
    private static Sentence Certificate(Ring ring)
    {
        var c = ring.Certificate;
        var chance = Math.Max(c.QValue, 1e-12).ToString("0.#E+0", CultureInfo.InvariantCulture);
        var expected = c.Expected.ToString("0.##", CultureInfo.InvariantCulture);
        return new(
            $"{c.Observed} buyers bought at {(c.Least == 2 ? "two" : c.Least.ToString(CultureInfo.InvariantCulture))} or more of these {ring.Sellers.Count} shops, where the shops' custom and their buyers' tastes would give {expected}; the share of false discoveries among such rings is {chance} at most.",
            $"有 {c.Observed} 名买家在这 {ring.Sellers.Count} 家店铺中的{(c.Least == 2 ? "两" : c.Least.ToString(CultureInfo.InvariantCulture))}家或以上购买，而按各店客流与买家偏好只应有 {expected} 名；此类团伙中误报的比例至多为 {chance}。");
    }

    /// <summary>A ring is named after its smallest member's key, so that it keeps its name from run to run.</summary>
    private static string Id(string key) => "ring-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];

    private Dictionary<int, string> Keys(string table, string number, string id)
    {
        var keys = new Dictionary<int, string>();
        using var reader = store.Query($"SELECT {number}, platform || '/' || {id} FROM {table}");
        while (reader.Read())
            keys[reader.GetInt32(0)] = reader.GetString(1);
        return keys;
    }
}
