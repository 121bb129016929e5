namespace Unbrush.Graph.Lift;

/// <summary>Counts of pairs, open-addressed; 12 bytes a slot, at most three quarters full.</summary>
internal sealed class PairTable
{
    private ulong[] _keys = new ulong[1024];
    private int[] _counts = new int[1024];
    private int _used;

    /// <summary>The count of a pair, to read or to change; entered as zero where it is new.</summary>
    public ref int this[int a, int b]
    {
        get
        {
            if ((_used + 1) * 4L > _keys.Length * 3L)
                Grow();
            var at = Find(_keys, Key(a, b));
            if (_keys[at] == 0)
            {
                _keys[at] = Key(a, b);
                _used++;
            }
            return ref _counts[at];
        }
    }

    /// <summary>The count of a pair, zero where it was never entered.</summary>
    public int Of(int a, int b)
    {
        var at = Find(_keys, Key(a, b));
        return _keys[at] == 0 ? 0 : _counts[at];
    }

    /// <summary>All pairs with a count, in no order.</summary>
    public IEnumerable<(int A, int B, int Count)> All()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0 && _counts[i] != 0)
                yield return ((int)(_keys[i] >> 32), (int)(uint)(_keys[i] - 1), _counts[i]);
        }
    }

    // The greater id first; one more, so that no key is zero.
    private static ulong Key(int a, int b) => ((ulong)(uint)Math.Max(a, b) << 32 | (uint)Math.Min(a, b)) + 1;

    private static int Find(ulong[] keys, ulong key)
    {
        var mask = keys.Length - 1;
        var at = (int)((key * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (keys[at] != 0 && keys[at] != key)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.Length * 2];
        var counts = new int[keys.Length];
        _used = 0;
        for (var i = 0; i < _keys.Length; i++)
        {
            // A pair whose count fell back to zero is forgotten here.
            if (_keys[i] == 0 || _counts[i] == 0)
                continue;
            var at = Find(keys, _keys[i]);
            (keys[at], counts[at]) = (_keys[i], _counts[i]);
            _used++;
        }
        (_keys, _counts) = (keys, counts);
    }
}
