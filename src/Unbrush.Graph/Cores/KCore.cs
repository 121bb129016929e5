namespace Unbrush.Graph.Cores;

/// <summary>Cores: what is left when nodes with too few neighbours go, and go on going.</summary>
public static class KCore
{
    /// <summary>
    /// The core number of each node: the greatest k such that it belongs to a subgraph in which every node has k neighbours or
    /// more (Batagelj and Zaveršnik, 2003). Left node u is u, right node v is <see cref="BipartiteGraph.LeftCount"/> + v.
    /// O(edges + nodes), 16 bytes a node.
    /// </summary>
    public static int[] Numbers(BipartiteGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var left = graph.LeftCount;
        var n = left + graph.RightCount;
        var degree = new int[n];
        var greatest = 0;
        for (var v = 0; v < n; v++)
        {
            degree[v] = v < left ? graph.LeftDegree(v) : graph.RightDegree(v - left);
            greatest = Math.Max(greatest, degree[v]);
        }
        // Nodes sorted by degree, with the place where each degree begins.
        var starts = new int[greatest + 2];
        foreach (var d in degree)
            starts[d + 1]++;
        for (var d = 0; d <= greatest; d++)
            starts[d + 1] += starts[d];
        var sorted = new int[n];
        var place = new int[n];
        for (var v = 0; v < n; v++)
        {
            place[v] = starts[degree[v]]++;
            sorted[place[v]] = v;
        }
        Array.Copy(starts, 0, starts, 1, greatest + 1);
        starts[0] = 0;

        for (var at = 0; at < n; at++)
        {
            var node = sorted[at];
            var offset = node < left ? left : 0;
            foreach (var neighbour in node < left ? graph.OfLeft(node) : graph.OfRight(node - left))
            {
                var other = neighbour + offset;
                if (degree[other] <= degree[node])
                    continue;
                // Swap it with the first of its degree, which then begins one later.
                var first = starts[degree[other]]++;
                var displaced = sorted[first];
                (sorted[first], sorted[place[other]]) = (other, displaced);
                (place[displaced], place[other]) = (place[other], first);
                degree[other]--;
            }
        }
        return degree;
    }

    /// <summary>
    /// The greatest subgraph in which every left node has at least <paramref name="minOfLeft"/> right neighbours and every right
    /// node at least <paramref name="minOfRight"/> left ones: buyers of several suspects, suspects of several buyers. Both lists
    /// ascend; both are empty if there is none. O(edges + nodes).
    /// </summary>
    public static (int[] Left, int[] Right) Bipartite(BipartiteGraph graph, int minOfLeft, int minOfRight)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var left = graph.LeftCount;
        var degree = new int[left + graph.RightCount];
        var gone = new bool[degree.Length];
        var going = new Stack<int>();
        for (var v = 0; v < degree.Length; v++)
        {
            degree[v] = v < left ? graph.LeftDegree(v) : graph.RightDegree(v - left);
            if (degree[v] < Math.Max(1, v < left ? minOfLeft : minOfRight))
            {
                gone[v] = true;
                going.Push(v);
            }
        }
        while (going.TryPop(out var node))
        {
            var offset = node < left ? left : 0;
            foreach (var neighbour in node < left ? graph.OfLeft(node) : graph.OfRight(node - left))
            {
                var other = neighbour + offset;
                if (!gone[other] && --degree[other] < Math.Max(1, other < left ? minOfLeft : minOfRight))
                {
                    gone[other] = true;
                    going.Push(other);
                }
            }
        }
        return ([.. Enumerable.Range(0, left).Where(u => !gone[u])], [.. Enumerable.Range(0, graph.RightCount).Where(v => !gone[left + v])]);
    }
}
