using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Lift;

/// <summary>
/// Pair lift that keeps up with arriving orders: each order touches only the pairs of its seller with the rest of its buyer's
/// basket, and the result is at any time what <see cref="PairLift.Compute(BipartiteGraph, ReadOnlySpan{int}, PairLiftOptions)"/>
/// gives for all orders so far.
/// </summary>
/// <remarks>
/// <para>
/// Counts of two and more are kept; a pair not kept has met once or never, which its customers' lists tell when it matters.
/// Spade (VLDB'23) and RUSH (VLDB'24) keep a peeling order instead.
/// </para>
/// <para>
/// An order costs O(basket) look-ups, and for each pair not yet met twice the shorter list of customers. A buyer who outgrows the
/// cap is taken out once, at O(cap²). Memory beside the graph: 8 bytes a pair met twice or more, 16 to 32 one that is since, and
/// 60 a seller; 8 an edge more while it is built. Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class LiftIndex
{
    private readonly BipartiteGraph _base;
    private readonly int[] _categories;
    private readonly PairLiftOptions _options;
    private readonly double _logMaxP;
    private readonly TailTest _test;
    private readonly Dictionary<int, List<int>> _laterOfBuyer = [];
    private readonly Dictionary<int, List<int>> _laterOfSeller = [];
    private readonly PairCounts _pairs;
    private readonly CategoryTally _tally;
    private readonly int[] _degrees;
    private readonly long[] _company;
    private readonly List<int> _basket = [];
    private readonly List<LiftedPair> _touched = [];
    private CategoryNull _chance;
    private long _wedges;
    private long _entries;
    private int _skipped;

    /// <summary>Indexes a graph.</summary>
    /// <param name="graph">Orders so far; it is kept, not copied.</param>
    /// <param name="categories">Category of each right node, from 0; empty for none.</param>
    /// <param name="options">As for the full computation.</param>
    /// <exception cref="ArgumentException">As many categories as right nodes, or none, are needed.</exception>
    public LiftIndex(BipartiteGraph graph, ReadOnlySpan<int> categories, PairLiftOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        _base = graph;
        _options = options;
        _logMaxP = Math.Log(options.MaxP);
        _test = new TailTest(options.MaxP);
        _categories = PairLift.Labels(graph, categories);
        using var rows = WedgeRows.Of(graph, options.LeftCap, _categories, options.ThreadCount);
        _tally = CategoryTally.Of(rows, _categories, options.ThreadCount);
        _degrees = rows.Degrees;
        _company = rows.Company;
        _wedges = rows.Wedges;
        _entries = rows.Targets.Length;
        _skipped = rows.Skipped;
        _pairs = new PairCounts(rows, 2);
        _chance = Chance();
    }

    /// <summary>Takes in an order and returns the pairs of its seller that it brought to light or made stronger.</summary>
    /// <returns>
    /// Pairs up to the options' p-value against the rates of the last <see cref="Compute"/> (of the construction before the
    /// first), valid until the next call; the q-value is left at one.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the graph's ranges.</exception>
    public IReadOnlyList<LiftedPair> Add(int buyer, int seller)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(buyer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(buyer, _base.LeftCount);
        ArgumentOutOfRangeException.ThrowIfNegative(seller);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(seller, _base.RightCount);
        _touched.Clear();
        FillBasket(buyer);
        if (_basket.Contains(seller))
            return _touched;
        var before = _basket.Count;
        if (before + 1 > _options.LeftCap)
        {
            if (before <= _options.LeftCap)
                TakeOut(buyer);
        }
        else if (before >= 1)
        {
            Meet(buyer, seller, before);
        }
        Later(_laterOfBuyer, buyer).Add(seller);
        Later(_laterOfSeller, seller).Add(buyer);
        return _touched;
    }

    /// <summary>All pairs beyond chance, over all orders so far; the rates are brought up to date.</summary>
    public PairLiftResult Compute()
    {
        _chance = Chance();
        var chance = Chance();
        var promising = new List<LiftedPair>();
        foreach (var (a, b, count) in _pairs.All())
        {
            if (count < _options.Threshold)
                continue;
            var expected = chance.Expected(a, b);
            if (PairLift.Promising(count, expected, _test))
                promising.Add(new LiftedPair(a, b, count, expected, 0, 0));
        }
        return PairLift.Judge([.. promising], chance, _test, _degrees, _wedges, _skipped, _options);
    }

    private void Meet(int buyer, int seller, int before)
    {
        if (before == 1)
        {
            _degrees[_basket[0]]++;
            _entries++;
        }
        _degrees[seller]++;
        _entries++;
        _company[seller] += before;
        _wedges += before;
        foreach (var other in _basket)
        {
            _company[other]++;
            _tally.AddBoth(_categories[seller], _categories[other], 1);
            var met = _pairs.Of(seller, other);
            if (met < 2 && !MetBefore(seller, other, buyer))
                continue;
            ref var count = ref _pairs[seller, other];
            count = Math.Max(met, 1) + 1;
            if (count < _options.Threshold)
                continue;
            var expected = _chance.Expected(seller, other);
            var logP = PoissonTail.LogUpper(count, expected);
            if (logP <= _logMaxP)
                _touched.Add(new LiftedPair(Math.Max(seller, other), Math.Min(seller, other), count, expected, logP, 0));
        }
    }

    /// <summary>A buyer who outgrows the cap makes no pairs any more.</summary>
    private void TakeOut(int buyer)
    {
        _skipped++;
        var n = _basket.Count;
        if (n < 2)
            return;
        _wedges -= (long)n * (n - 1) / 2;
        _entries -= n;
        for (var i = 0; i < n; i++)
        {
            _degrees[_basket[i]]--;
            _company[_basket[i]] -= n - 1;
            for (var j = 0; j < i; j++)
            {
                _tally.AddBoth(_categories[_basket[i]], _categories[_basket[j]], -1);
                if (_pairs.Of(_basket[i], _basket[j]) is var met && met >= 2)
                    _pairs[_basket[i], _basket[j]] = met == 2 ? 0 : met - 1;
            }
        }
    }

    /// <summary>Whether a buyer other than this one, within the cap, has bought at both.</summary>
    private bool MetBefore(int x, int y, int except)
    {
        if (_base.RightDegree(x) > _base.RightDegree(y))
            (x, y) = (y, x);
        var longer = _base.OfRight(y);
        foreach (var b in _base.OfRight(x))
        {
            // Both lists ascend: leap along the longer one.
            var step = 1;
            while (step < longer.Length && longer[step] < b)
                step *= 2;
            longer = longer[Math.Min(step / 2, longer.Length)..];
            var at = longer[..Math.Min(longer.Length, step + 1)].BinarySearch(b);
            if (at >= 0 && b != except && Counts(b))
                return true;
        }
        return MetLater(x, y, except) || MetLater(y, x, except);
    }

    /// <summary>Whether a later customer of one has bought at the other.</summary>
    private bool MetLater(int one, int other, int except)
    {
        if (!_laterOfSeller.TryGetValue(one, out var later))
            return false;
        foreach (var b in later)
        {
            if (b != except && Counts(b) && (_base.OfLeft(b).BinarySearch(other) >= 0 || (_laterOfBuyer.TryGetValue(b, out var more) && more.Contains(other))))
                return true;
        }
        return false;
    }

    private bool Counts(int buyer) =>
        _base.LeftDegree(buyer) + (_laterOfBuyer.TryGetValue(buyer, out var later) ? later.Count : 0) <= _options.LeftCap;

    private void FillBasket(int buyer)
    {
        _basket.Clear();
        foreach (var s in _base.OfLeft(buyer))
            _basket.Add(s);
        if (_laterOfBuyer.TryGetValue(buyer, out var later))
            _basket.AddRange(later);
    }

    private CategoryNull Chance() => CategoryNull.Of(_categories, _degrees, _company, _wedges, _entries, _tally.Copy());

    private static List<int> Later(Dictionary<int, List<int>> lists, int key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
