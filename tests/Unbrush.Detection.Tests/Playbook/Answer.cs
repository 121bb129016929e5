using System.Collections.Concurrent;
using System.Text.Json;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Playbook;

/// <summary>
/// What the whole pipeline answers to a town with stories planted: the findings tables, read once for all tests of a feed.
/// Where the environment names a folder as PLAYBOOK_KEEP, feeds and findings are kept there to be looked at.
/// </summary>
internal sealed class Answer
{
    private static readonly ConcurrentDictionary<string, Lazy<Answer>> Known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<Dictionary<string, string>>> _tables = new(StringComparer.Ordinal);

    private Answer(Town town, string hash) => (Town, Hash) = (town, hash);

    public Town Town { get; }

    /// <summary>The hash over all tables.</summary>
    public string Hash { get; }

    /// <summary>Runs the pipeline over a planted town, once for each name.</summary>
    public static Answer To(string name, Action<Town> plant) => Known.GetOrAdd(name, _ => new(() =>
    {
        var town = new Town(20260302).Bustle();
        plant(town);
        return Of(town);
    })).Value;

    public static Answer Of(Town town, int? shuffle = null)
    {
        var folder = Directory.CreateTempSubdirectory("playbook-").FullName;
        try
        {
            var feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
            town.Save(feed, shuffle);
            using var workspace = Workspace.OpenTemporary(new());
            var summary = Scan.Run(workspace, new() { Feeds = [feed], Out = Path.Combine(folder, "out") });
            var answer = new Answer(town, summary.Hash);
            foreach (var table in (string[])["orders", "parcels", "sellers", "buyers", "facilities", "senders", "rings", "notes"])
                answer._tables[table] = Read(workspace.Store, $"SELECT * FROM finding_{table}");
            answer._tables["quarantine"] = Read(workspace.Store, "SELECT * FROM import_quarantine");
            answer._tables["own"] = Read(workspace.Store, "SELECT o.order_id, v.own_centi, v.sale_centi, v.hard_causes, v.families FROM verdict_order v JOIN fact_order o ON o.order_no = v.order_no");
            if (Environment.GetEnvironmentVariable("PLAYBOOK_KEEP") is { Length: > 0 } keep)
                CopyTo(Path.Combine(keep, string.Join('-', town.Told.Keys.DefaultIfEmpty("honest")).Replace(' ', '_')), folder);
            return answer;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The orders of a story.</summary>
    public List<Deal> Of(string story) => Town.Told[story];

    public List<Dictionary<string, string>> All(string table) => _tables[table];

    public Dictionary<string, string> Order(Deal deal) => One("orders", "order_id", deal.Id);

    public Dictionary<string, string> Parcel(Deal deal) => One("parcels", "waybill_no", (string)deal.Parcel!["waybill_no"]!);

    public Dictionary<string, string> Seller(Shop shop) => One("sellers", "seller_id", shop.Id);

    public Dictionary<string, string> Facility(string id) => One("facilities", "facility_id", id);

    public Dictionary<string, string> Sender(string key) => One("senders", "sender_key", key);

    public Dictionary<string, string> Buyer(Person person) => One("buyers", "buyer_id", person.Id);

    public Dictionary<string, string> One(string table, string key, string id) => _tables[table].Single(r => r[key] == id);

    /// <summary>The share of these orders with that verdict.</summary>
    public double Share(IReadOnlyCollection<Deal> deals, string verdict) => deals.Count(d => Order(d)["verdict"] == verdict) / (double)deals.Count;

    public double ParcelShare(IReadOnlyCollection<Deal> deals, string verdict) => deals.Count(d => Parcel(d)["verdict"] == verdict) / (double)deals.Count;

    /// <summary>That at least this share of a story's orders has the verdict.</summary>
    public void MostAre(string verdict, IReadOnlyCollection<Deal> deals, double least = 0.95) 
    {
        if (Share(deals, verdict) < least)
            Assert.Fail(Why(deals, verdict));
    }

    /// <summary>That no order of a story has the verdict.</summary>
    public void NoneIs(string verdict, IReadOnlyCollection<Deal> deals) 
    {
        if (Share(deals, verdict) > 0)
            Assert.Fail(Why(deals, verdict, among: true));
    }

    /// <summary>That at least this share of a story's parcels has the verdict.</summary>
    public void MostParcelsAre(string verdict, IReadOnlyCollection<Deal> deals, double least = 0.95) 
    {
        if (ParcelShare(deals, verdict) < least)
            Assert.Fail($"parcels: {string.Join(", ", deals.GroupBy(d => Parcel(d)["verdict"]).Select(g => $"{g.Count()} {g.Key}"))}; e.g. {Brief(Parcel(deals.First(d => Parcel(d)["verdict"] != verdict)))}; its order {Brief(Order(deals.First(d => Parcel(d)["verdict"] != verdict)))}");
    }

    /// <summary>That nothing punishes this shop or outlet.</summary>
    public static void SparesWholly(Dictionary<string, string> row) => Assert.DoesNotContain(Proposals(row), p => p is not ("exclude_orders" or "hide_reviews" or "request_explanation" or "protect"));

    /// <summary>The signals that speak about an order.</summary>
    public string[] Signals(Deal deal) => SignalsOf(Order(deal));

    public static string[] SignalsOf(Dictionary<string, string> row) =>
        [.. JsonDocument.Parse(row["reasons"]).RootElement.EnumerateArray().Select(r => r.GetProperty("signal").GetString()!)];

    public static string[] Proposals(Dictionary<string, string> row) =>
        [.. JsonDocument.Parse(row["proposals"]).RootElement.EnumerateArray().Select(p => p.GetProperty("code").GetString()!)];

    /// <summary>How the orders were judged, and why one of those that break the expectation was.</summary>
    private string Why(IReadOnlyCollection<Deal> deals, string verdict, bool among = false)
    {
        var verdicts = string.Join(", ", deals.GroupBy(d => Order(d)["verdict"]).Select(g => $"{g.Count()} {g.Key}"));
        var example = deals.First(d => Order(d)["verdict"] == verdict == among);
        var own = One("own", "order_id", example.Id);
        var parcel = example.Parcel is null ? "no parcel" : $"parcel {Parcel(example)["verdict"]} {Parcel(example)["score"]}";
        return $"{verdicts}; e.g. {example.Id} {Order(example)["verdict"]} score {Order(example)["score"]} own {own["own_centi"]} sale {own["sale_centi"]} families {own["families"]} hard {own["hard_causes"]} {parcel}: "
            + Brief(Order(example));
    }

    public static string Brief(Dictionary<string, string> row) => $"score {row["score"]} " +
        string.Join(", ", JsonDocument.Parse(row["reasons"]).RootElement.EnumerateArray().Select(r => $"{r.GetProperty("signal")} {r.GetProperty("db")}{(r.GetProperty("hard").GetBoolean() ? "!" : "")}"));

    private static List<Dictionary<string, string>> Read(DuckDbStore store, string sql)
    {
        var rows = new List<Dictionary<string, string>>();
        using var reader = store.Query(sql);
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!, StringComparer.Ordinal));
        }

        return rows;
    }

    private static void CopyTo(string keep, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories))
        {
            var to = Path.Combine(keep, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }
}
