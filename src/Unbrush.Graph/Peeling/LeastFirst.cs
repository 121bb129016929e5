namespace Unbrush.Graph.Peeling;

/// <summary>The rest of a peel: the node with the least weight goes first, out of an array of buckets.</summary>
/// <remarks>
/// A node is entered anew when its weight falls, and old entries are passed over. Nodes far above the current minimum are not
/// entered at all: when the minimum nears them, one pass over the nodes brings in the next band. Weights below the best density
/// so far share one bucket: in which order these go makes no difference (<see cref="Stripping"/>). Nodes in one bucket go last
/// in, first out, which depends on the graph alone. Memory: 8 bytes an entry, at most one for each edge; 20 a node.
/// </remarks>
internal sealed unsafe class LeastFirst
{
    private const int Ahead = 8;

    private readonly BipartiteGraph _graph;
    private readonly Standing _standing;
    private readonly int _left;
    private readonly int[] _rows;
    private readonly Column[] _columns;
    // Nodes of the current band that have not fallen since it was entered, by bucket, then id.
    private int[] _band = [];
    private int[] _bandStarts = [];
    // Nodes that were beyond the horizon when it was last moved, ascending; some have fallen within it since.
    private int[] _far;
    private int _bandFrom;
    private int _bandAt;
    // Nodes that have fallen, last in, first out.
    private Entry[] _entries;
    private int[] _heads = [];
    private int _count = 1;
    private int _minimum;
    private int _horizon;
    // Weights up to this one share its bucket.
    private int _lowest;

    public LeastFirst(BipartiteGraph graph, Standing standing)
    {
        (_graph, _standing) = (graph, standing);
        (_left, _rows, _columns) = (graph.LeftCount, standing.Rows, standing.Columns);
        _entries = new Entry[_left / 4 + 1024];
        _far = new int[_left + _columns.Length];
        for (var node = 0; node < _far.Length; node++)
            _far[node] = node;
    }

    /// <summary>A node entered when its weight fell, and the entry before it in the same bucket.</summary>
    private struct Entry
    {
        public int Node;
        public int Next;
    }

    /// <summary>Takes away all nodes.</summary>
    /// <param name="order">Receives them in order.</param>
    /// <returns>How many had gone when what stood was densest, and what that weighed.</returns>
    public (int At, long Weight) Run(Span<int> order)
    {
        var nodes = order.Length;
        var (bestWeight, bestAt) = (_standing.Total, 0);
        _lowest = Below(bestWeight, nodes);
        for (var removed = 0; removed < nodes;)
        {
            var node = Next();
            order[removed++] = node;
            if (node < _left)
                RemoveRow(node);
            else
                RemoveColumn(node - _left);
            if (_standing.Total * (double)(nodes - bestAt) > bestWeight * (double)(nodes - removed))
            {
                (bestWeight, bestAt) = (_standing.Total, removed);
                _lowest = Below(bestWeight, nodes - removed);
            }
        }
        return (bestAt, bestWeight);
    }

    /// <summary>The greatest whole weight below a density.</summary>
    private static int Below(long weight, int nodes) => nodes == 0 ? 0 : (int)Math.Max(0, (weight + nodes - 1) / nodes - 1);

    private int State(int node) => node < _left ? _rows[node] : _columns[node - _left].State;

    /// <summary>A node of least weight, or one lighter than the best density.</summary>
    private int Next()
    {
        while (true)
        {
            for (; _minimum < _horizon; _minimum++)
            {
                ref var head = ref _heads[_minimum];
                while (head != 0)
                {
                    var entry = _entries[head];
                    head = entry.Next;
                    if ((uint)State(entry.Node) <= (uint)_minimum)
                        return entry.Node;
                }
                if (_minimum < _bandFrom)
                    continue;
                for (var end = _bandStarts[_minimum - _bandFrom + 1]; _bandAt < end;)
                {
                    if (_bandAt + 2 * Ahead < _band.Length)
                        Foresee(_band[_bandAt + Ahead], _band[_bandAt + 2 * Ahead]);
                    var node = _band[_bandAt++];
                    if ((uint)State(node) <= (uint)_minimum)
                        return node;
                }
            }
            Extend();
        }
    }

    /// <summary>Fetches what the removals of nodes that come next will read, while others are removed.</summary>
    private void Foresee(int soon, int later)
    {
        fixed (int* starts = _graph.LeftStarts)
        fixed (int* targets = _graph.LeftTargets)
        {
            Prefetch.Of(starts + Math.Min(later, _left));
            Prefetch.Of(targets + starts[Math.Min(soon, _left)]);
        }
    }

