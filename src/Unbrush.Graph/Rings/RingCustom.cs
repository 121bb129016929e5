using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Rings;

/// <summary>What a buyer would buy at a ring's sellers by chance, given the rest of its basket and these sellers' genuine custom.</summary>
internal sealed class RingCustom(BipartiteGraph graph, CategoryNull chance, int[] categories)
{
    private readonly double[] _pulls = new double[chance.CategoryCount];
    private int[] _sellers = [];
    private double[] _custom = [];

    /// <summary>Turns to a ring.</summary>
    /// <param name="sellers">The ring's sellers, ascending.</param>
    /// <param name="met">Members that bought at each of them.</param>
    public void Of(int[] sellers, double[] met)
    {
        Array.Fill(_pulls, -1);
        _sellers = sellers;
        if (_custom.Length < sellers.Length)
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
            ref var pull = ref _pulls[categories[c]];
            if (pull < 0)
            {
                pull = 0;
                for (var i = 0; i < _sellers.Length; i++)
                    pull += _custom[i] * chance.Rate(categories[c], categories[_sellers[i]]);
            }
            sum += pull;
        }
        return sum;
    }

    /// <summary>Purchases at one of the sellers that the rest of the basket leads one to expect.</summary>
    public double At(int seller, ReadOnlySpan<int> basket)
    {
        // One purchase anywhere besides, so that an empty basket expects something.
        var pull = chance.OffRate;
        foreach (var c in basket)
            pull += c == _sellers[seller] ? 0 : chance.Rate(categories[c], categories[_sellers[seller]]);
        return Math.Min(_custom[seller] * pull, 0.99);
    }
}
