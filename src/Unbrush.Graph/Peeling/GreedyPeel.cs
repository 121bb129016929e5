namespace Unbrush.Graph.Peeling;

/// <summary>The densest block that a peel met.</summary>
/// <param name="Left">Its left nodes, ascending.</param>
/// <param name="Right">Its right nodes, ascending.</param>
/// <param name="Weight">Weight of its edges, in units of 1/<see cref="ColumnWeights.Unit"/>.</param>
/// <param name="Density">Weight of its edges per node.</param>
/// <param name="Order">All nodes in the order in which they were peeled; left node u is u, right node v is <see cref="BipartiteGraph.LeftCount"/> + v.</param>
public sealed record PeelResult(int[] Left, int[] Right, long Weight, double Density, int[] Order);

/// <summary>
/// Greedy peeling: the node with the least weight goes first, again and again, and the densest block on the way is kept, at
/// least half as dense as the densest there is (Charikar, APPROX 2000; with column weights FRAUDAR, KDD'16).
/// </summary>
/// <remarks>
/// <para>
/// O(edges + nodes) apart from a few passes over the nodes. Whole-number weights are bucketed; a node is entered anew when its
/// weight falls, and old entries are passed over. Nodes far above the current minimum are not entered at all: when the minimum
/// nears them, one pass over the nodes brings in the next band. Nodes of equal weight go last in, first out, which depends on
/// the graph alone.
/// </para>
/// <para>Memory: 8 bytes an edge at worst for the entries, 20 a node.</para>
/// </remarks>
public static class GreedyPeel
{
    private const int Dead = int.MinValue / 2;
    private const int Ahead = 8;

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
        return new Peel(graph, columnWeights).Run();
    }

    /// <summary>A right node's weight still standing, beside the weight of each of its edges: both are needed together.</summary>
    private struct Column
    {
        public int State;
        public int Weight;
    }

    /// <summary>A node entered when its weight fell, and the entry before it in the same bucket.</summary>
    private struct Entry
    {
        public int Node;
        public int Next;
    }

    private sealed unsafe class Peel
    {
        private readonly BipartiteGraph _graph;
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
        private long _total;

        public Peel(BipartiteGraph graph, ReadOnlySpan<int> columnWeights)
        {
            _graph = graph;
            _left = graph.LeftCount;
            _columns = new Column[graph.RightCount];
            for (var v = 0; v < _columns.Length; v++)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(columnWeights[v], 1, nameof(columnWeights));
                var sum = (long)columnWeights[v] * graph.RightDegree(v);
                _columns[v] = new Column { State = Checked(sum), Weight = columnWeights[v] };
                _total += sum;
            }
            _rows = new int[_left];
            for (var u = 0; u < _left; u++)
            {
                long sum = 0;
                foreach (var v in graph.OfLeft(u))
                    sum += _columns[v].Weight;
                _rows[u] = Checked(sum);
            }
            _entries = new Entry[_left / 4 + 1024];
            _far = new int[_left + _columns.Length];
            for (var node = 0; node < _far.Length; node++)
                _far[node] = node;
        }

        public PeelResult Run()
        {
            var nodes = _left + _columns.Length;
            var order = new int[nodes];
            var bestWeight = _total;
            var bestAt = 0;
            for (var removed = 0; removed < nodes;)
            {
                var node = Next();
                order[removed++] = node;
                if (node < _left)
                    RemoveRow(node);
                else
                    RemoveColumn(node - _left);
                if (_total * (double)(nodes - bestAt) > bestWeight * (double)(nodes - removed))
                    (bestWeight, bestAt) = (_total, removed);
            }
            var best = nodes == 0 ? 0 : (double)bestWeight / (nodes - bestAt);
            var block = order.AsSpan(bestAt).ToArray();
            Array.Sort(block);
            var split = Array.BinarySearch(block, _left);
            split = split < 0 ? ~split : split;
            return new PeelResult(block[..split], Array.ConvertAll(block[split..], v => v - _left), bestWeight, best / ColumnWeights.Unit, order);
        }

        private static int Checked(long sum) =>
            sum < -(long)Dead ? (int)sum : throw new OverflowException($"A node's edges weigh {sum} units; at most {-(long)Dead - 1} are allowed.");

        private int State(int node) => node < _left ? _rows[node] : _columns[node - _left].State;

        /// <summary>A node of least weight.</summary>
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
                        if (State(entry.Node) == _minimum)
                            return entry.Node;
                    }
                    if (_minimum < _bandFrom)
                        continue;
                    for (var end = _bandStarts[_minimum - _bandFrom + 1]; _bandAt < end;)
                    {
                        if (_bandAt + 2 * Ahead < _band.Length)
                            Foresee(_band[_bandAt + Ahead], _band[_bandAt + 2 * Ahead]);
                        var node = _band[_bandAt++];
                        if (State(node) == _minimum)
                            return node;
                    }
                }
                Extend();
            }
        }

        /// <summary>Fetches what the removals of nodes that come next will read, while others are removed.</summary>
        private void Foresee(int soon, int later)
        {
            fixed (long* starts = _graph.LeftStarts)
            fixed (int* targets = _graph.LeftTargets)
            {
                System.Runtime.Intrinsics.X86.Sse.Prefetch0(starts + Math.Min(later, _left));
                System.Runtime.Intrinsics.X86.Sse.Prefetch0(targets + starts[Math.Min(soon, _left)]);
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
            _horizon = (int)Math.Min(-(long)Dead, Math.Max(_bandFrom + 32L, _bandFrom + (long)_bandFrom / 4));
            if (_horizon > _heads.Length)
                Array.Resize(ref _heads, (int)Math.Min(-(long)Dead, 2L * _horizon));
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
            _rows[u] = Dead;
            _total -= standing;
            if (standing == 0)
                return;
            var row = _graph.OfLeft(u);
            Reserve(row.Length);
            var horizon = (uint)_horizon;
            var count = _count;
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
                    var now = column->State -= column->Weight;
                    if ((uint)now >= horizon)
                        continue;
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
            _columns[v].State = Dead;
            _total -= standing;
            if (standing == 0)
                return;
            var column = _graph.OfRight(v);
            Reserve(standing / weight);
            var horizon = (uint)_horizon;
            var count = _count;
            var minimum = _minimum;
            fixed (int* rows = _rows, heads = _heads, targets = column)
            fixed (Entry* entries = _entries)
            {
                for (var k = 0; standing > 0; k++)
                {
                    System.Runtime.Intrinsics.X86.Sse.Prefetch0(rows + targets[Math.Min(k + Ahead, column.Length - 1)]);
                    var u = targets[k];
                    if (rows[u] < 0)
                        continue;
                    standing -= weight;
                    var now = rows[u] -= weight;
                    if ((uint)now >= horizon)
                        continue;
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
}
