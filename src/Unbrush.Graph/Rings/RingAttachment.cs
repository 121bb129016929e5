using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>Which sellers belong with a group, by what each one shares with all the others together.</summary>
/// <remarks>
/// In a thin ring any two sellers share a buyer or two, which is hardly beyond chance; one seller and eleven others share ten, which
/// is. A seller is tested against the others only, so that nobody vouches for itself: the buyers whom it shares with them, against
/// the sum of what chance gives its pairs with them, after allowing for every seller that might have been tested.
/// </remarks>
internal sealed class RingAttachment(BipartiteGraph graph, CategoryNull chance, int[] categories, int[] hits, int cap)
{
    private const int Rounds = 20;
    private const double MinLift = 3;
    private const double RelativeShare = 0.25;
    private readonly int[] _shared = new int[graph.RightCount];
    // Of each buyer, cleared after each use.
    private readonly int[] _hits = hits;
    private readonly List<int> _touched = [];
    private readonly List<int> _candidates = [];
    private readonly CategoryProfile _profile = new(categories);

    /// <summary>The group that the seed's sellers belong to: those which share with the others, found by turns; empty if it falls apart.</summary>
    public int[] Extend(int[] seed)
    {
        var sellers = seed;
        for (var round = 0; round < Rounds; round++)
        {
            var next = Attached(sellers);
            if (next.Length < 3 || next.AsSpan().SequenceEqual(sellers))
                return next.Length < 3 ? [] : next;
            sellers = next;
        }
        return sellers;
    }

    private int[] Attached(int[] sellers)
    {
        _touched.Clear();
        _candidates.Clear();
        _profile.Clear();
        foreach (var s in sellers)
        {
            foreach (var b in graph.OfRight(s))
            {
                if (graph.LeftDegree(b) <= cap && _hits[b]++ == 0)
                    _touched.Add(b);
            }
        }
        foreach (var b in _touched)
        {
            foreach (var s in graph.OfLeft(b))
            {
                _profile.Add(s, 1);
                var within = Array.BinarySearch(sellers, s) >= 0;
                if (_hits[b] - (within ? 1 : 0) > 0 && _shared[s]++ == 0)
                    _candidates.Add(s);
            }
        }
        var own = sellers.Select(s => (double)_shared[s]).Order().ToArray();
        var least = Math.Max(3, RelativeShare * own[own.Length / 2]);
        var bar = -Math.Log(graph.RightCount);
        var attached = _candidates.FindAll(s => _shared[s] >= least && Belongs(s));
        foreach (var s in _candidates)
            _shared[s] = 0;
        foreach (var b in _touched)
            _hits[b] = 0;
        attached.Sort();
        return [.. attached];

        bool Belongs(int seller)
        {
            double byPairs = 0;
            foreach (var s in sellers)
                byPairs += s == seller ? 0 : chance.Expected(s, seller);
            var a = categories[seller];
            var pull = _profile.Pull(a, chance);
            // The customers that only this seller brought in are no test of it.
            var alone = 0.0;
            if (Array.BinarySearch(sellers, seller) >= 0)
            {
                foreach (var b in graph.OfRight(seller))
                {
                    if (_hits[b] != 1)
                        continue;
                    foreach (var c in graph.OfLeft(b))
                        alone += chance.Rate(categories[c], a);
                }
            }
            var byTaste = RingModel.Custom(graph.RightDegree(seller), _shared[seller]) * (pull - alone - _shared[seller] * chance.Rate(a, a)) / chance.Typical;
            var expected = Math.Max(byPairs, byTaste);
            return _shared[seller] >= MinLift * expected && PoissonTail.LogUpper(_shared[seller], expected) < bar;
        }
    }
}
