using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Bench;

/// <summary>Found rings against planted ones.</summary>
/// <param name="Precision">Share of the buyers found that brush.</param>
/// <param name="Recall">Share of the brushers that were found.</param>
/// <param name="BuyersF1">Their harmonic mean, over all rings together.</param>
/// <param name="SellersF1">The same of sellers.</param>
/// <param name="RingF1">Buyers' F1 of each planted ring against the found ring that shares most sellers with it.</param>
/// <param name="Found">Rings found.</param>
/// <param name="False">Rings found whose sellers are mostly none of one planted ring.</param>
public sealed record Score(double Precision, double Recall, double BuyersF1, double SellersF1, double[] RingF1, int Found, int False)
{
    /// <summary>Scores rings.</summary>
    public static Score Of(IReadOnlyList<PlantedRing> truth, IReadOnlyList<Ring> found)
    {
        var trueBuyers = truth.SelectMany(r => r.Buyers).ToHashSet();
        var foundBuyers = found.SelectMany(r => r.Buyers).Select(b => b.Id).ToHashSet();
        var trueSellers = truth.SelectMany(r => r.Sellers).ToHashSet();
        var foundSellers = found.SelectMany(r => r.Sellers).Select(b => b.Id).ToHashSet();
        var hit = foundBuyers.Count(trueBuyers.Contains);
        var per = new double[truth.Count];
        for (var i = 0; i < truth.Count; i++)
        {
            var sellers = truth[i].Sellers.ToHashSet();
            var best = found.MaxBy(r => r.Sellers.Count(s => sellers.Contains(s.Id)));
            if (best is not null && best.Sellers.Any(s => sellers.Contains(s.Id)))
                per[i] = F1(truth[i].Buyers.ToHashSet(), best.Buyers.Select(b => b.Id).ToHashSet());
        }
        var wrong = found.Count(r => !truth.Any(t => r.Sellers.Count(s => t.Sellers.Contains(s.Id)) * 2 > r.Sellers.Count));
        return new Score(
            foundBuyers.Count == 0 ? 1 : (double)hit / foundBuyers.Count, trueBuyers.Count == 0 ? 1 : (double)hit / trueBuyers.Count,
            F1(trueBuyers, foundBuyers), F1(trueSellers, foundSellers), per, found.Count, wrong);
    }

    /// <summary>Harmonic mean of precision and recall; one where there is nothing to find and nothing found.</summary>
    public static double F1(HashSet<int> truth, HashSet<int> found)
    {
        var both = found.Count(truth.Contains);
        return both == 0 ? (truth.Count + found.Count == 0 ? 1 : 0) : 2.0 * both / (truth.Count + found.Count);
    }
}
