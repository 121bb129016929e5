using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

/// <summary>The same orders give the same rings, however they come.</summary>
public sealed class SteadyResultTests
{
    private const int Days = 90;

    [Fact]
    public void Threads_and_the_order_of_orders_and_links_change_nothing() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Bool, Gen.Bool, Gen.Int).Sample((seed, categories, times, shuffle) =>
        {
            var orders = Orders.Draw(seed);
            var one = orders.Find(categories, times, threads: 1);
            Assert.True(one.Rings.Count > 0 || !categories);
            var random = new Random(shuffle);
            var (places, links) = (Shuffled(orders.Buyers.Length, random), Shuffled(orders.LinkBuyers.Length, random));
            var two = orders.Arranged(places, links).Find(categories, times, threads: 2);
            Assert.Equal(Written(one), Written(two));
            Assert.Equal(one.Orders, two.Orders.Select(o => o with { Order = places[o.Order] }).OrderBy(o => o.Order));
        }, iter: 16, threads: 1);

    [Fact]
    public void Buyers_by_other_numbers_are_the_same_members() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Bool, Gen.Int).Sample((seed, categories, shuffle) =>
        {
            var orders = Orders.Draw(seed);
            var number = Shuffled(orders.BuyerCount, new Random(shuffle));
            var one = orders.Find(categories, times: true, threads: 1);
            var two = orders.Renumbered(number).Find(categories, times: true, threads: 1);
            Assert.Equal(
                one.Rings.Select(r => string.Join(",", r.Buyers.Select(b => number[b.Id]).Order()) + " at " + string.Join(",", r.Sellers.Select(s => s.Id))),
                two.Rings.Select(r => string.Join(",", r.Buyers.Select(b => b.Id)) + " at " + string.Join(",", r.Sellers.Select(s => s.Id))));
        }, iter: 8, threads: 1);

    private static int[] Shuffled(int count, Random random)
    {
        var places = Enumerable.Range(0, count).ToArray();
        random.Shuffle(places);
        return places;
    }

    private static IEnumerable<string> Written(RingResult result) => result.Rings.Select(r =>
        $"{r.Certificate} {r.Orders} {r.Weight} {r.Density:R} {r.First} {r.Last}: {string.Join(",", r.Buyers)} at {string.Join(",", r.Sellers)}");

    /// <summary>A small market with two rings, one of them short, whose buyers share devices.</summary>
    private sealed record Orders(int[] Buyers, int[] Sellers, long[] Times, long[] Weights, int[] LinkBuyers, int[] LinkResources, int BuyerCount, int ShopCount, int[] Categories)
    {
        public static Orders Draw(int seed)
        {
            var market = new Market(seed, buyers: 2000, shops: 240);
            market.Meet(Enumerable.Range(100, 30), [123, 141, 154, 173, 190, 222], 0.7);
            var usual = market.Buyers.Count;
            market.Meet(Enumerable.Range(400, 25), [131, 147, 158, 177, 199], 1, camouflage: 1);
            var random = new Random(seed);
            var times = Enumerable.Range(0, market.Buyers.Count).Select(i => i < usual ? random.NextInt64(Days) : 40 + random.NextInt64(5)).ToArray();
            var links = Enumerable.Range(0, 60).Select(i => i < 25 ? (Buyer: 400 + i, Resource: i % 6) : (Buyer: random.Next(2000), Resource: 6 + random.Next(20))).Distinct().ToArray();
            return new Orders(
                [.. market.Buyers], [.. market.Sellers], times, [.. times.Select((t, i) => t * 7 + i % 13)],
                [.. links.Select(l => l.Buyer)], [.. links.Select(l => l.Resource)], market.BuyerCount, market.ShopCount, market.Categories);
        }

        public Orders Arranged(int[] places, int[] links) => this with
        {
            Buyers = [.. places.Select(i => Buyers[i])],
            Sellers = [.. places.Select(i => Sellers[i])],
            Times = [.. places.Select(i => Times[i])],
            Weights = [.. places.Select(i => Weights[i])],
            LinkBuyers = [.. links.Select(i => LinkBuyers[i])],
            LinkResources = [.. links.Select(i => LinkResources[i])],
        };

        public Orders Renumbered(int[] number) => this with
        {
            Buyers = [.. Buyers.Select(b => number[b])],
            LinkBuyers = [.. LinkBuyers.Select(b => number[b])],
        };

        public RingResult Find(bool categories, bool times, int threads) => RingFinder.Find(
            new RingInput
            {
                Buyers = Buyers,
                Sellers = Sellers,
                BuyerCount = BuyerCount,
                SellerCount = ShopCount,
                Times = times ? Times : [],
                Weights = Weights,
                SellerCategories = categories ? Categories : [],
                Links = new ResourceLinks { Buyers = LinkBuyers, Resources = LinkResources },
            },
            new RingOptions { Threads = threads });
    }
}
