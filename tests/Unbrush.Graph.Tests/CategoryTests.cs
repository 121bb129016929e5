using Unbrush.Graph.Communities;
using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Tests;

/// <summary>What categories say of chance, and what customers say of categories.</summary>
public sealed class CategoryTests
{
    private const int Categories = 10;
    private const int ShopsEach = 30;
    private const int Giant = Categories * ShopsEach;

    [Fact]
    public void The_pairs_expected_within_a_category_are_those_seen_there_a_giant_among_its_sellers_or_not() =>
        Gen.Select(Graphs.Small(40, 35, 300), Gen.Int[0, 6]).SelectMany((e, c) => Gen.Int[0, c].Array[e.RightCount].Select(categories => (e, categories))).Sample(m =>
        {
            using var rows = WedgeRows.Of(m.e.Graph, 512, m.categories);
            var chance = CategoryNull.Of(rows, m.categories, 1);
            var met = new double[7];
            for (var u = 0; u < m.e.LeftCount; u++)
            {
                var basket = m.e.Graph.OfLeft(u);
                for (var i = 1; i < basket.Length; i++)
                {
                    for (var j = 0; j < i; j++)
                        met[m.categories[basket[i]]] += m.categories[basket[i]] == m.categories[basket[j]] ? 1 : 0;
                }
            }
            var expected = new double[7];
            for (var i = 1; i < m.e.RightCount; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (m.categories[i] == m.categories[j])
                        expected[m.categories[i]] += (double)rows.Degrees[i] * rows.Degrees[j] * chance.Rate(m.categories[i], m.categories[i]);
                }
            }
            for (var a = 0; a < 7; a++)
            {
                if (expected[a] > 0)
                    Assert.Equal(met[a] + 0.5, expected[a], 6);
            }
        });

    [Fact]
    public void A_giant_of_a_wrong_category_comes_home_and_its_neighbours_do_not_follow_it()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var graph = WithGiant(seed);
            var truth = Enumerable.Range(0, Giant + 1).Select(Truth).ToArray();
            var given = (int[])truth.Clone();
            given[Giant] = 5;
            var random = new Random(seed + 100);
            for (var s = 0; s < Giant; s++)
                given[s] = random.NextDouble() < 0.2 ? random.Next(Categories) : given[s];
            var mended = new Interests(graph, 512).Mend(given);
            Assert.Equal(0, mended[Giant]);
            var wrong = Enumerable.Range(0, Giant).Count(s => mended[s] != truth[s]);
            Assert.True(wrong <= 0.05 * Giant, $"seed {seed}: {wrong} of {Giant} wrong");
        }
    }

    private static int Truth(int shop) => shop == Giant ? 0 : shop / ShopsEach;

    /// <summary>Ten categories of thirty shops; most purchases within the first are at its giant, which has the greatest id.</summary>
    private static BipartiteGraph WithGiant(int seed)
    {
        var random = new Random(seed);
        List<int> buyers = [], sellers = [];
        for (var b = 0; b < 3000; b++)
        {
            for (var n = 0; n < 4; n++)
            {
                var category = random.NextDouble() < 0.8 ? b % Categories : random.Next(Categories);
                buyers.Add(b);
                sellers.Add(category == 0 && random.NextDouble() < 0.85 ? Giant : category * ShopsEach + random.Next(ShopsEach));
            }
        }
        return BipartiteGraph.FromEdges([.. buyers], [.. sellers], 3000, Giant + 1);
    }
}
