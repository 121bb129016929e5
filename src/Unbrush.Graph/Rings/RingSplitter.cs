using Unbrush.Graph.Communities;

namespace Unbrush.Graph.Rings;

/// <summary>Tells two rings that grew together from one.</summary>
/// <remarks>
/// In one ring any two sellers share the buyers that their densities give; of two rings that share a few members, sellers of
/// one share far fewer with those of the other.
/// </remarks>
internal static class RingSplitter
{
    private const double CrossShare = 0.5;

    /// <summary>The parts of a ring's sellers, or nothing where it is one.</summary>
    public static List<int[]> Parts(BipartiteGraph graph, RingCandidate ring)
    {
        var k = ring.Sellers.Length;
        if (k < 6)
            return [];
        var met = new double[k];
        var both = new double[k, k];
        var basket = new List<int>();
        foreach (var (b, _, _) in ring.Buyers)
        {
            basket.Clear();
            foreach (var s in graph.OfLeft(b))
            {
                var at = Array.BinarySearch(ring.SellerIds, s);
                if (at >= 0)
                    basket.Add(at);
            }
            foreach (var i in basket)
            {
                met[i]++;
                foreach (var j in basket)
                    both[i, j] += i == j ? 0 : 1;
            }
        }
        var edges = new List<(int A, int B, double Weight)>();
        for (var i = 1; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (both[i, j] > 0)
                    edges.Add((j, i, both[i, j] / Math.Sqrt(met[i] * met[j])));
            }
        }
        var labels = Louvain.Find(WeightedGraph.FromEdges(k, edges), 1);
        double across = 0, byChance = 0;
        for (var i = 1; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (labels[i] == labels[j])
                    continue;
                across += both[i, j];
                byChance += met[i] * met[j] / ring.Buyers.Length;
            }
        }
        // A parting of noise has few meetings across it, too, because the best of all partings was looked for.
        if (across > CrossShare * byChance || LogFewer(across, byChance) > -k * Math.Log(2) - 5)
            return [];
        return [.. Enumerable.Range(0, k).GroupBy(i => labels[i]).OrderBy(g => g.Key)
            .Select(g => g.Select(i => ring.SellerIds[i]).ToArray()).Where(p => p.Length >= 3)];
    }

    /// <summary>Chernoff's bound of ln P(as few or fewer) for a Poisson count.</summary>
    private static double LogFewer(double observed, double mean) =>
        observed >= mean ? 0 : observed <= 0 ? -mean : observed - mean - observed * Math.Log(observed / mean);
}
