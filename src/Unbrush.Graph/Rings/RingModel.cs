using Unbrush.Graph.Lift;
using Unbrush.Graph.Links;

namespace Unbrush.Graph.Rings;

/// <summary>A buyer or seller of a candidate ring.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Probability">Probability that it belongs; for sellers 1.</param>
/// <param name="Expected">Members of the other side that it would meet by chance.</param>
internal readonly record struct Belonging(int Id, double Probability, double Expected);

/// <summary>A group of sellers grown into a ring, or what is left of it; both sides ascending.</summary>
internal sealed record RingCandidate(Belonging[] Sellers, Belonging[] Buyers)
{
    public int[] SellerIds { get; } = Array.ConvertAll(Sellers, s => s.Id);
}

/// <summary>
/// Sharpens a group of sellers by turns: who are its brushers, given its sellers; which are its sellers, given its brushers.
/// </summary>
/// <remarks>
/// A brusher buys at each seller of the ring with that seller's density; anybody else with the chance that popularity, activity
/// and the rest of the basket give. Both likelihoods are products over the sellers, the prior is the ring's share of all
/// buyers; where times are known, each purchase counts by the ring's tempo, and where buyers share resources, by these. A
/// seller stays if the brushers meet it beyond what their own activity explains — which the popular shops used as camouflage
/// are not — and not much more rarely than its fellows.
/// </remarks>
internal sealed class RingModel(
    BipartiteGraph graph, CategoryNull chance, int[] categories, OrderTimes? times, BuyerTies? ties, int[] hits, RingOptions options)
{
    private const int Rounds = 60;
    private const double RelativeDensity = 0.25;
    private const double MinLift = 3;
    private const double LeastCustom = 1 / 3.0;
    // Of each buyer, cleared after each use.
    private readonly int[] _hits = hits;
    private readonly double[] _met = new double[graph.RightCount];
    private readonly int[] _place = new int[graph.RightCount];
    private readonly double _population = CountActive(graph);
    private readonly List<int> _touched = [];
    private readonly CategoryProfile _profile = new(categories);
    private readonly RingCustom _custom = new(graph, chance, categories);
    // Members of this turn and of the last.
    private readonly List<Belonging> _odd = [];
    private readonly List<Belonging> _even = [];

    /// <summary>Grows a ring from sellers; from the buyers of two or more of them unless others are given.</summary>
    public RingCandidate? Grow(ReadOnlySpan<int> seed, ReadOnlySpan<int> buyers = default)
    {
        var sellers = seed.ToArray();
        Array.Sort(sellers);
        var members = buyers.IsEmpty ? BuyersOfTwo(sellers) : [.. buyers.ToArray().Select(b => new Belonging(b, 1, 0))];
        double size = members.Count;
        Belonging[] chosen = [];
        for (var round = 0; round < Rounds; round++)
        {
            if (members.Count == 0)
                return null;
            chosen = ChooseSellers(sellers, members);
            if (chosen.Length < 3)
                return null;
            var next = Array.ConvertAll(chosen, s => s.Id);
            var same = next.AsSpan().SequenceEqual(sellers);
            sellers = next;
            members = ChooseBuyers(sellers, members);
            double total = 0;
            foreach (var member in members)
                total += member.Probability;
            if (same && Math.Abs(total - size) <= 0.005 * size)
                break;
            size = total;
        }
        var kept = Kept(members);
        return sellers.Length < options.MinSellers || kept.Length < options.MinBuyers ? null : new RingCandidate(chosen, kept);
    }

    /// <summary>The ring of sellers that are settled; ascending.</summary>
    public RingCandidate? Settle(int[] sellers)
    {
        if (sellers.Length < options.MinSellers)
            return null;
        var members = BuyersOfTwo(sellers);
        for (var round = 0; round < Rounds / 4 && members.Count > 0; round++)
            members = ChooseBuyers(sellers, members);
        var kept = Kept(members);
        return kept.Length < options.MinBuyers ? null : new RingCandidate(Array.ConvertAll(sellers, s => new Belonging(s, 1, 0)), kept);
    }

    /// <summary>The sellers that a ring's buyers, now all known, meet beyond chance; ascending.</summary>
    public Belonging[] SellersOf(RingCandidate ring) => ChooseSellers(ring.SellerIds, [.. ring.Buyers]);

    /// <summary>
    /// A seller's genuine custom: what the ring's buyers do not explain, but never less than a share of it all. Without that
    /// floor a whole community of enthusiasts explains itself as a ring: it leaves no custom, so nothing was to be expected.
    /// </summary>
    internal static double Custom(double customers, double members) =>
        Math.Max(customers - members + 0.5, customers * LeastCustom);

    private Belonging[] Kept(List<Belonging> members)
    {
        var kept = new Belonging[members.Count(m => m.Probability >= options.MinMembership)];
        var n = 0;
        foreach (var member in members)
        {
            if (member.Probability >= options.MinMembership)
                kept[n++] = member;
        }
        return kept;
    }

    private List<Belonging> BuyersOfTwo(int[] sellers)
    {
        Touch(sellers);
        var members = _odd;
        members.Clear();
        members.EnsureCapacity(_touched.Count(b => _hits[b] >= 2));
        foreach (var b in _touched)
        {
            if (_hits[b] >= 2)
                members.Add(new Belonging(b, 1, 0));
        }
        Forget();
        return members;
    }

    private Belonging[] ChooseSellers(int[] current, List<Belonging> members)
    {
        _profile.Clear();
        var candidates = _touched;
        candidates.Clear();
        double size = 0, activity = 0;
        foreach (var (b, weight, _) in members)
        {
            size += weight;
            activity += weight * graph.LeftDegree(b);
            foreach (var s in graph.OfLeft(b))
            {
                if (_met[s] == 0)
                    candidates.Add(s);
                _met[s] += weight;
                _profile.Add(s, weight);
            }
        }
        candidates.Sort();

        double density = 0;
        foreach (var s in current)
            density += _met[s] / size;
        density /= current.Length;

        // Prior odds of any one seller: the ring's share of all sellers.
        var bar = Math.Log(Math.Max(2, (double)graph.RightCount / current.Length));
        var chosen = new List<Belonging>();
        foreach (var s in candidates)
        {
            var met = _met[s];
            // Two standard deviations of doubt in favour of a seller met a few times.
            if (met < 1.5 || met + 2 * Math.Sqrt(met) < RelativeDensity * density * size)
                continue;
            var a = categories[s];
            var pull = _profile.Pull(a, chance);
            var others = Custom(graph.RightDegree(s), met);
            // By their interests, or by popularity alone where they buy all over the place.
            var expected = others * Math.Max((pull - met * chance.Rate(a, a)) / chance.Typical, (activity - met) / graph.EdgeCount);
            if (met > MinLift * expected && met * Math.Log(met / expected) - (met - expected) > bar)
                chosen.Add(new Belonging(s, 1, expected));
        }
        foreach (var s in candidates)
            _met[s] = 0;
        return [.. chosen];
    }

    private List<Belonging> ChooseBuyers(int[] sellers, List<Belonging> members)
    {
        for (var i = 0; i < sellers.Length; i++)
            _place[sellers[i]] = i + 1;

        // Each seller's density among the brushers so far, and its genuine custom: what they do not explain.
        double size = 0, purchases = 0;
        var met = new double[sellers.Length];
        var tempo = times is null ? null : Array.ConvertAll(sellers, _ => new double[OrderTimes.Slots]);
        foreach (var (b, weight, _) in members)
        {
            size += weight;
            var row = graph.OfLeft(b);
            for (var k = 0; k < row.Length; k++)
            {
                var at = _place[row[k]] - 1;
                if (at < 0)
                    continue;
                met[at] += weight;
                purchases += weight;
                if (tempo is not null)
                    tempo[at][times!.Slot(graph.LeftStarts[b] + k)] += weight;
            }
        }
        var pace = tempo is null ? null : new RingTempo(times!, sellers, tempo);
        var shared = ties is null ? null : new RingResources(ties, members, _population);
        size += Hidden(purchases / size / sellers.Length, sellers.Length) * size;

        var mean = purchases / sellers.Length / size;
        var logOf = new double[sellers.Length];
        var logNot = new double[sellers.Length];
        double logNone = 0;
        for (var i = 0; i < sellers.Length; i++)
        {
            var density = Math.Clamp((met[i] + mean) / (size + 1), 1e-4, 0.99);
            logOf[i] = Math.Log(density);
            logNot[i] = Math.Log(1 - density);
            logNone += logNot[i];
        }

        _custom.Of(sellers, met);
        var logPrior = Math.Log(Math.Clamp(size / _population, 1e-9, 0.5));
        Touch(sellers);
        var chosen = members == _odd ? _even : _odd;
        chosen.Clear();
        chosen.EnsureCapacity(members.Count);
        foreach (var b in _touched)
        {
            var row = graph.OfLeft(b);
            double bought = 0, absent = logNone, elsewhere = _custom.Anywhere(row), here = 0;
            for (var k = 0; k < row.Length; k++)
            {
                var i = _place[row[k]] - 1;
                if (i < 0)
                    continue;
                var expected = _custom.At(i, row);
                bought += logOf[i] - Math.Log(expected);
                absent -= logNot[i];
                elsewhere -= expected;
                here += expected;
                if (pace is not null)
                    bought += pace.LogRatio(i, times!.Slot(graph.LeftStarts[b] + k));
            }
            elsewhere = Math.Max(0, elsewhere);
            var logOdds = bought + Math.Min(0, absent + elsewhere) + logPrior + (shared?.LogRatio(b) ?? 0);
            var probability = 1 / (1 + Math.Exp(-logOdds));
            if (probability > 0.01)
                chosen.Add(new Belonging(b, probability, here + elsewhere));
        }
        Forget();
        foreach (var s in sellers)
            _place[s] = 0;
        return chosen;
    }

    /// <summary>
    /// Brushers who happened to buy nothing at these sellers, per brusher who did: nobody sees them, but without them a thin
    /// ring looks half as big and twice as dense as it is.
    /// </summary>
    private static double Hidden(double density, int sellers)
    {
        // What is seen is density/(1 − (1 − true)^sellers): solved from above, where the map contracts.
        var actual = density;
        for (var i = 0; i < 200; i++)
            actual = density * (1 - Math.Pow(1 - actual, sellers));
        var none = Math.Pow(1 - actual, sellers);
        return none < 0.9 ? none / (1 - none) : 9;
    }

    /// <summary>Buyers of the sellers, ascending, in <see cref="_touched"/>, with the number of these sellers in <see cref="_hits"/>.</summary>
    private void Touch(int[] sellers)
    {
        _touched.Clear();
        foreach (var s in sellers)
        {
            foreach (var b in graph.OfRight(s))
            {
                if (_hits[b]++ == 0)
                    _touched.Add(b);
            }
        }
        _touched.Sort();
    }

    private void Forget()
    {
        foreach (var b in _touched)
            _hits[b] = 0;
    }

    private static double CountActive(BipartiteGraph graph)
    {
        var active = 0;
        for (var b = 0; b < graph.LeftCount; b++)
            active += graph.LeftDegree(b) > 0 ? 1 : 0;
        return Math.Max(1, active);
    }
}
