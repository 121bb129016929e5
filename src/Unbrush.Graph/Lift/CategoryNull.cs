namespace Unbrush.Graph.Lift;

/// <summary>
/// What chance makes of two sellers: the rows (buyers) that would hold both if buyers chose by popularity within the
/// interests that they share with everybody else.
/// </summary>
/// <remarks>
/// E(i, j) = dᵢ·dⱼ·R(A, B)·max(1, aᵢ, aⱼ), where d are degrees, A and B the categories, R(A, B) = T(A, B)/(W(A)·W(B)) the pairs
/// seen between the two categories per pair of purchases at two sellers (within one, of W² less the squares of its degrees), and a how
/// much more the buyers of a seller buy than buyers do on average: whoever buys a lot meets popular shops by chance. T between two
/// different categories is shrunk towards what their sizes alone give; with many categories it is exactly that.
/// </remarks>
internal sealed class CategoryNull
{
    private const double Shrinkage = 8;

    private readonly int[] _categories;
    private readonly int _count;
    private readonly int[] _degrees;
    private readonly double[] _eagerness;
    private readonly double[] _weight;
    // Of each category: twice the pairs of purchases at two of its sellers.
    private readonly double[] _room;
    private readonly long[]? _between;
    private readonly long[] _within;
    private readonly long _wedges;
    private readonly double[] _withinRate;
    private readonly double[] _rate;
    private double _offScale;

    private CategoryNull(int[] categories, int[] degrees, long[] company, long wedges, long entries, CategoryTally tally)
    {
        _categories = categories;
        _count = tally.Count;
        _degrees = degrees;
        _wedges = wedges;
        _within = tally.Within;
        _between = tally.Between;
        _weight = new double[_count];
        _room = new double[_count];
        for (var v = 0; v < categories.Length; v++)
        {
            _weight[categories[v]] += degrees[v];
            _room[categories[v]] -= (double)degrees[v] * degrees[v];
        }
        for (var a = 0; a < _count; a++)
            _room[a] += _weight[a] * _weight[a];
        _withinRate = new double[_count];
        _rate = _between is null ? [] : new double[_count * _count];
        Typical = entries == 0 ? 1 : 2.0 * wedges / entries;
        _eagerness = new double[categories.Length];
        for (var v = 0; v < categories.Length; v++)
            _eagerness[v] = degrees[v] == 0 ? 1 : Math.Max(1, company[v] / (degrees[v] * Typical));
        Refresh();
    }

    public static CategoryNull Of(WedgeRows rows, int[] categories, int threads) =>
        new(categories, rows.Degrees, rows.Company, rows.Wedges, rows.Targets.Length, CategoryTally.Of(rows, categories, threads));

    // The tally is trimmed here: who counts on gives a copy.
    public static CategoryNull Of(int[] categories, int[] degrees, long[] company, long wedges, long entries, CategoryTally tally) =>
        new(categories, degrees, company, wedges, entries, tally);

    public int CategoryCount => _count;

    /// <summary>Other targets in the row of an average purchase.</summary>
    public double Typical { get; }

    /// <summary>R between two different categories on average.</summary>
    public double OffRate => _offScale;

    /// <summary>Expected rows that hold both, by chance.</summary>
    public double Expected(int i, int j) => Expected(TraitsOf(i), TraitsOf(j));

    /// <inheritdoc cref="Expected(int, int)"/>
    public double Expected(in Traits i, in Traits j) =>
        i.Degree * j.Degree * Rate(i.Category, j.Category) * Math.Max(i.Eagerness, j.Eagerness);

    /// <summary>All that is asked about sellers, side by side, in the order given.</summary>
    public Traits[] TraitsOf(int[] ids) => Array.ConvertAll(ids, TraitsOf);

    private Traits TraitsOf(int i) => new(_degrees[i], _eagerness[i], _categories[i]);

    /// <summary>What makes a seller be met by chance.</summary>
    public readonly record struct Traits(double Degree, double Eagerness, int Category);

    /// <summary>R(A, B).</summary>
    public double Rate(int a, int b)
    {
        if (_between is not null)
            return _rate[a * _count + b];
        return a == b ? _withinRate[a] : _offScale;
    }

    /// <summary>Takes pairs beyond chance out of the totals, so that rings do not raise what is expected of them.</summary>
    public void Trim(int i, int j, double excess)
    {
        var (a, b) = (_categories[i], _categories[j]);
        var taken = (long)excess;
        if (a == b)
        {
            _within[a] -= taken;
            return;
        }
        if (_between is null)
            return;
        _between[a * _count + b] -= taken;
        _between[b * _count + a] -= taken;
    }

    /// <summary>Recomputes the rates after trimming.</summary>
    public void Refresh()
    {
        double withinTotal = 0, squares = 0, weights = 0;
        for (var a = 0; a < _count; a++)
        {
            withinTotal += Math.Max(0, _within[a]);
            weights += _weight[a];
            squares += _weight[a] * _weight[a];
            // Pairs within a category are counted once, so twice over both orders; no seller meets itself, and a giant leaves little room.
            _withinRate[a] = _weight[a] > 0 ? 2 * (Math.Max(0, _within[a]) + 0.5) / (_room[a] > 0 ? _room[a] : _weight[a] * _weight[a]) : 0;
        }
        double offTotal = _wedges;
        foreach (var t in _within)
            offTotal -= t;
        _offScale = weights * weights > squares ? 2 * Math.Max(0, offTotal) / (weights * weights - squares) : 0;
        if (_between is null)
            return;
        for (var a = 0; a < _count; a++)
        {
            for (var b = 0; b < _count; b++)
            {
                var size = _weight[a] * _weight[b];
                if (a == b)
                {
                    _rate[a * _count + a] = _withinRate[a];
                    continue;
                }
                var prior = _offScale * size;
                // A Gamma prior of weight Shrinkage pseudo-pairs, centred on what the sizes alone give.
                var total = prior > 0 ? (Math.Max(0, _between[a * _count + b]) + Shrinkage) / (1 + Shrinkage / prior) : 0;
                _rate[a * _count + b] = size > 0 ? total / size : 0;
            }
        }
    }
}
