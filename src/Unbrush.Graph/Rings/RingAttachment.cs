using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>Which sellers belong with a group, by what each one shares with all the others together.</summary>
/// <remarks>
/// In a thin ring any two sellers share a buyer or two, which is hardly beyond chance; one seller and eleven others share ten, which
/// is. A seller is tested against the others only, so that nobody vouches for itself: the buyers whom it shares with them, against
/// the sum of what chance gives its pairs with them, after allowing for every seller that might have been tested.
/// </remarks>
internal sealed class RingAttachment(BipartiteGraph graph, CategoryNull chance, int[] categories, int cap)
{
    private const int Rounds = 20;
    private const double MinLift = 3;
    private const double RelativeShare = 0.25;
    private readonly int[] _shared = new int[graph.RightCount];
    private readonly int[] _hits = new int[graph.LeftCount];

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
        var touched = new List<int>();
        foreach (var s in sellers)
        {
            foreach (var b in graph.OfRight(s))
            {
                if (graph.LeftDegree(b) <= cap && _hits[b]++ == 0)
                    touched.Add(b);
            }
        }
        var candidates = new List<int>();
        var profile = new SortedDictionary<int, int>();
        foreach (var b in touched)
        {
            foreach (var s in graph.OfLeft(b))
            {
                profile[categories[s]] = profile.GetValueOrDefault(categories[s]) + 1;
                var within = Array.BinarySearch(sellers, s) >= 0;
                if (_hits[b] - (within ? 1 : 0) > 0 && _shared[s]++ == 0)
                    candidates.Add(s);
            }
        }
        var appetite = new Dictionary<int, double>();
        var own = sellers.Select(s => (double)_shared[s]).Order().ToArray();
        var least = Math.Max(3, RelativeShare * own[own.Length / 2]);
        var bar = -Math.Log(graph.RightCount);
        var attached = candidates.FindAll(s => _shared[s] >= least && Belongs(s));
        foreach (var s in candidates)
            _shared[s] = 0;
        foreach (var b in touched)
            _hits[b] = 0;
        attached.Sort();
        return [.. attached];

        bool Belongs(int seller)
        {
            double byPairs = 0;
            foreach (var s in sellers)
                byPairs += s == seller ? 0 : chance.Expected(s, seller);
            var a = categories[seller];
            if (!appetite.TryGetValue(a, out var pull))
            {
                foreach (var (c, purchases) in profile)
                    pull += purchases * chance.Rate(c, a);
                appetite.Add(a, pull);
            }
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
