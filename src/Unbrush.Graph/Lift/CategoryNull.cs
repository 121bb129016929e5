namespace Unbrush.Graph.Lift;

/// <summary>
/// What chance makes of two sellers: the rows (buyers) that would hold both if buyers chose by popularity within the
/// interests that they share with everybody else.
/// </summary>
/// <remarks>
/// E(i, j) = dᵢ·dⱼ·R(A, B)·max(1, aᵢ, aⱼ), where d are degrees, A and B the categories, R(A, B) = T(A, B)/(W(A)·W(B)) the pairs
/// seen between the two categories per pair of purchases, and a how much more the buyers of a seller buy than buyers do on
/// average: whoever buys a lot meets popular shops by chance. T between two different categories is shrunk towards what their
/// sizes alone give; with many categories it is exactly that.
/// </remarks>
internal sealed class CategoryNull
{
    private const int DenseLimit = 2048;
    private const double Shrinkage = 8;

    private readonly WedgeRows _rows;
    private readonly int[] _categories;
    private readonly int _count;
    private readonly long[]? _between;
    private readonly long[] _within;
    private readonly double[] _weight;
    private readonly double[] _offRate;
    private readonly double[] _rate;
    private readonly double[] _eagerness;
    private double _offScale;

    public CategoryNull(WedgeRows rows, int[] categories, int threads)
    {
        _rows = rows;
        _categories = categories;
        foreach (var c in categories)
            _count = Math.Max(_count, c + 1);
        _weight = new double[_count];
        for (var v = 0; v < categories.Length; v++)
            _weight[categories[v]] += rows.Degrees[v];
        _within = new long[_count];
        _between = _count <= DenseLimit ? new long[_count * _count] : null;
        _offRate = new double[_count];
        _rate = _between is null ? [] : new double[_count * _count];
        Tally(threads);

        var typical = rows.Targets.Length == 0 ? 1 : 2.0 * rows.Wedges / rows.Targets.Length;
        _eagerness = new double[categories.Length];
        for (var v = 0; v < categories.Length; v++)
            _eagerness[v] = rows.Degrees[v] == 0 ? 1 : Math.Max(1, rows.Company[v] / (rows.Degrees[v] * typical));
        Typical = typical;
        Refresh();
    }

    /// <summary>Other targets in the row of an average purchase.</summary>
    public double Typical { get; }

    /// <summary>R between two different categories on average.</summary>
    public double OffRate => _offScale;

    /// <summary>Expected rows that hold both, by chance.</summary>
    public double Expected(int i, int j) =>
        (double)_rows.Degrees[i] * _rows.Degrees[j] * Rate(_categories[i], _categories[j]) * Math.Max(_eagerness[i], _eagerness[j]);

    /// <summary>R(A, B).</summary>
    public double Rate(int a, int b)
    {
        if (_between is not null)
            return _rate[a * _count + b];
        return a == b ? _offRate[a] : _offScale;
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
            // Pairs within a category are counted once, so twice over both orders.
            _offRate[a] = _weight[a] > 0 ? 2 * (Math.Max(0, _within[a]) + 0.5) / (_weight[a] * _weight[a]) : 0;
        }
        double offTotal = _rows.Wedges;
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
                    _rate[a * _count + a] = _offRate[a];
                    continue;
                }
                var prior = _offScale * size;
                // A Gamma prior of weight Shrinkage pseudo-pairs, centred on what the sizes alone give.
                var total = prior > 0 ? (Math.Max(0, _between[a * _count + b]) + Shrinkage) / (1 + Shrinkage / prior) : 0;
                _rate[a * _count + b] = size > 0 ? total / size : 0;
            }
        }
    }

    private void Tally(int threads)
    {
        var targets = _rows.Targets;
        // Each thread tallies its own stretch of whole rows; integers add up to the same in any order.
        var bounds = new int[threads + 1];
        bounds[threads] = targets.Length;
        for (var t = 1; t < threads; t++)
        {
            var at = (int)((long)targets.Length * t / threads);
            while (at < targets.Length && targets[at] >= 0)
                at++;
            bounds[t] = Math.Max(at, bounds[t - 1]);
        }
        var tallies = new int[threads][];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
            tallies[t] = _between is null ? TallyWithin(bounds[t], bounds[t + 1]) : TallyAll(bounds[t], bounds[t + 1]));
        if (_between is null)
        {
            foreach (var tally in tallies)
            {
                for (var a = 0; a < _count; a++)
                    _within[a] += tally[a];
            }
            return;
        }
        for (var a = 0; a < _count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                long sum = 0;
                foreach (var tally in tallies)
                    sum += a == b ? tally[a * _count + a] : tally[a * _count + b] + tally[b * _count + a];
                _between[a * _count + b] = _between[b * _count + a] = sum;
            }
            _within[a] = _between[a * _count + a];
        }
    }

    private int[] TallyAll(int from, int to)
    {
        var tally = new int[_count * _count];
        var targets = _rows.Targets;
        Span<int> row = stackalloc int[16];
        for (var p = from; p < to;)
        {
            var n = 0;
            do
            {
                if (n == row.Length)
                    row = Grow(row);
                row[n++] = _categories[targets[p++] & ~WedgeRows.First];
            }
            while (p < to && targets[p] >= 0);
            for (var i = 1; i < n; i++)
            {
                var line = row[i] * _count;
                for (var j = 0; j < i; j++)
                    tally[line + row[j]]++;
            }
        }
        return tally;
    }

    private int[] TallyWithin(int from, int to)
    {
        var tally = new int[_count];
        var targets = _rows.Targets;
        Span<int> row = stackalloc int[16];
        for (var p = from; p < to;)
        {
            var n = 0;
            do
            {
                if (n == row.Length)
                    row = Grow(row);
                row[n++] = _categories[targets[p++] & ~WedgeRows.First];
            }
            while (p < to && targets[p] >= 0);
            for (var i = 1; i < n; i++)
            {
                for (var j = 0; j < i; j++)
                    tally[row[i]] += row[i] == row[j] ? 1 : 0;
            }
        }
        return tally;
    }

    private static Span<int> Grow(Span<int> row)
    {
        var greater = new int[row.Length * 2];
        row.CopyTo(greater);
        return greater;
    }
}
