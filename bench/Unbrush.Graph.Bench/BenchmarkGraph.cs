namespace Unbrush.Graph.Bench;

/// <summary>A ring to plant.</summary>
/// <param name="Buyers">Accounts recruited.</param>
/// <param name="Sellers">Shops that pay for it.</param>
/// <param name="Density">Chance that a recruited account buys at one of the shops.</param>
public readonly record struct PlantedShape(int Buyers, int Sellers, double Density);

/// <summary>A ring as it was planted: only accounts that bought at least once at its shops count as its buyers.</summary>
/// <param name="Shape">What was asked for.</param>
/// <param name="Buyers">Buyers with at least one planted purchase.</param>
/// <param name="Sellers">Its sellers.</param>
/// <param name="FirstDay">First day of its campaign.</param>
/// <param name="LastDay">Last day of its campaign.</param>
public sealed record PlantedRing(PlantedShape Shape, int[] Buyers, int[] Sellers, int FirstDay, int LastDay);

/// <summary>What a benchmark graph looks like.</summary>
public sealed record BenchmarkShape
{
    /// <summary>Purchases of genuine buyers.</summary>
    public int Edges { get; init; } = 1_000_000;

    /// <summary>Accounts.</summary>
    public int Buyers { get; init; } = 250_000;

    /// <summary>Shops.</summary>
    public int Sellers { get; init; } = 25_000;

    /// <summary>Interest communities; each shop belongs to one, a buyer to one or two.</summary>
    public int Communities { get; init; } = 400;

    /// <summary>Share of a buyer's purchases within its interests; the rest goes by popularity alone.</summary>
    public double Coherence { get; init; } = 0.8;

    /// <summary>Whether a recruited account also lives an ordinary life (harder) or only brushes.</summary>
    public bool BrushersAlsoShop { get; init; } = true;

    /// <summary>Whether a ring's shops all belong to one community (harder) or to any.</summary>
    public bool RingsWithinOneCommunity { get; init; }

    /// <summary>Days of a ring's campaign, out of the year that the graph spans.</summary>
    public int CampaignDays { get; init; } = 45;

    /// <summary>The rings of the standing benchmark.</summary>
    public IReadOnlyList<PlantedShape> Rings { get; init; } = Standard;

    /// <summary>Share of the first ring's members that the second ring shares, where there are exactly two.</summary>
    public double SharedMembers { get; init; }

    /// <summary>The five rings of the standing benchmark.</summary>
    public static IReadOnlyList<PlantedShape> Standard { get; } =
        [new(400, 20, 0.5), new(200, 10, 0.6), new(1000, 40, 0.15), new(60, 6, 0.9), new(150, 12, 0.08)];

    /// <summary>The same shape with more purchases, accounts and shops.</summary>
    public BenchmarkShape Times(int n) => this with { Edges = Edges * n, Buyers = Buyers * n, Sellers = Sellers * n };
}

/// <summary>A seeded order graph with interests, popularity, heavy buyers and planted, camouflaged rings.</summary>
public sealed class BenchmarkGraph
{
    private const int Year = 365;

    private BenchmarkGraph(BenchmarkShape shape, int[] buyers, int[] sellers, long[] days, int[] categories, List<PlantedRing> rings)
    {
        Shape = shape;
        Buyers = buyers;
        Sellers = sellers;
        Days = days;
        Categories = categories;
        Rings = rings;
    }

    /// <summary>What was asked for.</summary>
    public BenchmarkShape Shape { get; }

    /// <summary>Buyer of each purchase.</summary>
    public int[] Buyers { get; }

    /// <summary>Seller of each purchase.</summary>
    public int[] Sellers { get; }

    /// <summary>Day of each purchase.</summary>
    public long[] Days { get; }

    /// <summary>True community of each seller.</summary>
    public int[] Categories { get; }

    /// <summary>The truth.</summary>
    public List<PlantedRing> Rings { get; }

    /// <summary>Who bought where.</summary>
    public BipartiteGraph Graph() => BipartiteGraph.FromEdges(Buyers, Sellers, Shape.Buyers, Shape.Sellers);

    /// <summary>The communities with a share of sellers given a random wrong one.</summary>
    public int[] Mislabelled(double share, ulong seed)
    {
        var random = new SplitMix(seed);
        var labels = (int[])Categories.Clone();
        for (var s = 0; s < labels.Length; s++)
        {
            if (random.NextReal() < share)
                labels[s] = random.Next(Shape.Communities);
        }
        return labels;
    }

