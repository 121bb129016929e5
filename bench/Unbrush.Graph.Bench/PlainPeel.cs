namespace Unbrush.Graph.Bench;

/// <summary>The greedy peel written plainly, with a binary heap: the oracle of the property tests and the baseline of the benchmark.</summary>
public static class PlainPeel
{
    /// <summary>Peels edges (no duplicates) and returns the weight and the number of nodes of the densest block on the way.</summary>
    /// <param name="left">Left ends.</param>
    /// <param name="right">Right ends.</param>
    /// <param name="leftCount">Number of left nodes.</param>
    /// <param name="weights">Weight of each right node's edges.</param>
    public static (long Weight, int Nodes) Densest(int[] left, int[] right, int leftCount, int[] weights)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(weights);
        var nodes = leftCount + weights.Length;
        var neighbours = new List<int>[nodes];
        for (var v = 0; v < nodes; v++)
            neighbours[v] = [];
        var weight = new long[nodes];
        long total = 0;
        for (var e = 0; e < left.Length; e++)
        {
            neighbours[left[e]].Add(leftCount + right[e]);
            neighbours[leftCount + right[e]].Add(left[e]);
            weight[left[e]] += weights[right[e]];
            weight[leftCount + right[e]] += weights[right[e]];
            total += weights[right[e]];
        }
        var heap = new PriorityQueue<(int Node, long Weight), long>();
        for (var v = 0; v < nodes; v++)
            heap.Enqueue((v, weight[v]), weight[v]);
        var gone = new bool[nodes];
        var (best, bestNodes) = (total, nodes);
        var remaining = nodes;
        while (heap.TryDequeue(out var top, out _))
        {
            var (node, then) = top;
            if (gone[node] || then != weight[node])
                continue;
            gone[node] = true;
            remaining--;
            total -= weight[node];
            foreach (var other in neighbours[node])
            {
                if (gone[other])
                    continue;
                weight[other] -= weights[Math.Max(node, other) - leftCount];
                heap.Enqueue((other, weight[other]), weight[other]);
            }
            if (remaining > 0 && (Int128)total * bestNodes > (Int128)best * remaining)
                (best, bestNodes) = (total, remaining);
        }
        return (best, bestNodes);
    }
}
