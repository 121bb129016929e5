using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>What there is to say for a ring.</summary>
/// <param name="Certificate">Its figures.</param>
/// <param name="Holds">Whether it meets several times as often as chance gives at the most.</param>
/// <param name="Carried">The sellers that carry the proof, ascending; empty where there is none.</param>
internal readonly record struct RingProof(RingCertificate Certificate, bool Holds, int[] Carried);

/// <summary>Tests a ring as a whole: buyers who bought at two or more of its sellers, against chance.</summary>
/// <remarks>
/// Buyers are independent of each other, their co-purchases are not, so buyers are counted. Chance comes from the sellers'
/// genuine custom (what the ring's buyers do not explain) and is bounded from above by the expected co-purchases. The p-value
/// pays for every set of as many sellers that might have been picked instead (a union bound), and is taken at the subset of
/// the ring that proves most; that bound holds for all sets of all sizes at once, at the price of one more factor, the number
/// of sizes. The p-value is taken at the most that chance may give, a category's own custom being understated where a ring
/// took it for its members; what is expected of a ring that stands leaves its members out.
/// </remarks>
internal sealed class RingCertifier(BipartiteGraph graph, CategoryNull chance, int[] categories)
{
    private const double MinLift = 3;

    /// <summary>
    /// Least share of a shop's customers who are its custom where it is compared with shops of its own category: all of a category's
    /// customers meet there, and if they were all taken for a ring's, a smaller share would leave a third of the meetings expected, and
    /// every busy category would be a ring.
    /// </summary>
    private const double LeastFans = 0.6;

    private const double Caution = 1.5;
    private const int MinDeep = 5;
    private const double MostOfRing = 0.5;
    private const double BusynessPrior = 5;
    private const double MostOfCategory = 1 / 3.0;

    /// <summary>What there is to say for a ring.</summary>
    public RingProof Certify(RingCandidate ring)
    {
        var sellers = ring.SellerIds;
        var k = sellers.Length;
        var custom = new double[k];
        var fans = new double[k];
        var eagerness = new double[k];
        var members = Array.ConvertAll(ring.Buyers, b => b.Id);
        var company = new long[k];
        var baskets = new Baskets(graph, sellers);
        long pairs = 0;
        foreach (var (b, basket) in baskets)
        {
            pairs += (long)basket.Length * (basket.Length - 1) / 2;
            // Who bought once is custom here, whatever else speaks against him: he shows no meeting.
            if (basket.Length >= 2 && Array.BinarySearch(members, b) >= 0)
                continue;
            foreach (var i in basket)
            {
                custom[i]++;
                company[i] += graph.LeftDegree(b) - 1;
            }
        }
        for (var i = 0; i < k; i++)
        {
            eagerness[i] = Math.Max(1, company[i] / (Math.Max(1, custom[i]) * chance.Typical));
            fans[i] = Math.Max(custom[i], LeastFans * graph.RightDegree(sellers[i]));
            custom[i] = RingModel.Custom(graph.RightDegree(sellers[i]), graph.RightDegree(sellers[i]) - custom[i]);
        }

        var busyness = Busyness(sellers, baskets);
        var expected = new double[k, k];
        var total = new double[k];
        double all = 0, byChance = 0;
        for (var i = 1; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var alike = categories[sellers[i]] == categories[sellers[j]];
                var rate = chance.Rate(categories[sellers[i]], categories[sellers[j]]) * Math.Max(eagerness[i], eagerness[j]);
                var e = rate * (alike ? fans[i] * fans[j] * busyness[categories[sellers[i]]] : custom[i] * custom[j]);
                byChance += rate * custom[i] * custom[j];
                expected[i, j] = expected[j, i] = e;
                total[i] += e;
                total[j] += e;
                all += e;
            }
        }