    /// <summary>Moves the horizon up to where nodes are, and enters those between the old one and the new.</summary>
    private void Extend()
    {
        if (_far.Length == 0)
            throw new InvalidOperationException("The peel ran out of nodes: a fault of the queue.");
        var least = int.MaxValue;
        foreach (var node in _far)
        {
            var state = State(node);
            if (state >= _horizon)
                least = Math.Min(least, state);
        }
        _bandFrom = least == int.MaxValue ? _horizon : least;
        _horizon = (int)Math.Min(-(long)Standing.Dead, Math.Max(_bandFrom + 32L, _bandFrom + (long)_bandFrom / 4));
        if (_horizon > _heads.Length)
            Array.Resize(ref _heads, (int)Math.Min(-(long)Standing.Dead, 2L * _horizon));
        _minimum = Math.Min(_minimum, _bandFrom);

        var width = _horizon - _bandFrom;
        _bandStarts = new int[width + 1];
        var further = 0;
        foreach (var node in _far)
        {
            var state = State(node);
            if (state < _bandFrom)
                continue;
            if (state < _horizon)
                _bandStarts[state - _bandFrom + 1]++;
            else
                further++;
        }
        for (var k = 0; k < width; k++)
            _bandStarts[k + 1] += _bandStarts[k];
        _band = new int[_bandStarts[^1]];
        _bandAt = 0;
        var rest = new int[further];
        var cursor = _bandStarts.AsSpan(0, width).ToArray();
        further = 0;
        foreach (var node in _far)
        {
            var state = State(node);
            if (state >= _horizon)
                rest[further++] = node;
            else if (state >= _bandFrom)
                _band[cursor[state - _bandFrom]++] = node;
        }
        _far = rest;
    }

    private void RemoveRow(int u)
    {
        var standing = _rows[u];
        _rows[u] = Standing.Dead;
        _standing.Total -= standing;
        if (standing == 0)
            return;
        var row = _graph.OfLeft(u);
        Reserve(row.Length);
        var (horizon, lowest, count) = (_horizon, Math.Min(_lowest, _horizon - 1), _count);
        var minimum = _minimum;
        fixed (int* heads = _heads, targets = row)
        fixed (Column* columns = _columns)
        fixed (Entry* entries = _entries)
        {
            for (var k = 0; standing > 0; k++)
            {
                var column = columns + targets[k];
                if (column->State < 0)
                    continue;
                standing -= column->Weight;
                var now = column->State - column->Weight;
                var entered = column->State <= lowest;
                column->State = now;
                if (now >= horizon || entered)
                    continue;
                now = Math.Max(now, lowest);
                entries[count].Node = _left + targets[k];
                entries[count].Next = heads[now];
                heads[now] = count++;
                minimum = Math.Min(minimum, now);
            }
        }
        _count = count;
        _minimum = minimum;
    }

    private void RemoveColumn(int v)
    {
        var standing = _columns[v].State;
        var weight = _columns[v].Weight;
        _columns[v].State = Standing.Dead;
        _standing.Total -= standing;
        if (standing == 0)
            return;
        var column = _graph.OfRight(v);
        Reserve(standing / weight);
        var (horizon, lowest, count) = (_horizon, Math.Min(_lowest, _horizon - 1), _count);
        var minimum = _minimum;
        fixed (int* rows = _rows, heads = _heads, targets = column)
        fixed (Entry* entries = _entries)
        {
            for (var k = 0; standing > 0; k++)
            {
                Prefetch.Of(rows + targets[Math.Min(k + Ahead, column.Length - 1)]);
                var u = targets[k];
                if (rows[u] < 0)
                    continue;
                standing -= weight;
                var now = rows[u] - weight;
                var entered = rows[u] <= lowest;
                rows[u] = now;
                if (now >= horizon || entered)
                    continue;
                now = Math.Max(now, lowest);
                entries[count].Node = u;
                entries[count].Next = heads[now];
                heads[now] = count++;
                minimum = Math.Min(minimum, now);
            }
        }
        _count = count;
        _minimum = minimum;
    }

    private void Reserve(int more)
    {
        if (_count + more > _entries.Length)
            Array.Resize(ref _entries, Math.Max(_entries.Length * 2, _count + more));
    }
}
