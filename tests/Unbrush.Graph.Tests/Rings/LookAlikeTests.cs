using Unbrush.Graph.Lift;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

/// <summary>What looks like lockstep in time or in density and is none.</summary>
public sealed class LookAlikeTests
{
    private const int Days = 90;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Two_shops_in_one_live_stream_are_no_ring(int seed, bool categories)
    {
        var (market, times) = Timed(seed);
        // Three streams of an evening; a fan of the host sees two of them.
        for (var stream = 0; stream < 3; stream++)
        {
            var (first, second) = (140 + stream * 17, 149 + stream * 23);
            foreach (var buyer in Enumerable.Range(500 + stream * 120, 150))
            {
                market.Buy(buyer, first);
                market.Buy(buyer, second);
                times.AddRange([30 + stream, 30 + stream]);
            }
        }
        Assert.Empty(Find(market, times, categories).Rings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shops_that_sell_in_one_week_only_do_not_meet_beyond_chance_within_it(int seed)
    {
        var (market, times) = Timed(seed, coherence: 0, purchases: 8);
        // The season: who comes buys at three or four of its stalls, whichever.
        var random = new Random(seed);
        foreach (var buyer in Enumerable.Range(0, 3000).Where(_ => random.NextDouble() < 0.13))
        {
            for (var n = 3 + random.Next(2); n > 0; n--)
            {
                market.Buy(buyer, 270 + random.Next(12));
                times.Add(42 + random.Next(7));
            }
        }
        var input = Input(market, times, categories: false);
        var graph = RingFinder.GraphOf(input);
        Assert.Empty(WindowedPairs.Seeds(input, graph, new int[graph.RightCount], new PairLiftOptions { Threads = 1 }, 7));
    }

    [Fact]
    public void A_block_of_more_than_four_hundred_sellers_is_a_market_and_what_hides_in_it_is_still_peeled()
    {
        var random = new Random(1);
        List<int> buyers = [], sellers = [];
        for (var b = 0; b < 700; b++)
        {
            for (var s = 0; s < 450; s++)
            {
                if (random.NextDouble() >= 0.2)
                    continue;
                buyers.Add(b);
                sellers.Add(s);
            }
        }
        for (var b = 700; b < 740; b++)
        {
            for (var s = 450; s < 460; s++)
            {
                buyers.Add(b);
                sellers.Add(s);
            }
        }
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = PeelFinder.Find(new RingInput { Buyers = buyers.ToArray(), Sellers = sellers.ToArray() }, new RingOptions(), blocks: 4);
        Assert.All(result.Rings, r => Assert.True(r.Sellers.Count <= 400, $"{r.Sellers.Count} sellers"));
        Assert.Contains(result.Rings, r => r.Buyers.Count == 40 && r.Sellers.Select(s => s.Id).SequenceEqual(Enumerable.Range(450, 10)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}: the certificate of a market was sought");
    }

    private static (Market Market, List<long> Times) Timed(int seed, double coherence = 0.8, int purchases = 4)
    {
        var market = new Market(seed, coherence: coherence, purchases: purchases);
        var random = new Random(seed + 50);
        return (market, [.. market.Buyers.Select(_ => random.NextInt64(Days))]);
    }

    private static RingResult Find(Market market, List<long> times, bool categories) => RingFinder.Find(Input(market, times, categories), new RingOptions { Window = 7 });

    private static RingInput Input(Market market, List<long> times, bool categories) => new()
    {
        Buyers = market.Buyers.ToArray(),
        Sellers = market.Sellers.ToArray(),
        BuyerCount = market.BuyerCount,
        SellerCount = market.ShopCount,
        SellerCategories = categories ? market.Categories : [],
        Times = times.ToArray(),
    };
}
