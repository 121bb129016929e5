using System.Globalization;
using System.Text;
using Unbrush.Detection.Tests.Signals;

namespace Unbrush.Detection.Tests.Playbook;

/// <summary>
/// A small world of honest trade, the background of the playbook's stories: two carriers with outlets, centres and stations
/// in twelve cities, sixty shops, 1,200 buyers, three thousand orders in sixty days. The same seed gives the same bytes.
/// </summary>
internal sealed partial class Town
{
    public const string Platform = "taobao";
    public const int Days = 60;
    public const int Beijing = 0, Shanghai = 1, Guangzhou = 2, Wuhan = 3, Chengdu = 4, Wuxi = 5, Jinhua = 6, Hangzhou = 7, Xian = 8, Quanzhou = 9, Qingdao = 10, Shenyang = 11;

    private static readonly string[] Codes = ["110100", "310100", "440100", "420100", "510100", "320200", "330700", "330100", "610100", "350500", "370200", "210100"];
    private static readonly int[] Supply = [Shanghai, Guangzhou, Jinhua, Hangzhou, Quanzhou];

    private static readonly string[] Categories = ["home", "clothes", "toys", "kitchen", "garden", "shoes", "books", "beauty"];

    private readonly List<Row> _rows = [];
    private readonly (double Lat, double Lon)[] _places = new (double, double)[Codes.Length];
    private readonly Random _random;
    private int _numbers;

    public Town(int seed)
    {
        _random = new(seed);
        var known = File.ReadLines(Path.Combine(SignalBench.Root, "codes", "cities.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], StringComparer.Ordinal);
        for (var city = 0; city < Codes.Length; city++)
            _places[city] = (Real(known[Codes[city]][2]), Real(known[Codes[city]][3]));
        foreach (var carrier in Carriers)
        {
            for (var city = 0; city < Codes.Length; city++)
            {
                Place(carrier, $"{carrier}-{city}-c", "centre", city, null, 0.1);
                for (var zone = 0; zone < 2; zone++)
                    Place(carrier, OutletOf(carrier, city, zone), "outlet", city, $"{carrier}-{city}-c", 0.02 * (zone + 1));
                Place(carrier, $"{carrier}-{city}-s", "station", city, OutletOf(carrier, city, 0), 0.03);
            }
        }
    }

    /// <summary>The first day of trade.</summary>
    public static DateTime Start { get; } = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Unspecified);

    public static string[] Carriers { get; } = ["zto", "yto"];

    public List<Shop> Shops { get; } = [];

    public List<Person> People { get; } = [];

    public List<Deal> Deals { get; } = [];

    /// <summary>The orders of each story that was planted.</summary>
    public Dictionary<string, List<Deal>> Told { get; } = new(StringComparer.Ordinal);

    public static string OutletOf(string carrier, int city, int zone) => $"{carrier}-{city}-{zone}";

    public static string Region(int city) => Codes[city];

    public Row Add(string table, params (string Column, object? Cell)[] cells)
    {
        Row row = new(table, cells);
        _rows.Add(row);
        return row;
    }

    public int Next(int from, int to) => _random.Next(from, to);

    public double Chance() => _random.NextDouble();

    public TimeSpan Hours(double from, double to) => TimeSpan.FromSeconds(Math.Round(3600 * (from + ((to - from) * _random.NextDouble()))));

    public string NewNumber(string prefix) => $"{prefix}{++_numbers:D7}";

    /// <summary>Opens a shop; without goods of its own it gets four ordinary ones.</summary>
    public Shop Open(string id, int city, string carrier, int zone, DateTime? opened = null, params (int Grams, decimal Price)[] goods)
    {
        if (goods.Length == 0)
            goods = [.. Enumerable.Range(0, 4).Select(_ => ((int)(60 * Math.Exp(3.6 * Chance())), Math.Round((decimal)(12 * Math.Exp(2.8 * Chance())), 2)))];
        var shop = new Shop(id, carrier, OutletOf(carrier, city, zone), city, "sender-" + id, "wallet-" + id, [.. goods.Select((g, i) => new Good($"{id}-g{i}", g.Grams, g.Price))]);
        Shops.Add(shop);
        var category = Categories[Shops.Count % Categories.Length];
        Add("sellers", ("platform", Platform), ("seller_id", id), ("opened_at", opened ?? Start.AddDays(-Next(300, 2500))), ("category", category), ("region", Region(city)), ("owner_key", "owner-" + id));
        Add("wallets", ("wallet_key", shop.Wallet), ("platform", Platform), ("holder_kind", "seller"), ("holder_id", id));
        foreach (var good in shop.Goods)
            Add("listings", ("platform", Platform), ("listing_id", good.Id), ("seller_id", id), ("title", "goods " + good.Id), ("category", category), ("weight_g", good.Grams), ("price", good.Price));
        return shop;
    }

    /// <summary>A new buyer with an account so many days old on the first day.</summary>
    public Person Settle(string id, int city, int accountDays)
    {
        var person = new Person(id, city, Next(0, 2), "device-" + id, "net-" + id, "wallet-" + id, "home-" + id);
        People.Add(person);
        Add("buyers", ("platform", Platform), ("buyer_id", id), ("registered_at", Start.AddDays(-accountDays).Add(Hours(0, 24))), ("level", Next(1, 7)));
        Add("wallets", ("wallet_key", person.Wallet), ("platform", Platform), ("holder_kind", "buyer"), ("holder_id", id));
        return person;
    }

    public List<Person> Settle(string prefix, int count, int youngest, int oldest) =>
        [.. Enumerable.Range(0, count).Select(i => Settle($"{prefix}{i:D4}", Next(0, Codes.Length), Next(youngest, oldest)))];

    /// <summary>Writes one canonical CSV a table, the rows in their order or shuffled.</summary>
    public void Save(string folder, int? shuffle = null)
    {
        foreach (var table in _rows.Concat(Deals.SelectMany(d => d.Rows)).GroupBy(r => r.Table, StringComparer.Ordinal))
        {
            var rows = table.ToArray();
            var columns = rows.SelectMany(r => r.Columns).Distinct(StringComparer.Ordinal).ToArray();
            if (shuffle is { } seed)
                new Random(seed).Shuffle(rows);
            var text = new StringBuilder(string.Join(',', columns)).Append('\n');
            foreach (var row in rows)
                text.AppendJoin(',', columns.Select(row.Cell)).Append('\n');
            File.WriteAllText(Path.Combine(folder, table.Key + ".csv"), text.ToString());
        }
    }

    /// <summary>The way between two cities in kilometres, as the crow flies.</summary>
    public double Kilometres(int from, int to)
    {
        var (a, b) = (_places[from], _places[to]);
        var x = (a.Lon - b.Lon) * Math.Cos((a.Lat + b.Lat) * Math.PI / 360);
        return 111.2 * Math.Sqrt((x * x) + ((a.Lat - b.Lat) * (a.Lat - b.Lat)));
    }

    private void Place(string carrier, string id, string kind, int city, string? parent, double off) => Add("facilities",
        ("carrier", carrier), ("facility_id", id), ("name", id), ("kind", kind), ("region", Region(city)),
        ("lat", Math.Round(_places[city].Lat + off, 4)), ("lon", Math.Round(_places[city].Lon - off, 4)), ("parent_id", parent), ("model", "franchise"));

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
