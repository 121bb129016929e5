using Unbrush.Graph.Lift;
using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>Tests a ring as a whole: buyers who bought at two or more of its sellers, against chance.</summary>
/// <remarks>
/// Buyers are independent of each other, their co-purchases are not, so buyers are counted. Chance comes from the sellers'
/// genuine custom (what the ring's buyers do not explain) and is bounded from above by the expected co-purchases. The p-value
/// pays for every set of as many sellers that might have been picked instead (a union bound), and is taken at the subset of
/// the ring that proves most; that bound holds for all sets of all sizes at once, at the price of one more factor, the number
/// of sizes.
/// </remarks>
internal sealed class RingCertifier(BipartiteGraph graph, CategoryNull chance, int[] categories)
{
    private const double MinLift = 3;

    /// <summary>The certificate of a ring, and the sellers that carry it.</summary>
    public (RingCertificate Certificate, int[] Carried) Certify(RingCandidate ring)
    {
        var sellers = ring.SellerIds;
        var k = sellers.Length;
        var custom = new double[k];
        var eagerness = new double[k];
        var members = ring.Buyers.Select(b => b.Id).ToHashSet();
        var baskets = new Dictionary<int, List<int>>();
        for (var i = 0; i < k; i++)
        {
            double company = 0;
            foreach (var b in graph.OfRight(sellers[i]))
            {
                if (!baskets.TryGetValue(b, out var basket))
                    baskets.Add(b, basket = []);
                basket.Add(i);
                if (members.Contains(b))
                    continue;
                custom[i]++;
                company += graph.LeftDegree(b) - 1;
            }
            eagerness[i] = Math.Max(1, company / (Math.Max(1, custom[i]) * chance.Typical));
            custom[i] = RingModel.Custom(graph.RightDegree(sellers[i]), graph.RightDegree(sellers[i]) - custom[i]);
        }

        var expected = new double[k, k];
        var total = new double[k];
        double all = 0;
        for (var i = 1; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var e = custom[i] * custom[j] * chance.Rate(categories[sellers[i]], categories[sellers[j]]) * Math.Max(eagerness[i], eagerness[j]);
                expected[i, j] = expected[j, i] = e;
                total[i] += e;
                total[j] += e;
                all += e;
            }
        }

        var held = new bool[k];
        Array.Fill(held, true);
        var many = baskets.Values.Where(b => b.Count >= 2).ToList();
        long pairs = 0;
        foreach (var basket in many)
            pairs += (long)basket.Count * (basket.Count - 1) / 2;
        var best = 0.0;
        var left = all;
        int[] carried = [];
        for (var size = k; size >= Math.Max(4, k / 2); size--)
        {
            var observed = 0;
            foreach (var basket in many)
                observed += basket.Count(i => held[i]) >= 2 ? 1 : 0;
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
        return (new RingCertificate(many.Count, all, logP, 0, pairs, all), carried);
    }

    private double LogChoices(int k)
    {
        var n = graph.RightCount;
        return PoissonTail.LogFactorial(n) - PoissonTail.LogFactorial(k) - PoissonTail.LogFactorial(n - k);
    }
}
