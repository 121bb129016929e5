namespace Unbrush.Graph.Cores;

/// <summary>Cores: what is left when nodes with too few neighbours go, and go on going.</summary>
public static class KCore
{
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
