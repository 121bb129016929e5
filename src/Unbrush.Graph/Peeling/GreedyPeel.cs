namespace Unbrush.Graph.Peeling;

/// <summary>The densest block that a peel met.</summary>
/// <param name="Left">Its left nodes, ascending.</param>
/// <param name="Right">Its right nodes, ascending.</param>
/// <param name="Weight">Weight of its edges, in units of 1/<see cref="ColumnWeights.Unit"/>.</param>
/// <param name="Density">Weight of its edges per node.</param>
/// <param name="Order">All nodes in the order in which they were peeled, each the lightest then or lighter than the best density so far; left node u is u, right node v is <see cref="BipartiteGraph.LeftCount"/> + v.</param>
public sealed record PeelResult(int[] Left, int[] Right, long Weight, double Density, int[] Order);

/// <summary>
/// Greedy peeling: the node with the least weight goes first, again and again, and the densest block on the way is kept, at
/// least half as dense as the densest there is (Charikar, APPROX 2000; with column weights FRAUDAR, KDD'16).
/// </summary>
/// <remarks>
/// <para>
/// Nodes lighter than the density of what stands go first, in the order of memory: a strict peel takes them all away too before
/// it finds anything denser (<see cref="Stripping"/>). What is left, a small part of most graphs, is numbered anew and peeled out
/// of buckets (<see cref="LeastFirst"/>). Whole-number weights make sums exact; the result depends on the graph alone.
/// </para>
/// <para>
/// O(edges + nodes) apart from a few passes over the nodes. Memory beside the graph: 28 bytes a node, and for what is left after
/// stripping 8 bytes an edge, 32 a node and 8 to 16 an edge that is entered in the queue.
/// </para>
/// </remarks>
public static class GreedyPeel
{
    /// <summary>Peels a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="columnWeights">Weight of each right node's edges, 1 or more (<see cref="ColumnWeights"/>).</param>
    /// <exception cref="ArgumentException">As many weights as right nodes are needed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is below 1.</exception>
    /// <exception cref="OverflowException">A node's edges weigh more than a billion units.</exception>
    public static PeelResult Densest(BipartiteGraph graph, ReadOnlySpan<int> columnWeights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (columnWeights.Length != graph.RightCount)
            throw new ArgumentException($"{columnWeights.Length} weights for {graph.RightCount} right nodes: give one each.", nameof(columnWeights));
        foreach (var weight in columnWeights)
            ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1, nameof(columnWeights));

        var left = graph.LeftCount;
        var order = new int[left + graph.RightCount];
        var (rows, columns, stripped) = Strip(graph, columnWeights, order);
        var core = graph.Between(rows, columns);
        var weights = new int[columns.Length];
        for (var v = 0; v < weights.Length; v++)
            weights[v] = columnWeights[columns[v]];
        var rest = order.AsSpan(stripped);
        var (at, weightOfBest) = new LeastFirst(core, new Standing(core, weights)).Run(rest);
        for (var i = 0; i < rest.Length; i++)
            rest[i] = rest[i] < rows.Length ? rows[rest[i]] : left + columns[rest[i] - rows.Length];

        var block = rest[at..].ToArray();
        Array.Sort(block);
        var split = Array.BinarySearch(block, left);
        split = split < 0 ? ~split : split;
        var density = block.Length == 0 ? 0 : (double)weightOfBest / block.Length / ColumnWeights.Unit;
        return new PeelResult(block[..split], Array.ConvertAll(block[split..], v => v - left), weightOfBest, density, order);
    }

    private static (int[] Rows, int[] Columns, int Removed) Strip(BipartiteGraph graph, ReadOnlySpan<int> columnWeights, int[] order)
    {
        var stripping = new Stripping(graph, new Standing(graph, columnWeights), order);
        stripping.Run(out var rows, out var columns);
        return (rows, columns, stripping.Removed);
    }
}
