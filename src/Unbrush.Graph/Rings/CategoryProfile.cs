using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Rings;

/// <summary>What a group of buyers buys, by category, and what that makes them buy elsewhere.</summary>
internal sealed class CategoryProfile
{
    private readonly int[] _categories;
    private readonly double[] _purchases;
    private readonly double[] _pulls;
    private readonly List<int> _seen = [];
    private readonly List<int> _asked = [];
    private bool _sorted;

    public CategoryProfile(int[] categories)
    {
        _categories = categories;
        var count = 0;
        foreach (var c in categories)
            count = Math.Max(count, c + 1);
        _purchases = new double[count];
        _pulls = new double[count];
        Array.Fill(_pulls, -1);
    }

    public void Clear()
    {
        foreach (var c in _seen)
            _purchases[c] = 0;
        foreach (var c in _asked)
            _pulls[c] = -1;
        _seen.Clear();
        _asked.Clear();
        _sorted = false;
    }

    /// <summary>Adds purchases, more than none, at a seller.</summary>
    public void Add(int seller, double purchases)
    {
        var c = _categories[seller];
        if (_purchases[c] == 0)
            _seen.Add(c);
        _purchases[c] += purchases;
    }

    /// <summary>Sum over all purchases of the rate between their category and this one; nothing may be added after it is asked for.</summary>
    public double Pull(int category, CategoryNull chance)
    {
        if (_pulls[category] >= 0)
            return _pulls[category];
        if (!_sorted)
            _seen.Sort();
        _sorted = true;
        double pull = 0;
        foreach (var c in _seen)
            pull += _purchases[c] * chance.Rate(c, category);
        _asked.Add(category);
        return _pulls[category] = pull;
    }
}
