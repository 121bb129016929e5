using Unbrush.Graph.Bench;
using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Tests;

public sealed class LiftTests
{
    private static readonly Gen<(Graphs.Edges Edges, int[] Categories)> Markets =
        Gen.Select(Graphs.Small(40, 35, 300), Gen.Int[0, 6]).SelectMany((e, c) =>
            Gen.Int[0, c].Array[e.RightCount].Select(categories => (e, categories)));

    [Fact]
    public void Every_pair_is_counted_as_the_plain_lift_counts_it_whatever_the_layout() =>
        Gen.Select(Markets, Gen.Int[1, 40], Gen.Int[1, 4], Gen.Int[1, 3]).Sample((m, cap, threshold, threads) =>
        {
            using var rows = WedgeRows.Of(m.Edges.Graph, cap, m.Categories, threads);
            var plain = PlainLift.Count(m.Edges.Left, m.Edges.Right, cap);
            Assert.Equal(plain.Values.Sum(), rows.Wedges);
            Assert.Equal(Enumerable.Range(0, m.Edges.LeftCount).Count(u => m.Edges.Graph.LeftDegree(u) > cap), rows.Skipped);
            for (var v = 0; v < m.Edges.RightCount; v++)
            {
                var lengths = m.Edges.Graph.OfRight(v).ToArray().Select(m.Edges.Graph.LeftDegree).Where(d => d >= 2 && d <= cap).ToArray();
                Assert.Equal(lengths.Length, rows.Degrees[v]);
                Assert.Equal(lengths.Sum(d => d - 1), rows.Company[v]);
            }

            // One counter counts all targets, twice over: what it holds of earlier ones must not tell.
            var counter = new WedgeCounter(rows);
            for (var round = 0; round < 2; round++)
            {
                var counted = new Dictionary<(int, int), int>();
                for (var a = 0; a < m.Edges.RightCount; a++)
                {
                    foreach (var b in counter.Count(a, threshold))
                        counted.Add((Math.Max(rows.Ids[a], rows.Ids[b]), Math.Min(rows.Ids[a], rows.Ids[b])), counter.With(b));
                }
                Assert.Equal(plain.Where(p => p.Value >= threshold).OrderBy(p => p.Key), counted.OrderBy(p => p.Key));
            }
        }, iter: 3000);

    [Fact]
    public void Lift_within_categories_depends_on_neither_threads_nor_the_order_of_edges() =>
        Gen.Select(Markets, Gen.Int[0, 1000]).Sample((m, seed) =>
        {
            var (e, categories) = m;
            var options = new PairLiftOptions { MaxP = 0.5, LeftCap = 30, Threads = 1 };
            var found = PairLift.Compute(e.Graph, categories, options);
            var order = Enumerable.Range(0, e.Left.Length).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = BipartiteGraph.FromEdges(order.Select(i => e.Left[i]).ToArray(), order.Select(i => e.Right[i]).ToArray(), e.LeftCount, e.RightCount);
            for (var threads = 2; threads <= 4; threads++)
                Assert.Equal(found.Pairs, PairLift.Compute(shuffled, categories, options with { Threads = threads }).Pairs);
        }, iter: 1000);

    [Fact]
    public void An_index_within_categories_and_under_a_cap_gives_the_pairs_of_a_full_recomputation() =>
        Gen.Select(Markets, Graphs.Small(40, 35, 120), Gen.Int[2, 12]).Sample((m, more, cap) =>
        {
            var left = Math.Max(m.Edges.LeftCount, more.LeftCount);
            var right = Math.Max(m.Edges.RightCount, more.RightCount);
            int[] categories = [.. m.Categories, .. new int[right - m.Categories.Length]];
            var options = new PairLiftOptions { MaxP = 0.5, LeftCap = cap, Threads = 1 };
            var index = new LiftIndex(BipartiteGraph.FromEdges(m.Edges.Left, m.Edges.Right, left, right), categories, options);
            for (var i = 0; i < more.Left.Length; i++)
            {
                index.Add(more.Left[i], more.Right[i]);
                if (i % 40 != 0)
                    continue;
                var sofar = BipartiteGraph.FromEdges([.. m.Edges.Left, .. more.Left[..(i + 1)]], [.. m.Edges.Right, .. more.Right[..(i + 1)]], left, right);
                Assert.Equal(PairLift.Compute(sofar, categories, options).Pairs, index.Compute().Pairs);
            }
            var whole = BipartiteGraph.FromEdges([.. m.Edges.Left, .. more.Left], [.. m.Edges.Right, .. more.Right], left, right);
            var full = PairLift.Compute(whole, categories, options);
            var kept = index.Compute();
            Assert.Equal(full.Pairs, kept.Pairs);
            Assert.Equal((full.Hypotheses, full.Wedges, full.Skipped), (kept.Hypotheses, kept.Wedges, kept.Skipped));
        }, iter: 2000);

