namespace Unbrush.Graph.Peeling;

/// <summary>
/// The start of a peel, where the order does not matter: takes away nodes that weigh less than the density of what stands, which
/// only makes it denser.
/// </summary>
/// <remarks>
/// A greedy peel, too, takes all of these away before it touches a node that weighs as much as the density, and meets nothing
/// denser on the way than what is left in the end: if S contains C, and the nodes of S outside C each weigh less than ρ when
/// they go, then S can only be as dense as ρ or more if C is denser still. So nodes go in the order of memory, without a queue.
/// O(edges + nodes): a sweep that takes away less than a sixteenth is the last.
/// </remarks>
internal sealed unsafe class Stripping
{
    private const int Ahead = 8;
    private const int Refreshed = 256;
    private readonly BipartiteGraph _graph;
    private readonly Standing _standing;
    private readonly int[] _order;
    private readonly int[] _pending;
    private int _waiting;
    private int _floor;

    public Stripping(BipartiteGraph graph, Standing standing, int[] order)
    {
        (_graph, _standing, _order) = (graph, standing, order);
        _pending = new int[order.Length];
    }

    /// <summary>Nodes taken away; the first of the order.</summary>
    public int Removed { get; private set; }

    public void Run(out int[] rows, out int[] columns)
    {
        rows = Counting(_standing.Rows.Length);
        columns = Counting(_standing.Columns.Length);
        int before, remaining;
        do
        {
            (before, remaining) = (Removed, rows.Length + columns.Length);
            rows = Sweep(rows, 0);
            columns = Sweep(columns, _standing.Rows.Length);
        }
        while ((Removed - before) * 16L > remaining);
        rows = Array.FindAll(rows, u => _standing.Rows[u] >= 0);
        columns = Array.FindAll(columns, v => _standing.Columns[v].State >= 0);
    }

    private static int[] Counting(int n)
    {
        var ids = new int[n];
        for (var i = 0; i < n; i++)
            ids[i] = i;
        return ids;
    }

    /// <summary>Goes over the nodes of one side once, and over whatever falls below the density on the way.</summary>
    private int[] Sweep(int[] nodes, int offset)
    {
        var kept = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (i % Refreshed == 0)
                _floor = Floor();
            var node = nodes[i];
            var state = offset == 0 ? _standing.Rows[node] : _standing.Columns[node].State;
            if (state >= _floor)
            {
                nodes[kept++] = node;
                continue;
            }
            if (state < 0)
                continue;
            Remove(node + offset);
            while (_waiting > 0)
                Remove(_pending[--_waiting]);
        }
        return nodes.AsSpan(0, kept).ToArray();
    }

    /// <summary>The least whole weight that is not below the density.</summary>
    private int Floor()
    {
        var nodes = _order.Length - Removed;
        return nodes == 0 ? 0 : (int)((_standing.Total + nodes - 1) / nodes);
    }

    private void Remove(int node)
    {
        _order[Removed++] = node;
        if (node < _standing.Rows.Length)
            RemoveRow(node);
        else
            RemoveColumn(node - _standing.Rows.Length);
    }

    private void RemoveRow(int u)
    {
        _standing.Total -= _standing.Rows[u];
        _standing.Rows[u] = Standing.Dead;
        var left = _standing.Rows.Length;
        var below = _floor - 1;
        var waiting = _waiting;
        fixed (int* row = _graph.OfLeft(u), pending = _pending)
        fixed (Column* columns = _standing.Columns)
        {
            var end = row + _graph.LeftDegree(u);
            for (var p = row; p < end; p++)
            {
                var column = columns + *p;
                var now = column->State -= column->Weight;
                // Fallen below the floor by this very edge: then the gap is less than its weight.
                if ((uint)(below - now) < (uint)column->Weight)
                    pending[waiting++] = left + *p;
            }
        }
        _waiting = waiting;
    }

    private void RemoveColumn(int v)
    {
        _standing.Total -= _standing.Columns[v].State;
        _standing.Columns[v].State = Standing.Dead;
        var weight = _standing.Columns[v].Weight;
        var below = _floor - 1;
        var waiting = _waiting;
        fixed (int* column = _graph.OfRight(v), pending = _pending, rows = _standing.Rows)
        {
            var end = column + _graph.RightDegree(v);
            for (var p = column; p < end; p++)
            {
                Prefetch.Of(rows + *(p + Ahead < end ? p + Ahead : p));
                var now = rows[*p] -= weight;
                if ((uint)(below - now) < (uint)weight)
                    pending[waiting++] = *p;
            }
        }
        _waiting = waiting;
    }
}
