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
    public void A_core_is_what_taking_away_by_hand_leaves() =>
        Gen.Select(Graphs.Small(), Gen.Int[0, 4], Gen.Int[0, 4]).Sample((e, minOfLeft, minOfRight) =>
        {
            var left = Enumerable.Range(0, e.LeftCount).ToHashSet();
            var right = Enumerable.Range(0, e.RightCount).ToHashSet();
            while (left.RemoveWhere(u => e.Distinct.Count(p => p.Left == u && right.Contains(p.Right)) < Math.Max(1, minOfLeft))
                + right.RemoveWhere(v => e.Distinct.Count(p => p.Right == v && left.Contains(p.Left)) < Math.Max(1, minOfRight)) > 0)
            {
            }

            var core = KCore.Bipartite(e.Graph, minOfLeft, minOfRight);
            Assert.Equal(left.Order(), core.Left);
            Assert.Equal(right.Order(), core.Right);
        });

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(3, 0.01)]
    [InlineData(20, 4)]
    [InlineData(5, 30)]
    [InlineData(30, 30)] // neither above the mean nor below
    [InlineData(31, 30)]
    [InlineData(1, 0.5)]
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

    [Fact]
    public void Far_out_and_at_zero_the_poisson_tail_keeps_its_bounds()
    {
        Assert.Equal(0, PoissonTail.LogUpper(0, 5));
        Assert.Equal(0, PoissonTail.LogUpper(-1, 5));
        Assert.Equal(0, PoissonTail.LogUpper(0, 0));
        Assert.Equal(double.NegativeInfinity, PoissonTail.LogUpper(1, 0));
        Assert.Equal(0, PoissonTail.LogMass(0, 0));
        Assert.Equal(double.NegativeInfinity, PoissonTail.LogMass(1, 0));
        Assert.Equal(0, PoissonTail.LogUpper(1, 1000), 12); // all but certain, never above one
        // Thirty where a thousandth is expected: below the smallest double, and right.
        Assert.Equal(PoissonTail.LogMass(300, 1e-3), PoissonTail.LogUpper(300, 1e-3), 5);
        Assert.True(PoissonTail.LogUpper(300, 1e-3) < -3000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)] // from here on by Stirling's series
    [InlineData(5000)]
    public void A_factorial_is_the_product_of_its_factors(int n)
    {
        var sum = Enumerable.Range(1, n).Sum(i => (decimal)Math.Log(i));
        Assert.Equal((double)sum, PoissonTail.LogFactorial(n), 1e-12 * Math.Max(1, (double)sum));
        Assert.Throws<ArgumentOutOfRangeException>(() => PoissonTail.LogFactorial(-n));
    }

    /// <summary>Pairs below the threshold of counting were tested too, and are not reported: they count among the hypotheses.</summary>
    [Fact]
    public void Hypotheses_left_out_count_as_tested()
    {
        double[] p = [0.001, 0.004, 0.01];
        var logQ = p.Select(x => Math.Log(x)).ToArray();
        BenjaminiHochberg.LogQ(logQ, 12);
        Assert.Equal([0.012, 0.024, 0.04], logQ.Select(q => Math.Round(Math.Exp(q), 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.LogQ(new double[3], 2));
    }
}
