namespace Unbrush.Graph.Lift;

/// <summary>
/// Counts, for one target after another, how many rows it shares with each more popular target, and names those that reach a
/// threshold. One counter belongs to one thread; it knows targets by rank.
/// </summary>
/// <remarks>
/// The counters are one dense array and are never cleared: each target counts from a base above all earlier counts, and the
/// greater of counter and base takes the step. No branch depends on the data, except where a row ends. O(1) a wedge.
/// </remarks>
internal sealed class WedgeCounter(WedgeRows rows)
{
    private const int Ahead = 24;
    private readonly uint[] _counters = new uint[rows.Degrees.Length];
    private readonly int[] _reached = new int[rows.Degrees.Length + 1];
    private uint _base;
    private uint _span;

    /// <summary>The targets of smaller rank that share at least <paramref name="threshold"/> rows with <paramref name="target"/>.</summary>
    public unsafe ReadOnlySpan<int> Count(int target, int threshold)
    {
        var from = rows.PlaceStarts[target];
        var to = rows.PlaceStarts[target + 1];
        var span = (uint)(to - from);
        if (span > uint.MaxValue - _base - _span)
        {
            Array.Clear(_counters);
            _base = _span = 0;
        }
        _base += _span;
        _span = span;
        if (span < threshold)
            return [];

        var floor = _base;
        var goal = floor + (uint)threshold;
        var all = rows.Places.Length;
        var n = 0;
        int* targets = rows.Targets.First, places = rows.Places.First;
        fixed (int* reached = _reached)
        fixed (uint* counters = _counters)
        {
            for (var e = from; e < to; e++)
            {
                if (e + Ahead < all)
                    Prefetch.Of(targets + places[e + Ahead] - 1);
                var p = targets + places[e];
                int v;
                do
                {
                    v = *--p;
                    var counter = counters + (v & ~WedgeRows.First);
                    var met = Math.Max(*counter, floor) + 1;
                    *counter = met;
                    reached[n] = v & ~WedgeRows.First;
                    n += met == goal ? 1 : 0;
                }
                while (v >= 0);
            }
        }
        return _reached.AsSpan(0, n);
    }

    /// <summary>Rows shared by the last counted target and a smaller one.</summary>
    public int With(int smaller) => (int)(Math.Max(_counters[smaller], _base) - _base);
}
