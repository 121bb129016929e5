using Unbrush.Graph.Cores;
using Unbrush.Graph.Lift;
using Unbrush.Graph.Peeling;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Tests;

public sealed class KernelTests
{
    [Fact]
    public void A_compressed_graph_holds_each_pair_once_in_order() =>
        Graphs.Small().Sample(e =>
        {
            var graph = e.Graph;
            Assert.Equal(e.Distinct.Count, graph.EdgeCount);
            for (var u = 0; u < graph.LeftCount; u++)
                Assert.Equal(e.Distinct.Where(p => p.Left == u).Select(p => p.Right).Order(), graph.OfLeft(u).ToArray());
            for (var v = 0; v < graph.RightCount; v++)
                Assert.Equal(e.Distinct.Where(p => p.Right == v).Select(p => p.Left).Order(), graph.OfRight(v).ToArray());
        });

    [Fact]
    public void Pair_lift_counts_as_brute_force_does_whatever_the_threads_and_the_order_of_edges() =>
        Gen.Select(Graphs.Small(), Gen.Int[0, 1000]).Sample((e, seed) =>
        {
            var options = new PairLiftOptions { MaxP = 1, Threads = 1 };
            var found = PairLift.Compute(e.Graph, [], options);
            foreach (var pair in found.Pairs)
            {
                var shared = Enumerable.Range(0, e.LeftCount).Count(u => e.Distinct.Contains((u, pair.A)) && e.Distinct.Contains((u, pair.B)));
                Assert.Equal(shared, pair.Count);
                Assert.True(pair.Expected >= 0);
                Assert.Equal(PoissonTail.LogUpper(pair.Count, pair.Expected), pair.LogP, 9);
            }

            var order = Enumerable.Range(0, e.Left.Length).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = BipartiteGraph.FromEdges(order.Select(i => e.Left[i]).ToArray(), order.Select(i => e.Right[i]).ToArray(), e.LeftCount, e.RightCount);
            Assert.Equal(found.Pairs, PairLift.Compute(shuffled, [], options with { Threads = 2 }).Pairs);
        });

    [Fact]
    public void Orders_added_one_by_one_give_the_pairs_of_a_full_recomputation() =>
        Gen.Select(Graphs.Small(), Graphs.Small()).Sample((first, more) =>
        {
            int left = Math.Max(first.LeftCount, more.LeftCount), right = Math.Max(first.RightCount, more.RightCount);
            var options = new PairLiftOptions { MaxP = 1, Threads = 1 };
            var index = new LiftIndex(BipartiteGraph.FromEdges(first.Left, first.Right, left, right), [], options);
            for (var i = 0; i < more.Left.Length; i++)
                index.Add(more.Left[i], more.Right[i]);
            var whole = BipartiteGraph.FromEdges([.. first.Left, .. more.Left], [.. first.Right, .. more.Right], left, right);
            Assert.Equal(PairLift.Compute(whole, [], options).Pairs, index.Compute().Pairs);
        });

    [Fact]
    public void A_peel_is_at_least_half_as_dense_as_the_densest_block()
    {
        Graphs.Small(6, 5, 20).Where(e => e.Distinct.Count > 0).Sample(e =>
        {
            var graph = e.Graph;
            var weights = ColumnWeights.Logarithmic(graph);
            var peeled = GreedyPeel.Densest(graph, weights);
            var own = e.Distinct.Where(p => peeled.Left.Contains(p.Left) && peeled.Right.Contains(p.Right)).Sum(p => (long)weights[p.Right]);
            Assert.Equal(own, peeled.Weight);
            double best = 0;
            for (var set = 1; set < 1 << (e.LeftCount + e.RightCount); set++)
            {
                var weight = e.Distinct.Where(p => (set >> p.Left & 1) == 1 && (set >> (e.LeftCount + p.Right) & 1) == 1).Sum(p => (double)weights[p.Right]);
                best = Math.Max(best, weight / int.PopCount(set));
            }

            Assert.InRange((double)own / (peeled.Left.Length + peeled.Right.Length), (best / 2) - 1e-9, best + 1e-9);
        }, iter: 300);
    }

    [Fact]
    public void Core_numbers_are_those_of_peeling_by_hand() =>
        Graphs.Small().Sample(e =>
        {
            var core = KCore.Numbers(e.Graph);
            for (var k = 1; k <= 4; k++)
            {
                var left = Enumerable.Range(0, e.LeftCount).ToHashSet();
                var right = Enumerable.Range(0, e.RightCount).ToHashSet();
                while (left.RemoveWhere(u => e.Distinct.Count(p => p.Left == u && right.Contains(p.Right)) < k) + right.RemoveWhere(v => e.Distinct.Count(p => p.Right == v && left.Contains(p.Left)) < k) > 0)
                {
                }

                Assert.Equal(left.Order(), Enumerable.Range(0, e.LeftCount).Where(u => core[u] >= k));
                Assert.Equal(right.Order(), Enumerable.Range(0, e.RightCount).Where(v => core[e.LeftCount + v] >= k));
            }
        });

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(3, 0.01)]
    [InlineData(20, 4)]
    [InlineData(5, 30)]
    public void The_poisson_tail_is_the_sum_of_its_masses(int k, double mean)
    {
        double tail = 0, mass = Math.Exp(-mean);
        for (var i = 0; i < 400; i++)
        {
            tail += i >= k ? mass : 0;
            mass *= mean / (i + 1);
        }

        Assert.Equal(Math.Log(tail), PoissonTail.LogUpper(k, mean), 9);
    }

    [Fact]
    public void False_discovery_rates_are_those_of_benjamini_and_hochberg() =>
        Gen.Double[1e-9, 1].Array[1, 30].Sample(p =>
        {
            Array.Sort(p);
            var logQ = p.Select(x => Math.Log(x)).ToArray();
            BenjaminiHochberg.LogQ(logQ, p.Length);
            for (var i = 0; i < p.Length; i++)
                Assert.InRange(Math.Exp(logQ[i]) - Enumerable.Range(i, p.Length - i).Min(j => Math.Min(1, p[j] * p.Length / (j + 1))), -1e-12, 1e-12);
        });
}
