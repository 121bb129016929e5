namespace Unbrush.Graph.Lift;

/// <summary>
/// Counts of pairs: those of the start in one sorted list a seller, 8 bytes a pair, and those that are new since in a hash table.
/// </summary>
/// <remarks>A look-up is a binary search in the list of the pair's less popular seller, then a probe of the table.</remarks>
internal sealed class PairCounts
{
    private readonly int[] _ranks;
    private readonly Met[][] _start;
    private readonly PairTable _since = new();

    /// <summary>Counts all pairs met at least <paramref name="threshold"/> times.</summary>
    public PairCounts(WedgeRows rows, int threshold)
    {
        _ranks = new int[rows.Ids.Length];
        _start = new Met[rows.Ids.Length][];
        var counter = new WedgeCounter(rows);
        for (var rank = 0; rank < rows.Ids.Length; rank++)
        {
            var others = counter.Count(rank, threshold);
            var list = others.IsEmpty ? [] : new Met[others.Length];
            for (var i = 0; i < list.Length; i++)
                list[i] = new Met { Other = rows.Ids[others[i]], Count = counter.With(others[i]) };
            Array.Sort(list, static (x, y) => x.Other.CompareTo(y.Other));
            _ranks[rows.Ids[rank]] = rank;
            _start[rows.Ids[rank]] = list;
        }
    }

    /// <summary>The count of a pair, to read or to change; entered as zero where it is new.</summary>
    public ref int this[int a, int b]
    {
        get
        {
            ref var known = ref Known(a, b);
            return ref System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known) ? ref _since[a, b] : ref known;
        }
    }

    /// <summary>The count of a pair, zero where it was never entered.</summary>
    public int Of(int a, int b)
    {
        ref var known = ref Known(a, b);
        return System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known) ? _since.Of(a, b) : known;
    }

    /// <summary>All pairs with a count, the greater id first, in no order.</summary>
    public IEnumerable<(int A, int B, int Count)> All()
    {
        for (var a = 0; a < _start.Length; a++)
        {
            foreach (var met in _start[a])
            {
                if (met.Count != 0)
                    yield return (Math.Max(a, met.Other), Math.Min(a, met.Other), met.Count);
            }
        }
        foreach (var pair in _since.All())
            yield return pair;
    }

    private ref int Known(int a, int b)
    {
        if (_ranks[a] < _ranks[b])
            (a, b) = (b, a);
        var list = _start[a];
        int from = 0, to = list.Length;
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (list[middle].Other < b)
                from = middle + 1;
            else
                to = middle;
        }
        return ref from < list.Length && list[from].Other == b ? ref list[from].Count : ref System.Runtime.CompilerServices.Unsafe.NullRef<int>();
    }

    private struct Met
    {
        public int Other;
        public int Count;
    }
}
