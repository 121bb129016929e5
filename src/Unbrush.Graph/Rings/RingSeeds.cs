using Unbrush.Graph.Communities;
using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Rings;

/// <summary>Groups of sellers that may be rings: communities of the lifted pairs that stand in triangles.</summary>
/// <remarks>
/// Below the pairs' threshold a few thousand pairs of a large graph are chance, but chance seldom closes triangles; a lone pair
/// (a phone and its case) closes none. Communities split rings that share some members.
/// </remarks>
internal static class RingSeeds
{
    private const double MinLift = 3;

    public static List<int[]> Find(LiftedPair[] all, WedgeRows rows)
    {
        var degrees = rows.Degrees;
        var pairs = Array.FindAll(all, p => p.Count >= MinLift * ByPopularity(p, rows));
        var nodes = new SortedSet<int>();
        foreach (var p in pairs)
        {
            nodes.Add(p.A);
            nodes.Add(p.B);
        }
        var sellers = nodes.ToArray();
        var index = new Dictionary<int, int>(sellers.Length);
        for (var i = 0; i < sellers.Length; i++)
            index.Add(sellers[i], i);

        var edges = new List<(int A, int B, double Weight)>(pairs.Length);
        foreach (var p in pairs.OrderBy(p => p.A).ThenBy(p => p.B))
        {
            // The cosine of the two sellers' customers: popular shops that brushers hide behind weigh next to nothing.
            edges.Add((index[p.A], index[p.B], (p.Count - p.Expected) / Math.Sqrt((double)degrees[p.A] * degrees[p.B])));
        }
        var graph = WeightedGraph.FromEdges(sellers.Length, edges);
        edges.RemoveAll(e => !InTriangle(graph, e.A, e.B));
        graph = WeightedGraph.FromEdges(sellers.Length, edges);
        var labels = Louvain.Find(graph, 1);

        var groups = new Dictionary<int, List<int>>();
        for (var i = 0; i < sellers.Length; i++)
        {
            if (!groups.TryGetValue(labels[i], out var group))
                groups.Add(labels[i], group = []);
            group.Add(sellers[i]);
        }
        return [.. groups.OrderBy(g => g.Key).Select(g => g.Value.ToArray()).Where(g => g.Length >= 3)];
    }

    /// <summary>
    /// Co-purchases if the buyers of either chose everything by popularity: brushers who hide behind popular shops buy at these
    /// more than anybody's interests explain, but no more than that.
    /// </summary>
    private static double ByPopularity(in LiftedPair p, WedgeRows rows) =>
        Math.Max((double)rows.Company[p.A] * rows.Degrees[p.B], (double)rows.Company[p.B] * rows.Degrees[p.A]) / rows.Targets.Length;

    private static bool InTriangle(WeightedGraph graph, int a, int b)
    {
        var x = graph.Targets.AsSpan(graph.Starts[a]..graph.Starts[a + 1]);
        var y = graph.Targets.AsSpan(graph.Starts[b]..graph.Starts[b + 1]);
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            if (x[i] == y[j])
                return true;
            if (x[i] < y[j])
                i++;
            else
                j++;
        }
        return false;
    }
}
