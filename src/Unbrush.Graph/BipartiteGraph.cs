namespace Unbrush.Graph;

/// <summary>
/// A compressed bipartite graph: who (left, buyers) bought where (right, sellers). Parallel edges are merged, neighbours are
/// sorted, so that the graph is the same whatever the order of the edges it was built from.
/// </summary>
/// <remarks>
/// Memory: 8 bytes an edge and 4 a node; building takes 4 more an edge for a moment where one edge in eight or more is merged into
/// another. Building costs O(edges + nodes) and one small sort a buyer. Ids are dense and 32-bit; edges are counted in 64 bits, and
/// one graph holds up to 2³¹ − 1 of them (the longest array of the runtime).
/// </remarks>
public sealed class BipartiteGraph
{
    private const int MostTail = 8;
    private readonly int[] _leftStart;
    private readonly int[] _leftTargets;
    private readonly int[] _rightStart;
    private readonly int[] _rightTargets;

    private BipartiteGraph(int[] leftStart, int[] leftTargets, int[] rightStart, int[] rightTargets)
    {
        _leftStart = leftStart;
        _leftTargets = leftTargets;
        _rightStart = rightStart;
        _rightTargets = rightTargets;
    }

    /// <summary>Number of nodes on the left, with or without edges.</summary>
    public int LeftCount => _leftStart.Length - 1;

    /// <summary>Number of nodes on the right, with or without edges.</summary>
    public int RightCount => _rightStart.Length - 1;

    /// <summary>Number of distinct edges.</summary>
    public long EdgeCount => _leftStart[^1];

    internal int[] LeftStarts => _leftStart;

    internal int[] LeftTargets => _leftTargets;

    internal int[] RightStarts => _rightStart;

    internal int[] RightTargets => _rightTargets;

    /// <summary>Builds the graph of the edges (<paramref name="left"/>[i], <paramref name="right"/>[i]).</summary>
    /// <param name="left">Left ends, from 0.</param>
    /// <param name="right">Right ends, from 0; as many.</param>
    /// <param name="leftCount">Number of left nodes; the greatest id plus one where negative.</param>
    /// <param name="rightCount">Number of right nodes; the greatest id plus one where negative.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not below its count.</exception>
    public static BipartiteGraph FromEdges(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int leftCount = -1, int rightCount = -1)
    {
        if (left.Length != right.Length)
            throw new ArgumentException($"{left.Length} left ends but {right.Length} right ends: give one of each for every edge.", nameof(right));
        leftCount = CountOf(left, leftCount, nameof(left));
        rightCount = CountOf(right, rightCount, nameof(right));

        var starts = new int[leftCount + 1];
        foreach (var u in left)
            starts[u + 1]++;
        for (var u = 0; u < leftCount; u++)
            starts[u + 1] += starts[u];
        var targets = new int[left.Length];
        for (var i = 0; i < left.Length; i++)
            targets[starts[left[i]]++] = right[i];
        // The cursors now stand at each node's end, which is the next one's start.
        Array.Copy(starts, 0, starts, 1, leftCount);
        starts[0] = 0;

        targets = MergeParallel(starts, targets);
        var (rightStarts, rightTargets) = Transpose(starts, targets, rightCount);
        return new BipartiteGraph(starts, targets, rightStarts, rightTargets);
    }

    /// <summary>The right neighbours of a left node, ascending.</summary>
    public ReadOnlySpan<int> OfLeft(int u) => _leftTargets.AsSpan(_leftStart[u], _leftStart[u + 1] - _leftStart[u]);

    /// <summary>The left neighbours of a right node, ascending.</summary>
    public ReadOnlySpan<int> OfRight(int v) => _rightTargets.AsSpan(_rightStart[v], _rightStart[v + 1] - _rightStart[v]);

    /// <summary>Degree of a left node.</summary>
    public int LeftDegree(int u) => _leftStart[u + 1] - _leftStart[u];

    /// <summary>Degree of a right node.</summary>
    public int RightDegree(int v) => _rightStart[v + 1] - _rightStart[v];

    /// <summary>The same graph seen from the other side; shares all memory.</summary>
    public BipartiteGraph Transposed() => new(_rightStart, _rightTargets, _leftStart, _leftTargets);

    /// <summary>The edges between some of the nodes, numbered anew in the order given: both lists ascend. O(their edges + all right nodes).</summary>
    internal BipartiteGraph Between(int[] left, int[] right)
    {
        var numbers = new int[RightCount];
        Array.Fill(numbers, -1);
        for (var v = 0; v < right.Length; v++)
            numbers[right[v]] = v;
        var starts = new int[left.Length + 1];
        for (var u = 0; u < left.Length; u++)
        {
            var kept = 0;
            foreach (var v in OfLeft(left[u]))
                kept += numbers[v] >= 0 ? 1 : 0;
            starts[u + 1] = starts[u] + kept;
        }
        var targets = new int[starts[^1]];
        var at = 0;
        foreach (var u in left)
        {
            foreach (var v in OfLeft(u))
            {
                if (numbers[v] >= 0)
                    targets[at++] = numbers[v];
            }
        }
        var (rightStarts, rightTargets) = Transpose(starts, targets, right.Length);
        return new BipartiteGraph(starts, targets, rightStarts, rightTargets);
    }

    private static int CountOf(ReadOnlySpan<int> ids, int count, string name)
    {
        var greatest = -1;
        foreach (var id in ids)
        {
            if (id < 0)
                throw new ArgumentOutOfRangeException(name, id, "Ids are 0 or more: map yours to a dense range first.");
            greatest = Math.Max(greatest, id);
        }
        if (count >= 0 && greatest >= count)
            throw new ArgumentOutOfRangeException(name, greatest, $"The greatest id must be below the count, {count}.");
        return count >= 0 ? count : checked(greatest + 1);
    }

    private static int[] MergeParallel(int[] starts, int[] targets)
    {
        var kept = 0;
        var from = 0;
        for (var u = 0; u + 1 < starts.Length; u++)
        {
            var to = starts[u + 1];
            var row = targets.AsSpan(from, to - from);
            row.Sort();
            starts[u] = kept;
            var last = -1;
            foreach (var v in row)
            {
                if (v != last)
                    targets[kept++] = last = v;
            }
            from = to;
        }
        starts[^1] = kept;
        // A few merged edges leave a tail that costs less than a second array would for a moment.
        if (kept < targets.Length - targets.Length / MostTail)
            Array.Resize(ref targets, kept);
        return targets;
    }

    private static (int[] Starts, int[] Targets) Transpose(int[] starts, int[] targets, int rightCount)
    {
        var rightStarts = new int[rightCount + 1];
        foreach (var v in targets.AsSpan(0, starts[^1]))
            rightStarts[v + 1]++;
        for (var v = 0; v < rightCount; v++)
            rightStarts[v + 1] += rightStarts[v];
        var rightTargets = new int[starts[^1]];
        for (var u = 0; u + 1 < starts.Length; u++)
        {
            for (var p = starts[u]; p < starts[u + 1]; p++)
                rightTargets[rightStarts[targets[p]]++] = u;
        }
        Array.Copy(rightStarts, 0, rightStarts, 1, rightCount);
        rightStarts[0] = 0;
        return (rightStarts, rightTargets);
    }
}
