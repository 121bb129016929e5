namespace Unbrush.Graph.Rings;

/// <summary>The customers of some sellers, ascending, each with the places of those it bought at among them.</summary>
internal sealed class Baskets
{
    private readonly int[] _buyers;
    private readonly int[] _ends;
    private readonly int[] _places;

    public Baskets(BipartiteGraph graph, int[] sellers)
    {
        var n = 0;
        foreach (var s in sellers)
            n += graph.RightDegree(s);
        // The buyer in the high half, the place in the low one.
        var bought = new long[n];
        n = 0;
        for (var i = 0; i < sellers.Length; i++)
        {
            foreach (var b in graph.OfRight(sellers[i]))
                bought[n++] = (long)b << 32 | (uint)i;
        }
        Array.Sort(bought);
        _places = Array.ConvertAll(bought, p => (int)p);
        var customers = 0;
        for (var p = 0; p < n; p++)
            customers += IsLast(p) ? 1 : 0;
        _buyers = new int[customers];
        _ends = new int[customers];
        customers = 0;
        for (var p = 0; p < n; p++)
        {
            if (IsLast(p))
                (_buyers[customers], _ends[customers++]) = ((int)(bought[p] >> 32), p + 1);
        }

        bool IsLast(int p) => p + 1 == bought.Length || bought[p] >> 32 != bought[p + 1] >> 32;
    }

    /// <summary>Customers who bought at so many or more of the sellers.</summary>
    public int Meeting(int least)
    {
        var meeting = 0;
        foreach (var (_, basket) in this)
            meeting += basket.Length >= least ? 1 : 0;
        return meeting;
    }

    /// <summary>Customers who bought at two or more of the sellers held.</summary>
    public int Meeting(bool[] held)
    {
        var meeting = 0;
        foreach (var (_, basket) in this)
        {
            var met = 0;
            foreach (var i in basket)
                met += held[i] ? 1 : 0;
            meeting += met >= 2 ? 1 : 0;
        }
        return meeting;
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>One customer and its places.</summary>
    public readonly ref struct Basket
    {
        public required int Buyer { get; init; }

        public required ReadOnlySpan<int> Places { get; init; }

        public void Deconstruct(out int buyer, out ReadOnlySpan<int> places)
        {
            buyer = Buyer;
            places = Places;
        }
    }

    public struct Enumerator(Baskets baskets)
    {
        private int _at = -1;

        public readonly Basket Current
        {
            get
            {
                var from = _at == 0 ? 0 : baskets._ends[_at - 1];
                return new Basket { Buyer = baskets._buyers[_at], Places = baskets._places.AsSpan(from, baskets._ends[_at] - from) };
            }
        }

        public bool MoveNext() => ++_at < baskets._buyers.Length;
    }
}
