using Unbrush.Graph.Bench;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

/// <summary>Graphs of a few hundred shops, with categories and without: what is a ring, and what only looks like one.</summary>
public sealed class SmallMarketTests
{
    private static readonly int[] RingShops = [123, 141, 154, 173, 190, 222, 247, 288];

    public static TheoryData<int, bool> Seeds => [.. from seed in Enumerable.Range(1, 6) from categories in new[] { true, false } select (seed, categories)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_ring_of_thirty_buyers_and_eight_shops_is_found(int seed, bool categories)
    {
        var market = new Market(seed);
        var truth = Enumerable.Range(100, 30).ToArray();
        market.Meet(truth, RingShops, 0.5);
        var ring = Assert.Single(market.Find(categories).Rings);
        Assert.True(ring.Sellers.Count(s => RingShops.Contains(s.Id)) * 2 > ring.Sellers.Count, string.Join(",", ring.Sellers));
        var f1 = Market.F1(truth, ring.Buyers.Select(b => b.Id));
        Assert.True(f1 >= 0.7, $"F1 {f1}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_ring_whose_buyers_all_bought_at_all_its_shops_has_these_buyers_only(int seed)
    {
        var market = new Market(seed);
        var truth = Enumerable.Range(100, 20).ToArray();
        market.Meet(truth, RingShops, 1, camouflage: 0);
        var ring = Assert.Single(market.Find(categories: true).Rings);
        Assert.Equal(truth, ring.Buyers.Select(b => b.Id));
        Assert.Equal(RingShops, ring.Sellers.Select(s => s.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Where_nobody_has_a_taste_the_shops_of_a_ring_do_not_become_one(int seed)
    {
        // Each shop of a category of its own.
        var market = new Market(seed, shops: 400, categories: 20, coherence: 0, purchases: 2);
        var shops = Enumerable.Range(200, 8).ToArray();
        var truth = Enumerable.Range(100, 20).ToArray();
        market.Meet(truth, shops, 1, camouflage: 0);
        var ring = Assert.Single(market.Find(categories: true).Rings);
        Assert.Equal(truth, ring.Buyers.Select(b => b.Id));
        Assert.Equal(shops, ring.Sellers.Select(s => s.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_a_market_of_few_shops_where_busy_buyers_meet_at_two_by_chance_a_dense_block_is_told_by_buyers_at_many(int seed)
    {
        var market = new Market(seed, buyers: 1200, shops: 72, categories: 8, coherence: 0, purchases: 3);
        var shops = Enumerable.Range(60, 12).ToArray();
        var truth = Enumerable.Range(100, 30).ToArray();
        market.Meet(truth, shops, 1, camouflage: 0);
        var ring = Assert.Single(market.Find(categories: true).Rings);
        Assert.True(ring.Certificate.Least > 2 && ring.Certificate.Observed >= 30 && ring.Certificate.Observed > 5 * ring.Certificate.Expected, $"{ring.Certificate}");
        Assert.Equal(truth, ring.Buyers.Where(b => b.Met >= 8).Select(b => b.Id));
        Assert.Empty(new Market(seed, buyers: 1200, shops: 72, categories: 8, coherence: 0, purchases: 3).Find(categories: true).Rings);
        Assert.Empty(new Market(seed, buyers: 1200, shops: 72, categories: 8, purchases: 8).Find(categories: true).Rings);
    }

    [Fact]
    public void What_is_expected_of_a_ring_is_its_shops_custom_without_its_members()
    {
        var market = new Market(1);
        market.Meet(Enumerable.Range(100, 60), [124, 160, 196, 232], 0.6, camouflage: 0);
        var ring = Assert.Single(market.Find(categories: true).Rings);
        // All four are of one category: were the sixty its customers, every eighth of them would meet by chance.
        Assert.True(ring.Certificate.Observed > 12 * ring.Certificate.Expected, $"{ring.Certificate}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_market_without_a_ring_has_none(int seed, bool categories) =>
        Assert.Empty(new Market(seed).Find(categories).Rings);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_category_of_few_shops_whose_customers_buy_at_most_of_them_is_no_ring(int seed, bool categories)
    {
        Assert.Empty(new Market(seed, purchases: 8).Find(categories).Rings);
        Assert.Empty(new Market(seed, purchases: 12).Find(categories).Rings);
        Assert.Empty(new Market(seed, purchases: 8, coherence: 0.95).Find(categories).Rings);
        Assert.Empty(new Market(seed, purchases: 8, categories: 5).Find(categories).Rings);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_circle_of_taste_is_no_ring(int seed, bool categories)
    {
        Assert.Empty(new Market(seed, circle: 30).Find(categories).Rings);
        Assert.Empty(new Market(seed, circle: 10).Find(categories).Rings);
        Assert.Empty(new Market(seed, circle: 10, purchases: 8).Find(categories).Rings);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_phone_and_its_case_two_shops_of_one_brand_and_two_in_one_live_stream_are_no_ring(int seed, bool categories)
    {
        var market = new Market(seed);
        market.Meet(Enumerable.Range(500, 150), [7, 8], 0.9, camouflage: 0);
        market.Meet(Enumerable.Range(900, 100), [17, 18], 0.9, camouflage: 0);
        market.Meet(Enumerable.Range(1200, 100), [27, 29], 0.9, camouflage: 0);
        market.Meet(Enumerable.Range(1500, 80), [37, 88], 0.9, camouflage: 0);
        Assert.Empty(market.Find(categories).Rings);
    }

    [Theory]
    [InlineData(60, 10, 0.6, true)]
    [InlineData(60, 10, 0.6, false)]
    [InlineData(100, 20, 0.4, true)]
    [InlineData(100, 20, 0.4, false)]
    [InlineData(200, 10, 0.5, true)]
    [InlineData(200, 10, 0.5, false)]
    public void Two_rings_that_share_a_tenth_of_their_members_are_two(int buyers, int shops, double density, bool categories)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var market = new Market(seed, buyers: 12_000, shops: 1200, categories: 30);
            var (a, b) = (Enumerable.Range(1000, buyers).ToArray(), Enumerable.Range(1000 + buyers * 9 / 10, buyers).ToArray());
            var (x, y) = (Enumerable.Range(700, shops).ToArray(), Enumerable.Range(700 + shops * 9 / 10, shops).ToArray());
            market.Meet(a, x, density);
            market.Meet(b, y, density);
            var rings = market.Find(categories).Rings;
            Assert.Equal(2, rings.Count);
            foreach (var (members, sellers) in new[] { (a, x), (b, y) })
            {
                var mine = rings.MaxBy(r => r.Sellers.Count(s => sellers.Contains(s.Id)))!;
                var f1 = Market.F1(members, mine.Buyers.Select(m => m.Id));
                Assert.True(f1 >= 0.85, $"seed {seed}: F1 {f1}");
            }
        }
    }

    [Fact]
    public void Two_rings_that_share_a_tenth_in_a_large_graph_are_two()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var graph = BenchmarkGraph.Draw(new BenchmarkShape { Edges = 250_000, Buyers = 60_000, Sellers = 6000, Communities = 100, Rings = [new(200, 10, 0.6), new(200, 10, 0.6)], SharedMembers = 0.1 }, seed);
            var result = RingFinder.Find(new RingInput { Buyers = graph.Buyers, Sellers = graph.Sellers, SellerCategories = graph.Categories, SellerCount = 6000 }, new RingOptions());
            Assert.Equal(2, result.Rings.Count);
        }
    }
}
