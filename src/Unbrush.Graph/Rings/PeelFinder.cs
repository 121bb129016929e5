using Unbrush.Graph.Cores;
using Unbrush.Graph.Lift;
using Unbrush.Graph.Peeling;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>
/// The densest blocks, one after another, for comparison: what log-weighted peeling (FRAUDAR, KDD'16) reports. Density alone
/// finds enthusiasts and best-sellers; the certificate says which blocks are beyond chance.
/// </summary>
public static class PeelFinder
{
    /// <summary>A block of more sellers than this is a market, no ring, and its certificate (cubic in sellers) would take hours.</summary>
    private const int LargestBlock = 400;

    /// <summary>Finds up to <paramref name="blocks"/> blocks; each one's purchases are taken out before the next is sought.</summary>
    /// <remarks>O(blocks · (edges + nodes)). Blocks are reported whatever their certificates say; those of more than 400 sellers are left out.</remarks>
    public static RingResult Find(in RingInput input, RingOptions options, int blocks)
    {
        ArgumentNullException.ThrowIfNull(options);
        RingFinder.Check(input);
        var whole = RingFinder.GraphOf(input);
        var categories = RingFinder.CategoriesOf(input, whole, options);
        var lift = new PairLiftOptions { LeftCap = options.BuyerCap, Threads = options.Threads };
        var certifier = new RingCertifier(whole, ChanceOf(whole, categories, lift), categories);

        var found = new List<(RingCandidate Ring, RingCertificate Certificate)>();
        var graph = whole;
        for (var k = 0; k < blocks && graph.EdgeCount > 0; k++)
        {
            options.Progress?.Invoke("peel", (double)k / blocks);
            // Nobody outside the core of buyers of two sellers and sellers of a few buyers belongs to a ring.
            var (left, right) = KCore.Bipartite(graph, 2, options.MinBuyers);
            graph = Within(graph, left, right, keep: true);
            var peel = GreedyPeel.Densest(graph, ColumnWeights.Logarithmic(graph));
            if (peel.Weight == 0)
                break;
            var ring = new RingCandidate(
                Array.ConvertAll(peel.Right, s => new Belonging(s, 1, 0)), Array.ConvertAll(peel.Left, b => new Belonging(b, 1, 0)));
            if (peel.Right.Length <= LargestBlock && peel.Right.Length >= options.MinSellers && peel.Left.Length >= options.MinBuyers)
                found.Add((ring, certifier.Certify(ring).Certificate));
            graph = Within(graph, peel.Left, peel.Right, keep: false);
        }
        found.Sort(static (x, y) => x.Certificate.LogP.CompareTo(y.Certificate.LogP));
        var logQ = found.ConvertAll(f => f.Certificate.LogP).ToArray();
        BenjaminiHochberg.LogQ(logQ, Math.Max(1, logQ.Length));
        for (var i = 0; i < logQ.Length; i++)
            found[i] = (found[i].Ring, found[i].Certificate with { LogQ = logQ[i] });
        var (rings, orders) = RingAssembly.Assemble(input, whole, found);
        options.Progress?.Invoke("peel", 1);
        return new RingResult(rings, orders, found.Count, categories);
    }

    private static CategoryNull ChanceOf(BipartiteGraph graph, int[] categories, PairLiftOptions lift)
    {
        using var rows = WedgeRows.Of(graph, lift.LeftCap, categories, lift.ThreadCount);
        return CategoryNull.Of(rows, categories, lift.ThreadCount);
    }

    /// <summary>The edges between the given nodes, or all others.</summary>
    private static BipartiteGraph Within(BipartiteGraph graph, int[] left, int[] right, bool keep)
    {
        var inLeft = new bool[graph.LeftCount];
        var inRight = new bool[graph.RightCount];
        foreach (var u in left)
            inLeft[u] = true;
        foreach (var v in right)
            inRight[v] = true;
        var us = new List<int>();
        var vs = new List<int>();
        for (var u = 0; u < graph.LeftCount; u++)
        {
            foreach (var v in graph.OfLeft(u))
            {
                if ((inLeft[u] && inRight[v]) != keep)
                    continue;
                us.Add(u);
                vs.Add(v);
            }
        }
        return BipartiteGraph.FromEdges(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(us), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vs),
            graph.LeftCount, graph.RightCount);
    }
}
