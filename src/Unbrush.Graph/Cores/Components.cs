namespace Unbrush.Graph.Cores;

/// <summary>Connected components of a bipartite graph. O(edges + nodes), 4 bytes a node.</summary>
public static class Components
{
    /// <summary>
    /// A component number for each node, from 0 in the order of each component's smallest node; left node u is u, right node v is
    /// <see cref="BipartiteGraph.LeftCount"/> + v. A node without edges is a component of its own.
    /// </summary>
    public static int[] Of(BipartiteGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var left = graph.LeftCount;
        var component = new int[left + graph.RightCount];
        Array.Fill(component, -1);
        var waiting = new Stack<int>();
        var count = 0;
        for (var start = 0; start < component.Length; start++)
        {
            if (component[start] >= 0)
                continue;
            component[start] = count;
            waiting.Push(start);
            while (waiting.TryPop(out var node))
            {
                var offset = node < left ? left : 0;
                foreach (var other in node < left ? graph.OfLeft(node) : graph.OfRight(node - left))
                {
                    if (component[other + offset] >= 0)
                        continue;
                    component[other + offset] = count;
                    waiting.Push(other + offset);
                }
            }
            count++;
        }
        return component;
    }
}
