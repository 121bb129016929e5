namespace Unbrush.Graph.Rings;

/// <summary>When each purchase of the graph was first made, in slots that hold equally many orders each.</summary>
/// <remarks>
/// Slots of equal orders make seasons and sales days vanish: by chance every slot is as likely as any other. One byte a
/// purchase.
/// </remarks>
internal sealed class OrderTimes
{
    public const int Slots = 96;
    private readonly byte[] _slots;
    private readonly BipartiteGraph _graph;
    private readonly Dictionary<int, double[]> _ofSeller = [];

    private OrderTimes(BipartiteGraph graph, byte[] slots)
    {
        _graph = graph;
        _slots = slots;
    }

    public static OrderTimes? Of(BipartiteGraph graph, in RingInput input)
    {
        if (input.Times.IsEmpty || graph.EdgeCount == 0)
            return null;
        var bounds = Bounds(input.Times);
        var slots = new byte[graph.EdgeCount];
        Array.Fill(slots, byte.MaxValue);
        for (var i = 0; i < input.Times.Length; i++)
        {
            var b = input.Buyers[i];
            var at = graph.LeftStarts[b] + graph.OfLeft(b).BinarySearch(input.Sellers[i]);
            var slot = Array.BinarySearch(bounds, input.Times[i]);
            slots[at] = Math.Min(slots[at], (byte)(slot < 0 ? ~slot : slot));
        }
        return new OrderTimes(graph, slots);
    }

    /// <summary>The slot of a purchase, by its place in the graph's left side.</summary>
    public int Slot(int place) => _slots[place];

    /// <summary>Purchases at a seller in each slot.</summary>
    public double[] OfSeller(int seller)
    {
        if (_ofSeller.TryGetValue(seller, out var counts))
            return counts;
        counts = new double[Slots];
        foreach (var b in _graph.OfRight(seller))
            counts[_slots[_graph.LeftStarts[b] + _graph.OfLeft(b).BinarySearch(seller)]]++;
        _ofSeller.Add(seller, counts);
        return counts;
    }

    /// <summary>Upper bounds of the slots but the last.</summary>
    private static long[] Bounds(ReadOnlySpan<long> times)
    {
        using var copy = new OffHeap<long>(times.Length);
        var sorted = copy.Span;
        times.CopyTo(sorted);
        sorted.Sort();
        var bounds = new long[Slots - 1];
        for (var i = 0; i < bounds.Length; i++)
            bounds[i] = sorted[(int)((long)sorted.Length * (i + 1) / Slots)];
        return bounds;
    }
}
