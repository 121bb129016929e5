namespace Unbrush.Graph.Peeling;

/// <summary>A right node's weight still standing, beside the weight of each of its edges: both are needed together.</summary>
internal struct Column
{
    public int State;
    public int Weight;
}

/// <summary>The weight of each node's edges that still stand.</summary>
/// <remarks>
/// A node that goes is set to <see cref="Dead"/>. That is so far below zero that its neighbours may go on taking their edges from
/// it, which spares every update the question whether the other end is still there.
/// </remarks>
internal sealed class Standing
{
    public const int Dead = int.MinValue / 2;

    public Standing(BipartiteGraph graph, ReadOnlySpan<int> columnWeights)
    {
        Columns = new Column[graph.RightCount];
        for (var v = 0; v < Columns.Length; v++)
        {
            var sum = (long)columnWeights[v] * graph.RightDegree(v);
            Columns[v] = new Column { State = Checked(sum), Weight = columnWeights[v] };
            Total += sum;
        }
        Rows = new int[graph.LeftCount];
        var starts = graph.LeftStarts;
        for (var u = 0; u < Rows.Length; u++)
        {
            long sum = 0;
            foreach (var v in graph.LeftTargets.AsSpan(starts[u], starts[u + 1] - starts[u]))
                sum += columnWeights[v];
            Rows[u] = Checked(sum);
        }
    }

    public int[] Rows { get; }

    public Column[] Columns { get; }

    /// <summary>Weight of all edges that stand.</summary>
    public long Total { get; set; }

    private static int Checked(long sum) =>
        sum < -(long)Dead ? (int)sum : throw new OverflowException($"A node's edges weigh {sum} units; at most {-(long)Dead - 1} are allowed.");
}
