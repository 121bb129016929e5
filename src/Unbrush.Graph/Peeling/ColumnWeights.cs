namespace Unbrush.Graph.Peeling;

/// <summary>What an edge weighs in a peel, by the degree of its right end (the column); whole numbers, in units of 1/<see cref="Unit"/>.</summary>
/// <remarks>
/// Whole numbers make the peel exact: sums do not depend on their order. A unit of 1/256 keeps weights within half a hundredth
/// of what they stand for.
/// </remarks>
public static class ColumnWeights
{
    /// <summary>The weight of one.</summary>
    public const int Unit = 256;

    /// <summary>Every edge weighs one: the densest subgraph by average degree (Charikar, APPROX 2000).</summary>
    public static int[] Even(BipartiteGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var weights = new int[graph.RightCount];
        Array.Fill(weights, Unit);
        return weights;
    }

    /// <summary>
    /// 1/ln(5 + degree): buying where everybody buys counts little, so that camouflage does not dilute a block (FRAUDAR, Hooi et
    /// al., KDD'16).
    /// </summary>
    public static int[] Logarithmic(BipartiteGraph graph) => Of(graph, static d => 1 / Math.Log(5 + d));

    /// <summary>1/√degree (FRAUDAR's second choice).</summary>
    public static int[] SquareRoot(BipartiteGraph graph) => Of(graph, static d => 1 / Math.Sqrt(Math.Max(1, d)));

    private static int[] Of(BipartiteGraph graph, Func<int, double> weight)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var weights = new int[graph.RightCount];
        for (var v = 0; v < weights.Length; v++)
            weights[v] = Math.Max(1, (int)Math.Round(Unit * weight(graph.RightDegree(v))));
        return weights;
    }
}
