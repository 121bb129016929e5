using Unbrush.Graph.Communities;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Links;

/// <summary>How strongly two buyers belong together.</summary>
/// <param name="A">The smaller id.</param>
/// <param name="B">The greater id.</param>
/// <param name="Resources">Sum of 1/ln(1 + users) over the devices, payers, addresses, wallets and phones that both use.</param>
/// <param name="Sellers">Sum of 1/ln(1 + customers) over the sellers that both buy at.</param>
public readonly record struct BuyerTie(int A, int B, double Resources, double Sellers)
{
    /// <summary>Both in one currency.</summary>
    public double Strength => Resources + Sellers;
}

/// <summary>
/// Ties between buyers who share a resource, with what they buy in common added in the same currency: whatever few share counts
/// much, whatever many share counts little, hubs count nothing (Adamic and Adar, Social Networks 25, 2003).
/// </summary>
/// <remarks>O(Σ d²) over resources of at most the cap's users, and the shorter baskets of the tied pairs.</remarks>
public sealed class BuyerTies
{
    private readonly BipartiteGraph _uses;
    private readonly int _cap;

    private BuyerTies(BipartiteGraph uses, int cap, BuyerTie[] ties)
    {
        _uses = uses;
        _cap = cap;
        All = ties;
    }

    /// <summary>All ties, by the smaller id, then the greater.</summary>
    public IReadOnlyList<BuyerTie> All { get; }

    /// <summary>Finds the ties.</summary>
    /// <param name="purchases">Buyers on the left, sellers on the right.</param>
    /// <param name="links">Who uses what.</param>
    /// <param name="cap">A resource of more users, or a seller of more than a thousand times as many customers, ties nobody.</param>
    public static BuyerTies Of(BipartiteGraph purchases, ResourceLinks links, int cap)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        var uses = BipartiteGraph.FromEdges(links.Buyers, links.Resources, purchases.LeftCount);
        var weights = new Dictionary<(int, int), double>();
        for (var r = 0; r < uses.RightCount; r++)
        {
            var users = uses.OfRight(r);
            if (users.Length < 2 || users.Length > cap)
                continue;
            var weight = 1 / Math.Log(1 + users.Length);
            for (var i = 1; i < users.Length; i++)
            {
                for (var j = 0; j < i; j++)
                    weights[(users[j], users[i])] = weights.GetValueOrDefault((users[j], users[i])) + weight;
            }
        }
        var ties = weights
            .Select(w => new BuyerTie(w.Key.Item1, w.Key.Item2, w.Value, SharedSellers(purchases, w.Key.Item1, w.Key.Item2, cap * 1000L)))
            .ToArray();
        Array.Sort(ties, static (x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        return new BuyerTies(uses, cap, ties);
    }

    /// <summary>Groups of buyers tied together both by resources and by sellers, or by two resources.</summary>
    internal List<int[]> Groups(double minStrength)
    {
        var strong = All.Where(t => t.Strength >= minStrength).ToList();
        var buyers = strong.SelectMany(t => new[] { t.A, t.B }).Distinct().Order().ToArray();
        var edges = strong.Select(t => (Array.BinarySearch(buyers, t.A), Array.BinarySearch(buyers, t.B), t.Strength)).ToList();
        var labels = Louvain.Find(WeightedGraph.FromEdges(buyers.Length, edges), 1);
        return [.. Enumerable.Range(0, buyers.Length).GroupBy(i => labels[i]).OrderBy(g => g.Key)
            .Select(g => g.Select(i => buyers[i]).ToArray())];
    }

    /// <summary>Users of the resources that tie this buyer, itself among them; a resource that ties nobody is left out.</summary>
    internal IEnumerable<(int Resource, int Users)> Of(int buyer)
    {
        for (var i = 0; i < _uses.LeftDegree(buyer); i++)
        {
            var resource = _uses.OfLeft(buyer)[i];
            var users = _uses.RightDegree(resource);
            if (users >= 2 && users <= _cap)
                yield return (resource, users);
        }
    }

    private static double SharedSellers(BipartiteGraph purchases, int a, int b, long cap)
    {
        var x = purchases.OfLeft(a);
        var y = purchases.OfLeft(b);
        double sum = 0;
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            if (x[i] == y[j])
            {
                var customers = purchases.RightDegree(x[i]);
                sum += customers <= cap ? 1 / Math.Log(1 + customers) : 0;
                i++;
                j++;
            }
            else if (x[i] < y[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return sum;
    }
}
