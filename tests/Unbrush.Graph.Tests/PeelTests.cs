using Unbrush.Graph.Bench;
using Unbrush.Graph.Peeling;

namespace Unbrush.Graph.Tests;

public sealed class PeelTests
{
    [Fact]
    public void A_peel_is_as_dense_as_the_plain_one_where_no_two_nodes_tie() =>
        Gen.Select(Graphs.Small(40, 30, 250), Gen.Int[0, int.MaxValue]).Sample((e, seed) =>
        {
            // Weights drawn from a million make sums that do not tie, except between nodes that could be swapped.
            var weights = Drawn(e.RightCount, 1_000_000, seed);
            var edges = e.Distinct.ToArray();
            var (weight, nodes) = PlainPeel.Densest([.. edges.Select(p => p.Left)], [.. edges.Select(p => p.Right)], e.LeftCount, weights);
            var peeled = GreedyPeel.Densest(e.Graph, weights);
            Assert.Equal(weight, peeled.Weight);
            Assert.Equal(nodes, peeled.Left.Length + peeled.Right.Length);
        }, iter: 4000);

    [Fact]
    public void Each_node_peeled_is_the_lightest_or_lighter_than_the_best_density_and_the_densest_block_is_kept() =>
        Gen.Select(Graphs.Small(40, 30, 250), Gen.Int[1, 300], Gen.Int[0, int.MaxValue]).Sample((e, most, seed) => Replay(e, Drawn(e.RightCount, most, seed)), iter: 4000);

    [Fact]
    public void A_dense_graph_of_unequal_degrees_is_peeled_lightest_first() =>
        Gen.Select(Gen.Int[20, 60], Gen.Int[1, 40], Gen.Int[0, int.MaxValue]).Sample((n, most, seed) =>
        {
            // Buyer u and seller v trade where u + v < n: every degree occurs, so that the queue moves through many bands.
            var edges = Enumerable.Range(0, n).SelectMany(u => Enumerable.Range(0, n - u).Select(v => (u, v))).ToArray();
            Replay(new Graphs.Edges([.. edges.Select(p => p.u)], [.. edges.Select(p => p.v)], n, n), Drawn(n, most, seed));
        }, iter: 200);

    [Fact]
    public void A_peel_does_not_depend_on_the_order_of_edges() =>
        Gen.Select(Graphs.Small(30, 20, 150), Gen.Int[0, 1000]).Sample((e, seed) =>
        {
            var order = Enumerable.Range(0, e.Left.Length).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = BipartiteGraph.FromEdges(order.Select(i => e.Left[i]).ToArray(), order.Select(i => e.Right[i]).ToArray(), e.LeftCount, e.RightCount);
            Assert.Equal(GreedyPeel.Densest(e.Graph, ColumnWeights.Logarithmic(e.Graph)).Order, GreedyPeel.Densest(shuffled, ColumnWeights.Logarithmic(shuffled)).Order);
        });

    [Fact]
    public void Nothing_one_edge_and_nodes_without_edges_are_peeled()
    {
        var nothing = GreedyPeel.Densest(BipartiteGraph.FromEdges([], []), []);
        Assert.Empty(nothing.Order);
        Assert.Equal(0, nothing.Density);

        var one = GreedyPeel.Densest(BipartiteGraph.FromEdges([2], [1], 5, 4), [1, 7, 1, 1]);
        Assert.Equal([2], one.Left);
        Assert.Equal([1], one.Right);
        Assert.Equal(7, one.Weight);
        Assert.Equal(Enumerable.Range(0, 9), one.Order.Order());

        var none = GreedyPeel.Densest(BipartiteGraph.FromEdges([], [], 3, 2), [1, 1]);
        Assert.Equal(0, none.Weight);
        Assert.Equal(Enumerable.Range(0, 5), none.Order.Order());
    }

    [Fact]
    public void Weights_must_fit_the_graph_and_be_above_zero()
    {
        var graph = BipartiteGraph.FromEdges([0, 1], [0, 0]);
        Assert.Throws<ArgumentException>(() => GreedyPeel.Densest(graph, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => GreedyPeel.Densest(graph, [0]));
        Assert.Throws<OverflowException>(() => GreedyPeel.Densest(graph, [1 << 29]));
        Assert.Equal(2L * ((1 << 29) - 1), GreedyPeel.Densest(graph, [(1 << 29) - 1]).Weight);
    }

    private static int[] Drawn(int count, int most, int seed)
    {
        var random = new SplitMix((ulong)seed);
        var weights = new int[count];
        for (var v = 0; v < count; v++)
            weights[v] = 1 + random.Next(most);
        return weights;
    }

    /// <summary>Follows a peel by hand.</summary>
    private static void Replay(Graphs.Edges e, int[] weights)
    {
        var peeled = GreedyPeel.Densest(e.Graph, weights);
        var nodes = e.LeftCount + e.RightCount;
        Assert.Equal(Enumerable.Range(0, nodes), peeled.Order.Order());

        var edges = e.Distinct;
        var standing = new long[nodes];
        foreach (var (u, v) in edges)
        {
            standing[u] += weights[v];
            standing[e.LeftCount + v] += weights[v];
        }
        var alive = Enumerable.Range(0, nodes).ToHashSet();
        var total = edges.Sum(p => (long)weights[p.Right]);
        var (best, bestNodes) = (total, nodes);
        var block = alive.ToHashSet();
        foreach (var node in peeled.Order)
        {
            Assert.True(standing[node] == alive.Min(x => standing[x]) || standing[node] * bestNodes < best, $"{node} weighs {standing[node]}");
            total -= standing[node];
            alive.Remove(node);
            foreach (var (u, v) in edges)
            {
                if (u == node || e.LeftCount + v == node)
                    standing[u == node ? e.LeftCount + v : u] -= weights[v];
            }
            edges.RemoveWhere(p => p.Left == node || e.LeftCount + p.Right == node);
            if (total * bestNodes > best * alive.Count)
                (best, bestNodes, block) = (total, alive.Count, [.. alive]);
        }
        Assert.Equal(best, peeled.Weight);
        Assert.Equal(block.Order(), [.. peeled.Left, .. peeled.Right.Select(v => v + e.LeftCount)]);
        Assert.Equal((double)best / bestNodes / ColumnWeights.Unit, peeled.Density, 9);
    }
}
