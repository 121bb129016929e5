using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>Pairs of sellers bought together within one window of time, against chance that knows when each seller sells.</summary>
/// <remarks>
/// A row is a buyer within a window. Two sellers whose sales fall into the same days (one live stream, one holiday) meet more
/// often by chance, by Σ fᵢ(w)·fⱼ(w)·T(w)/(T·F(w)²) over the windows w, where f are a seller's and F all rows' shares, T(w)
/// the co-purchases; expectations are raised by it.
/// </remarks>
internal static class WindowedPairs
{
    private const int DefaultWindows = 12;
    private const int MostWindows = 60_000;

    /// <summary>Groups of sellers that may be rings, by the pairs within windows.</summary>
    public static List<int[]> Seeds(in RingInput input, BipartiteGraph graph, int[] categories, PairLiftOptions lift, long window)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var t in input.Times)
        {
            first = Math.Min(first, t);
            last = Math.Max(last, t);
        }
        var span = (ulong)(last - first);
        var width = (ulong)Math.Max(1, window > 0 ? window : (long)(span / DefaultWindows) + 1);
        width = Math.Max(width, span / MostWindows + 1);

        var (rowOf, sellers, windows) = Rows(input, graph.LeftCount, first, width);
        var windowed = BipartiteGraph.FromEdges(rowOf, sellers, windows.Length, graph.RightCount);
        using var rows = WedgeRows.Of(windowed, lift.LeftCap, categories, lift.ThreadCount);
        var pairs = PairLift.Compute(rows, categories, lift).Pairs;
        return RingSeeds.Find(Burst(pairs, windowed, windows, rows, Math.Log(lift.MaxP)), rows);
    }

    /// <summary>
    /// A row for each buyer and window with several orders, which few have: the row and the seller of each of these orders, and the
    /// window of each row.
    /// </summary>
    private static (int[] RowOf, int[] Sellers, ushort[] Windows) Rows(in RingInput input, int buyers, long first, ulong width)
    {
        using var ends = OffHeap<int>.Zeros(buyers + 1);
        using var byBuyer = new OffHeap<int>(input.Buyers.Length);
        Span<int> to = ends.Span, orders = byBuyer.Span;
        foreach (var b in input.Buyers)
            to[b + 1]++;
        for (var b = 0; b < buyers; b++)
            to[b + 1] += to[b];
        for (var i = 0; i < orders.Length; i++)
            orders[to[input.Buyers[i]]++] = i;
        // The cursors now stand at the ends; each buyer's orders are brought into the order of their windows, and those to keep are counted.
        int kept = 0, rows = 0, from = 0;
        Span<long> keys = stackalloc long[64];
        for (var b = 0; b < buyers; b++)
        {
            var mine = orders[from..to[b]];
            from = to[b];
            if (mine.Length > keys.Length)
                keys = new long[mine.Length * 2];
            for (var k = 0; k < mine.Length; k++)
                keys[k] = (long)WindowOf(input, mine[k], first, width) << 32 | (uint)mine[k];
            var sorted = keys[..mine.Length];
            sorted.Sort();
            for (var k = 0; k < mine.Length; k++)
                mine[k] = (int)sorted[k];
            for (var k = 0; k < mine.Length;)
            {
                var n = Run(input, mine[k..], first, width);
                kept += n >= 2 ? n : 0;
                rows += n >= 2 ? 1 : 0;
                k += n;
            }
        }
        var rowOf = new int[kept];
        var sellers = new int[kept];
        var windows = new ushort[rows];
        (kept, rows, from) = (0, 0, 0);
        for (var b = 0; b < buyers; b++)
        {
            var mine = orders[from..to[b]];
            from = to[b];
            for (int k = 0, n; k < mine.Length; k += n)
            {
                n = Run(input, mine[k..], first, width);
                if (n < 2)
                    continue;
                windows[rows] = (ushort)WindowOf(input, mine[k], first, width);
                foreach (var i in mine.Slice(k, n))
                    (rowOf[kept], sellers[kept++]) = (rows, input.Sellers[i]);
                rows++;
            }
        }
        return (rowOf, sellers, windows);
    }

    /// <summary>How many of a buyer's orders, from the first on, fall into its window.</summary>
    private static int Run(in RingInput input, ReadOnlySpan<int> orders, long first, ulong width)
    {
        var window = WindowOf(input, orders[0], first, width);
        var n = 1;
        while (n < orders.Length && WindowOf(input, orders[n], first, width) == window)
            n++;
        return n;
    }

    private static ulong WindowOf(in RingInput input, int order, long first, ulong width) => (ulong)(input.Times[order] - first) / width;

    private static LiftedPair[] Burst(LiftedPair[] pairs, BipartiteGraph graph, ushort[] windows, WedgeRows rows, double logMaxP)
    {
        var count = 0;
        foreach (var w in windows)
            count = Math.Max(count, w + 1);
        var entries = new double[count];
        var wedges = new double[count];
        for (var r = 0; r < windows.Length; r++)
        {
            double d = graph.LeftDegree(r);
            if (d < 2)
                continue;
            entries[windows[r]] += d;
            wedges[windows[r]] += d * (d - 1) / 2;
        }
        var allEntries = entries.Sum();
        var allWedges = wedges.Sum();
        var heat = new double[count];
        for (var w = 0; w < count; w++)
            heat[w] = entries[w] > 0 ? wedges[w] / allWedges / (entries[w] / allEntries * (entries[w] / allEntries)) : 0;

        var shares = new Dictionary<int, double[]>();
        var kept = new List<LiftedPair>();
        foreach (var pair in pairs)
        {
            var x = Shares(pair.A);
            var y = Shares(pair.B);
            double factor = 0;
            for (var w = 0; w < count; w++)
                factor += x[w] * y[w] * heat[w];
            var expected = pair.Expected * Math.Max(1, factor);
            var logP = PoissonTail.LogUpper(pair.Count, expected);
            if (logP <= logMaxP)
                kept.Add(pair with { Expected = expected, LogP = logP });
        }
        return [.. kept];

        double[] Shares(int seller)
        {
            if (shares.TryGetValue(seller, out var mine))
                return mine;
            mine = new double[count];
            foreach (var r in graph.OfRight(seller))
                mine[windows[r]] += graph.LeftDegree(r) >= 2 ? 1.0 / Math.Max(1, rows.Degrees[seller]) : 0;
            shares.Add(seller, mine);
            return mine;
        }
    }
}