    /// <summary>
    /// By the formula of the documentation: degrees, the pairs seen between two categories per pair of purchases, and how much more a
    /// seller's buyers buy than buyers do.
    /// </summary>
    [Fact]
    public void What_chance_makes_of_two_sellers_is_what_the_formula_makes_of_them_by_hand() =>
        Gen.Select(Markets, Gen.Int[2, 40], Gen.Int[1, 3]).Sample((m, cap, threads) =>
        {
            var (e, categories) = m;
            var baskets = e.Distinct.GroupBy(p => p.Left).Select(g => g.Select(p => p.Right).Order().ToArray()).Where(b => b.Length >= 2 && b.Length <= cap).ToArray();
            var rows = WedgeRows.Of(e.Graph, cap, categories, 1);
            var chance = CategoryNull.Of(rows, categories, threads);
            double Degree(int v) => baskets.Count(b => b.Contains(v));
            double purchases = baskets.Sum(b => b.Length), others = baskets.Sum(b => b.Length * (b.Length - 1.0));
            var typical = purchases == 0 ? 1 : others / purchases;
            double Eagerness(int v) => Degree(v) == 0 ? 1 : Math.Max(1, baskets.Where(b => b.Contains(v)).Sum(b => b.Length - 1.0) / Degree(v) / typical);
            var weight = Enumerable.Range(0, categories.Max() + 1).Select(c => Enumerable.Range(0, e.RightCount).Where(v => categories[v] == c).Sum(Degree)).ToArray();
            var squares = Enumerable.Range(0, weight.Length).Select(c => Enumerable.Range(0, e.RightCount).Where(v => categories[v] == c).Sum(v => Degree(v) * Degree(v))).ToArray();
            double Pairs(int a, int b) => baskets.Sum(k => k.SelectMany(i => k, (i, j) => (i, j)).Count(p => p.i < p.j && (categories[p.i], categories[p.j]) is var (x, y) && ((x, y) == (a, b) || (x, y) == (b, a))));
            var mixed = (others / 2) - Enumerable.Range(0, weight.Length).Sum(c => Pairs(c, c));
            var mixedWeight = (purchases * purchases) - weight.Sum(w => w * w);
            double Rate(int a, int b)
            {
                var size = weight[a] * weight[b];
                if (size == 0)
                    return 0;
                if (a == b)
                    return 2 * (Pairs(a, a) + 0.5) / (size - squares[a] is var room && room > 0 ? room : size);
                var bySize = 2 * mixed / mixedWeight * size;
                return bySize == 0 ? 0 : (Pairs(a, b) + 8) / (1 + (8 / bySize)) / size;
            }

            Assert.Equal(typical, chance.Typical, 9);
            for (var i = 0; i < e.RightCount; i += 3)
            {
                for (var j = i + 1; j < e.RightCount; j += 4)
                {
                    var expected = Degree(i) * Degree(j) * Rate(categories[i], categories[j]) * Math.Max(Eagerness(i), Eagerness(j));
                    Assert.Equal(expected, chance.Expected(i, j), 1e-9 * Math.Max(1, expected));
                }
            }
        }, iter: 200);

    [Fact]
    public void What_rings_add_beyond_chance_is_taken_out_of_what_chance_makes()
    {
        // Two categories of two sellers; forty buyers of both in the first, ten of one in each.
        int[] categories = [0, 0, 1, 1];
        var edges = Enumerable.Range(0, 40).SelectMany(u => new[] { (u, 0), (u, 1) }).Concat(Enumerable.Range(40, 10).SelectMany(u => new[] { (u, 0), (u, 2) })).ToArray();
        var graph = BipartiteGraph.FromEdges([.. edges.Select(x => x.Item1)], [.. edges.Select(x => x.Item2)], 50, 4);
        var chance = CategoryNull.Of(WedgeRows.Of(graph, 100, categories, 1), categories, 1);
        chance.Trim(0, 1, 30.9);
        chance.Trim(2, 0, 4);
        chance.Refresh();
        // Two sellers of fifty and forty leave room for their pairs only, not for a seller with itself.
        Assert.Equal(2 * (40 - 30 + 0.5) / ((90 * 90) - (50 * 50) - (40 * 40)), chance.Rate(0, 0), 12);
        // What is taken out of one pair of categories leaves the pairs of all that are not within one, which the sizes share out.
        var bySize = 2.0 * (50 - 10) / ((100 * 100) - (90 * 90) - (10 * 10)) * 90 * 10;
        Assert.Equal((10 - 4 + 8) / (1 + (8 / bySize)) / (90 * 10), chance.Rate(0, 1), 12);
        Assert.Equal(chance.Rate(0, 1), chance.Rate(1, 0));
    }

    [Fact]
    public void A_tabled_tail_says_what_the_tail_says() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1], Gen.Double[1e-12, 1]).Sample((count, share, p) =>
        {
            // Means down to a thousandth of the count: where the answer turns.
            var test = new TailTest(p);
            var mean = count * Math.Pow(share, 3);
            Assert.Equal(count > mean && PoissonTail.LogUpper(count, mean) <= Math.Log(p), test.Holds(count, mean));
        }, iter: 3000);

    [Fact]
    public void Nothing_and_one_edge_make_no_pairs()
    {
        Assert.Empty(PairLift.Compute(BipartiteGraph.FromEdges([], []), [], new PairLiftOptions()).Pairs);
        Assert.Empty(PairLift.Compute(BipartiteGraph.FromEdges([], [], 3, 4), [1, 0, 0, 2], new PairLiftOptions { Threads = 2 }).Pairs);
        Assert.Empty(PairLift.Compute(BipartiteGraph.FromEdges([5], [3]), [], new PairLiftOptions()).Pairs);
    }

    [Fact]
    public void Categories_must_be_one_a_seller_or_none_and_not_negative()
    {
        var graph = BipartiteGraph.FromEdges([0, 0], [0, 1]);
        Assert.Throws<ArgumentException>(() => PairLift.Compute(graph, [1], new PairLiftOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairLift.Compute(graph, [1, -1], new PairLiftOptions()));
    }
}
