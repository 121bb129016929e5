using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Rings;

/// <summary>What a buyer would buy at a ring's sellers by chance, given the rest of its basket and these sellers' genuine custom.</summary>
internal sealed class RingCustom
{
    private readonly CategoryNull _chance;
    private readonly int[] _categories;
    private readonly int[] _sellers;
    private readonly double[] _custom;
    private readonly Dictionary<int, double> _pulls = [];

    /// <param name="graph">All purchases.</param>
    /// <param name="chance">What chance makes of two sellers.</param>
    /// <param name="categories">Category of each seller.</param>
    /// <param name="sellers">The ring's sellers, ascending.</param>
    /// <param name="met">Members that bought at each of them.</param>
    public RingCustom(BipartiteGraph graph, CategoryNull chance, int[] categories, int[] sellers, double[] met)
    {
        _chance = chance;
        _categories = categories;
        _sellers = sellers;
        _custom = new double[sellers.Length];
        for (var i = 0; i < sellers.Length; i++)
            _custom[i] = RingModel.Custom(graph.RightDegree(sellers[i]), met[i]) / chance.Typical;
    }

    /// <summary>Purchases at all of the ring's sellers that the basket leads one to expect, each of its own purchases there included.</summary>
    public double Anywhere(ReadOnlySpan<int> basket)
    {
        double sum = 0;
        foreach (var c in basket)
        {
            if (!_pulls.TryGetValue(_categories[c], out var pull))
            {
                for (var i = 0; i < _sellers.Length; i++)
                    pull += _custom[i] * _chance.Rate(_categories[c], _categories[_sellers[i]]);
                _pulls.Add(_categories[c], pull);
            }
            sum += pull;
        }
        return sum;
    }

    /// <summary>Purchases at one of the sellers that the rest of the basket leads one to expect.</summary>
    public double At(int seller, ReadOnlySpan<int> basket)
    {
        // One purchase anywhere besides, so that an empty basket expects something.
        var pull = _chance.OffRate;
        foreach (var c in basket)
            pull += c == _sellers[seller] ? 0 : _chance.Rate(_categories[c], _categories[_sellers[seller]]);
        return Math.Min(_custom[seller] * pull, 0.99);
    }
}