    /// <summary>Draws a graph.</summary>
    public static BenchmarkGraph Draw(BenchmarkShape shape, ulong seed)
    {
        var random = new SplitMix(seed);
        var popularity = new double[shape.Sellers];
        for (var rank = 0; rank < shape.Sellers; rank++)
            popularity[rank] = Math.Pow(rank + 1, -0.8);
        Shuffle(popularity, ref random);
        var categories = new int[shape.Sellers];
        for (var s = 0; s < shape.Sellers; s++)
            categories[s] = random.Next(shape.Communities);

        var everywhere = new Popular([.. Enumerable.Range(0, shape.Sellers)], popularity);
        var within = new Popular?[shape.Communities];
        foreach (var group in Enumerable.Range(0, shape.Sellers).GroupBy(s => categories[s]))
            within[group.Key] = new Popular([.. group], popularity);

        var activity = new double[shape.Buyers];
        for (var b = 0; b < shape.Buyers; b++)
            activity[b] = Math.Exp(random.NextNormal());
        var scale = shape.Edges / activity.Sum();

        var buyers = new List<int>(shape.Edges + shape.Edges / 8);
        var sellers = new List<int>(shape.Edges + shape.Edges / 8);
        var days = new List<long>(shape.Edges + shape.Edges / 8);
        var rings = new List<PlantedRing>();
        var recruited = new HashSet<int>();
        PlantRings(shape, popularity, categories, buyers, sellers, days, rings, recruited, ref random);

        var mine = new HashSet<int>();
        for (var b = 0; b < shape.Buyers; b++)
        {
            var wanted = activity[b] * scale;
            var count = (int)wanted + (random.NextReal() < wanted - (int)wanted ? 1 : 0);
            var first = categories[everywhere.Draw(ref random)];
            var second = random.NextReal() < 0.3 ? categories[everywhere.Draw(ref random)] : first;
            if (!shape.BrushersAlsoShop && recruited.Contains(b))
                continue;
            mine.Clear();
            for (var tries = 0; mine.Count < count && tries < count * 4; tries++)
            {
                var interest = within[random.NextReal() < 0.6 ? first : second]!;
                var s = random.NextReal() < shape.Coherence ? interest.Draw(ref random) : everywhere.Draw(ref random);
                if (!mine.Add(s))
                    continue;
                buyers.Add(b);
                sellers.Add(s);
                days.Add(random.Next(Year));
            }
        }
        return new BenchmarkGraph(shape, [.. buyers], [.. sellers], [.. days], categories, rings);
    }

    private static void PlantRings(
        BenchmarkShape shape, double[] popularity, int[] categories,
        List<int> buyers, List<int> sellers, List<long> days, List<PlantedRing> rings, HashSet<int> recruited, ref SplitMix random)
    {
        var byPopularity = Enumerable.Range(0, shape.Sellers).OrderByDescending(s => popularity[s]).ToArray();
        var honest = new Popular(byPopularity[..Math.Max(1, shape.Sellers / 10)], popularity);
        var hired = new HashSet<int>();
        foreach (var planted in shape.Rings)
        {
            var shops = new List<int>();
            var accounts = new List<int>();
            if (shape.SharedMembers > 0 && rings.Count == 1)
            {
                shops.AddRange(rings[0].Sellers.Take((int)Math.Round(planted.Sellers * shape.SharedMembers)));
                accounts.AddRange(rings[0].Buyers.Take((int)Math.Round(planted.Buyers * shape.SharedMembers)));
            }
            var home = random.Next(shape.Communities);
            for (var tries = 0; shops.Count < planted.Sellers; tries++)
            {
                // Nobody pays for brushing at the top: the most popular hundredth is left out.
                var s = byPopularity[shape.Sellers / 100 + random.Next(shape.Sellers - shape.Sellers / 100)];
                if (shape.RingsWithinOneCommunity && categories[s] != home && tries < 1_000_000)
                    continue;
                if (hired.Add(s))
                    shops.Add(s);
            }
            while (accounts.Count < planted.Buyers)
            {
                var b = random.Next(shape.Buyers);
                if (recruited.Add(b))
                    accounts.Add(b);
            }

            var start = random.Next(Year - shape.CampaignDays + 1);
            var brushers = new List<int>();
            foreach (var b in accounts)
            {
                var fakes = 0;
                foreach (var s in shops)
                {
                    if (random.NextReal() >= planted.Density)
                        continue;
                    fakes++;
                    Add(b, s, start + random.Next(shape.CampaignDays));
                }
                if (fakes > 0)
                    brushers.Add(b);
                for (var camouflage = fakes * (1 + random.Next(3)); camouflage > 0; camouflage--)
                    Add(b, honest.Draw(ref random), start + random.Next(shape.CampaignDays));
            }
            brushers.Sort();
            shops.Sort();
            rings.Add(new PlantedRing(planted, [.. brushers], [.. shops], start, start + shape.CampaignDays - 1));
        }

        void Add(int b, int s, int day)
        {
            buyers.Add(b);
            sellers.Add(s);
            days.Add(day);
        }
    }

    private static void Shuffle(double[] values, ref SplitMix random)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Draws sellers by popularity.</summary>
    private sealed class Popular
    {
        private readonly int[] _sellers;
        private readonly double[] _cumulative;

        public Popular(int[] sellers, double[] popularity)
        {
            _sellers = sellers;
            _cumulative = new double[sellers.Length];
            var sum = 0.0;
            for (var i = 0; i < sellers.Length; i++)
                _cumulative[i] = sum += popularity[sellers[i]];
        }

        public int Draw(ref SplitMix random)
        {
            var at = Array.BinarySearch(_cumulative, random.NextReal() * _cumulative[^1]);
            return _sellers[Math.Min(at < 0 ? ~at : at + 1, _sellers.Length - 1)];
        }
    }
}