        var held = new bool[k];
        Array.Fill(held, true);
        var many = baskets.Meeting(held);
        var best = 0.0;
        var left = all;
        int[] carried = [];
        for (var size = k; size >= Math.Max(4, k / 2); size--)
        {
            var observed = baskets.Meeting(held);
            if (observed >= MinLift * left && PoissonTail.LogUpper(observed, left) + LogChoices(size) is var logOf && logOf < best)
                (best, carried) = (logOf, Array.FindAll(sellers, s => held[Array.IndexOf(sellers, s)]));
            // Drop the seller that chance favours most.
            var worst = -1;
            for (var i = 0; i < k; i++)
            {
                if (held[i] && (worst < 0 || total[i] > total[worst]))
                    worst = i;
            }
            held[worst] = false;
            left = 0;
            for (var i = 1; i < k; i++)
            {
                for (var j = 0; j < i; j++)
                    left += held[i] && held[j] ? expected[i, j] : 0;
                total[i] -= expected[i, worst];
            }
            total[0] -= expected[0, worst];
        }
        var logP = Math.Min(0, best + Math.Log(Math.Max(1, k - 2)));
        var certificate = new RingCertificate(many, byChance, logP, 0, pairs, byChance);
        if (logP < 0 && many >= MinLift * all)
            return new RingProof(certificate, true, carried);
        return Deep(sellers, custom, all, baskets) is { } deep
            ? new RingProof(deep with { CoPurchases = pairs, ExpectedCoPurchases = byChance }, true, sellers)
            : new RingProof(certificate, false, carried);
    }

    /// <summary>
    /// The proof in a market of few sellers, where a busy buyer comes to two of a dozen by chance: buyers at four, six or eight of them.
    /// Chance is a Poisson law for each buyer by how much it buys, with half as much again as the sellers' custom and their pairs by chance
    /// make it. A ring of mostly one category is not tried: there tastes differ from buyer to buyer by more than that.
    /// </summary>
    private RingCertificate? Deep(int[] sellers, double[] custom, double pairs, Baskets baskets)
    {
        if (sellers.GroupBy(s => categories[s]).Max(g => g.Count()) > MostOfRing * sellers.Length)
            return null;
        double entries = 0, theirs = 0, squares = 0;
        for (var s = 0; s < categories.Length; s++)
            entries += graph.RightDegree(s);
        foreach (var c in custom)
        {
            theirs += c;
            squares += c * c;
        }

        var apart = chance.OffRate * (theirs * theirs - squares) / 2;
        var gain = Caution * Math.Sqrt(Math.Max(1, apart > 0 ? pairs / apart : 1));
        var share = Math.Min(1, gain * theirs / Math.Max(1, entries));
        var degrees = new SortedDictionary<int, int>();
        for (var b = 0; b < graph.LeftCount; b++)
        {
            var d = graph.LeftDegree(b);
            degrees[d] = degrees.GetValueOrDefault(d) + 1;
        }

        RingCertificate? best = null;
        foreach (var least in (int[])[4, 6, 8])
        {
            if (least > sellers.Length * 2 / 3)
                break;
            var expected = 0.0;
            foreach (var (d, buyers) in degrees)
                expected += d < least ? 0 : buyers * Math.Exp(PoissonTail.LogUpper(least, d * share));
            var observed = baskets.Meeting(least);
            var logP = PoissonTail.LogUpper(observed, expected) + LogChoices(sellers.Length) + Math.Log(3);
            if (observed >= MinDeep && observed >= MinLift * expected && logP < Math.Min(0, best?.LogP ?? 0))
                best = new RingCertificate(observed, expected, logP, 0, 0, 0) { Least = least };
        }

        return best;
    }

    /// <summary>
    /// For each category, how much more its customers buy at a ring's sellers and at the others no greater than these than the category
    /// as a whole would have it; 1 at least.
    /// </summary>
    /// <remarks>
    /// Where baskets are full, the few great shops of a category hold one purchase of nearly everybody and cannot be met more often; its small
    /// shops then meet more than the category's average has it, with no ring among them. The ring's own meetings do not count, unless it is
    /// a third of its category: then it is that category, and its meetings are what that category's customers like.
    /// </remarks>
    private Dictionary<int, double> Busyness(int[] sellers, Baskets baskets)
    {
        var greatest = new Dictionary<int, int>();
        var own = new Dictionary<int, double>();
        var squares = new Dictionary<int, double>();
        foreach (var s in sellers)
        {
            var a = categories[s];
            greatest[a] = Math.Max(greatest.GetValueOrDefault(a), graph.RightDegree(s));
            own[a] = own.GetValueOrDefault(a) + graph.RightDegree(s);
            squares[a] = squares.GetValueOrDefault(a) + (double)graph.RightDegree(s) * graph.RightDegree(s);
        }
        var others = greatest.Keys.ToDictionary(a => a, _ => 0.0);
        for (var s = 0; s < categories.Length; s++)
        {
            if (greatest.TryGetValue(categories[s], out var most) && graph.RightDegree(s) <= most && Array.BinarySearch(sellers, s) < 0)
                others[categories[s]] += graph.RightDegree(s);
        }
        var met = greatest.Keys.ToDictionary(a => a, _ => 0L);
        var inside = greatest.Keys.ToDictionary(a => a, _ => 0L);
        var mine = new Dictionary<int, int>();
        foreach (var (b, _) in baskets)
        {
            mine.Clear();
            var row = graph.OfLeft(b);
            foreach (var s in row)
            {
                if (Array.BinarySearch(sellers, s) >= 0)
                    mine[categories[s]] = mine.GetValueOrDefault(categories[s]) + 1;
            }
            foreach (var (a, n) in mine)
                inside[a] += (long)n * (n - 1) / 2;
            foreach (var s in row)
            {
                if (mine.TryGetValue(categories[s], out var within) && graph.RightDegree(s) <= greatest[categories[s]] && Array.BinarySearch(sellers, s) < 0)
                    met[categories[s]] += within;
            }
        }
        return greatest.Keys.ToDictionary(a => a, a =>
        {
            var byChance = own[a] * others[a] * chance.Rate(a, a);
            var all = (double)met[a];
            if (own[a] > MostOfCategory * (own[a] + others[a]))
            {
                all += inside[a];
                byChance += (own[a] * own[a] - squares[a]) / 2 * chance.Rate(a, a);
            }
            return Math.Max(1, (all + BusynessPrior) / (byChance + BusynessPrior));
        });
    }

    private double LogChoices(int k)
    {
        var n = graph.RightCount;
        return PoissonTail.LogFactorial(n) - PoissonTail.LogFactorial(k) - PoissonTail.LogFactorial(n - k);
    }
}
