namespace Unbrush.Graph.Communities;

/// <summary>A small undirected graph with weights, neighbours ascending, each edge held from both ends.</summary>
internal sealed class WeightedGraph(int[] starts, int[] targets, double[] weights, double[] loops)
{
    public int[] Starts { get; } = starts;

    public int[] Targets { get; } = targets;

    public double[] Weights { get; } = weights;

    /// <summary>Weight within each node, counted once.</summary>
    public double[] Loops { get; } = loops;

    public int Count => Loops.Length;

    /// <summary>Builds the graph of <paramref name="edges"/> over nodes 0 … count − 1; each edge given once, in a fixed order.</summary>
    public static WeightedGraph FromEdges(int count, IReadOnlyList<(int A, int B, double Weight)> edges)
    {
        var starts = new int[count + 1];
        var loops = new double[count];
        foreach (var (a, b, weight) in edges)
        {
            if (a == b)
            {
                loops[a] += weight;
                continue;
            }
            starts[a + 1]++;
            starts[b + 1]++;
        }
        for (var v = 0; v < count; v++)
            starts[v + 1] += starts[v];
        var targets = new int[starts[count]];
        var weights = new double[starts[count]];
        var cursor = starts.AsSpan(0, count).ToArray();
        foreach (var (a, b, weight) in edges)
        {
            if (a == b)
                continue;
            (targets[cursor[a]], weights[cursor[a]++]) = (b, weight);
            (targets[cursor[b]], weights[cursor[b]++]) = (a, weight);
        }
        for (var v = 0; v < count; v++)
            Array.Sort(targets, weights, starts[v], starts[v + 1] - starts[v]);
        return new WeightedGraph(starts, targets, weights, loops);
    }
}
