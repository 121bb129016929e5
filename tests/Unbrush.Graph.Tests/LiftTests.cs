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
