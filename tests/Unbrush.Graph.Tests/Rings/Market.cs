using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

/// <summary>A small market: buyers with one taste each, shops with one category each, popular ones more; rings and look-alikes are added.</summary>
internal sealed class Market
{
    private readonly Random _random;
    private readonly int _categories;
    private readonly int _circle;
    private readonly int[][] _shopsOf;

    public Market(int seed, int buyers = 3000, int shops = 300, int categories = 12, double coherence = 0.8, int purchases = 4, int circle = 0)
    {
        _random = new Random(seed);
        _categories = categories;
        BuyerCount = buyers;
        ShopCount = shops;
        // A circle of taste: shops 100 and on are one small category, which one buyer in twenty likes above all.
        _circle = circle;
        _shopsOf = [.. Enumerable.Range(0, categories).Select(c => Enumerable.Range(0, shops).Where(s => CategoryOf(s) == c).ToArray()), .. circle > 0 ? new[] { Enumerable.Range(100, circle).ToArray() } : []];
        for (var b = 0; b < buyers; b++)
        {
            var taste = circle > 0 && b % 20 == 0 ? categories : _random.Next(categories);
            for (var n = 1 + _random.Next(2 * purchases - 1); n > 0; n--)
                Buy(b, _random.NextDouble() < coherence ? Popular(_shopsOf[taste]) : Popular([.. Enumerable.Range(0, shops)]));
        }
    }

    public List<int> Buyers { get; } = [];

    public List<int> Sellers { get; } = [];

    public int BuyerCount { get; }

    public int ShopCount { get; }

    public int[] Categories => [.. Enumerable.Range(0, ShopCount).Select(CategoryOf)];

    public void Buy(int buyer, int seller)
    {
        Buyers.Add(buyer);
        Sellers.Add(seller);
    }

    /// <summary>Each of the buyers buys at each of the shops with a chance, and hides behind two popular shops for each such purchase.</summary>
    public void Meet(IEnumerable<int> buyers, int[] shops, double density, int camouflage = 2)
    {
        foreach (var b in buyers)
        {
            foreach (var s in shops)
            {
                if (_random.NextDouble() >= density)
                    continue;
                Buy(b, s);
                for (var n = 0; n < camouflage; n++)
                    Buy(b, Popular([.. Enumerable.Range(0, ShopCount / 10)]));
            }
        }
    }

    public RingResult Find(bool categories, int threads = 0) => RingFinder.Find(
        new RingInput
        {
            Buyers = Buyers.ToArray(),
            Sellers = Sellers.ToArray(),
            BuyerCount = BuyerCount,
            SellerCount = ShopCount,
            SellerCategories = categories ? Categories : [],
        },
        new RingOptions { Threads = threads });

    public static double F1(IReadOnlyCollection<int> truth, IEnumerable<int> found)
    {
        var set = found.ToHashSet();
        return 2.0 * set.Count(truth.Contains) / Math.Max(1, set.Count + truth.Count);
    }

    private int CategoryOf(int shop) => shop >= 100 && shop < 100 + _circle ? _categories : shop % _categories;

    /// <summary>A shop, the first ones of the list more often (Zipf's law, exponent 0.8).</summary>
    private int Popular(int[] shops)
    {
        // Inverse of the cumulative rank^0.2.
        return shops[(int)(shops.Length * Math.Pow(_random.NextDouble(), 5))];
    }
}
