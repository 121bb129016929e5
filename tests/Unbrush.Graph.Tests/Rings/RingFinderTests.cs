using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

public sealed class RingFinderTests
{
    private const int Buyers = 8000;
    private const int Sellers = 400;

    [Fact]
    public void A_planted_ring_is_found_with_its_members()
    {
        var (buyers, sellers) = Market(1, ring: true);
        var result = Find(buyers, sellers);
        var ring = Assert.Single(result.Rings);
        var planted = Enumerable.Range(100, 80).ToHashSet();
        var found = ring.Buyers.Select(b => b.Id).ToHashSet();
        var right = found.Count(planted.Contains);
        Assert.True(right >= 0.95 * found.Count && right >= 0.6 * planted.Count, $"{right} of {found.Count} found are of the {planted.Count} planted");
        Assert.All(ring.Sellers, s => Assert.InRange(s.Id, 20, 31));
        Assert.True(ring.Certificate.QValue <= 0.01);
        Assert.True(ring.Certificate.Observed > 3 * ring.Certificate.Expected, $"{ring.Certificate}");
    }

    [Fact]
    public void A_members_purchase_at_another_shop_belongs_to_no_ring()
    {
        var (buyers, sellers) = Market(1, ring: true);
        var result = Find(buyers, sellers);
        Assert.Contains(result.Orders, o => o.Ring == 0);
        Assert.All(result.Orders, o => Assert.InRange(sellers[o.Order], 20, 31));
    }

    [Fact]
    public void Markets_without_rings_give_none()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (buyers, sellers) = Market(seed, ring: false);
            Assert.Empty(Find(buyers, sellers).Rings);
        }
    }

    [Fact]
    public void A_phone_and_its_case_are_no_ring()
    {
        var (buyers, sellers) = Market(3, ring: false);
        var pairs = Enumerable.Range(2000, 300).ToArray();
        var result = Find([.. buyers, .. pairs, .. pairs], [.. sellers, .. Enumerable.Repeat(7, 300), .. Enumerable.Repeat(8, 300)]);
        Assert.Empty(result.Rings);
    }

    [Fact]
    public void Threads_and_the_order_of_orders_change_nothing()
    {
        var (buyers, sellers) = Market(2, ring: true);
        var order = Enumerable.Range(0, buyers.Length).ToArray();
        new Random(5).Shuffle(order);
        var one = Find(buyers, sellers, threads: 1);
        var two = Find([.. order.Select(i => buyers[i])], [.. order.Select(i => sellers[i])], threads: 2);
        Assert.Equal(one.Rings.Select(r => string.Join(",", r.Buyers) + string.Join(",", r.Sellers)), two.Rings.Select(r => string.Join(",", r.Buyers) + string.Join(",", r.Sellers)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_and_one_order_hold_no_ring(int orders) =>
        Assert.Empty(Find(new int[orders], new int[orders]).Rings);

    private static RingResult Find(int[] buyers, int[] sellers, int threads = 0) =>
        RingFinder.Find(new RingInput { Buyers = buyers, Sellers = sellers, SellerCount = Sellers, SellerCategories = Enumerable.Range(0, Sellers).Select(s => s * 7 % 20).ToArray() }, new RingOptions { Threads = threads });

    /// <summary>Each buyer shops a few times, popular sellers more; the ring's eighty buyers meet at twelve shops of small custom.</summary>
    private static (int[] Buyers, int[] Sellers) Market(int seed, bool ring)
    {
        var random = new Random(seed);
        List<int> buyers = [], sellers = [];
        for (var b = 0; b < Buyers; b++)
        {
            for (var n = 1 + random.Next(5); n > 0; n--)
            {
                buyers.Add(b);
                sellers.Add((int)(Sellers * Math.Pow(random.NextDouble(), 1.5)));
            }
        }

        for (var b = 100; ring && b < 180; b++)
        {
            for (var s = 20; s < 32; s++)
            {
                if (random.NextDouble() >= 0.5)
                    continue;
                buyers.Add(b);
                sellers.Add(s);
            }
        }

        return ([.. buyers], [.. sellers]);
    }
}
