using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>A hypothesis about one buyer's tastes: ln of its prior, and how much each purchase of the basket gains by it.</summary>
/// <param name="LogWeight">ln of the prior times the gains of all purchases.</param>
/// <param name="Gain">For each purchase, its chance over what popularity alone gives.</param>
internal readonly record struct Taste(double LogWeight, double[] Gain);

/// <summary>
/// How ordinary buyers buy: how much (a mixture of Poisson laws), and what (within one or two tastes with a coherence, anything
/// by popularity otherwise), learnt from all of them.
/// </summary>
/// <remarks>
/// Activity is fitted to the degrees by expectation–maximisation (a nonparametric mixture; those who bought nothing are not
/// seen, and allowed for); coherence and the share of buyers with two tastes to a fixed sample of baskets.
/// </remarks>
internal sealed class BuyerModel
{
    private const int Sample = 4000;
    private const int MostTastes = 4;
    private const double LeastRate = 0.25;
    private const double Step = 1.6;
    private const int Nodes = 17;
    private readonly BipartiteGraph _graph;
    private readonly int[] _categories;
    private readonly double[] _share;
    private double _coherence = 0.5;
    private double _twofold = 0.2;

    public BuyerModel(BipartiteGraph graph, int[] categories)
    {
        _graph = graph;
        _categories = categories;
        var count = 0;
        foreach (var c in categories)
            count = Math.Max(count, c + 1);
        _share = new double[count];
        for (var s = 0; s < categories.Length; s++)
            _share[categories[s]] += graph.RightDegree(s) / (double)Math.Max(1, graph.EdgeCount);
        Rates = [.. Enumerable.Range(0, Nodes).Select(k => LeastRate * Math.Pow(Step, k))];
        (Activity, Population) = FitActivity();
        FitTastes();
    }

    /// <summary>Purchases expected of a buyer, at each node of the mixture.</summary>
    public double[] Rates { get; }

    /// <summary>Share of buyers at each node, those who bought nothing included.</summary>
    public double[] Activity { get; }

    /// <summary>Buyers, those who bought nothing included.</summary>
    public double Population { get; }

    /// <summary>What tastes a basket speaks for: one or two of its commonest categories, one and another unseen, or none seen.</summary>
    public List<Taste> Tastes(ReadOnlySpan<int> basket)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var s in basket)
            counts[_categories[s]] = counts.GetValueOrDefault(_categories[s]) + 1;
        var seen = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(MostTastes).Select(c => c.Key).ToArray();
        double unseen = 1;
        foreach (var c in seen)
            unseen -= _share[c];
        unseen = Math.Max(unseen, 1e-9);
        var tastes = new List<Taste>();
        for (var i = 0; i < seen.Length; i++)
        {
            tastes.Add(Hypothesis(basket, seen[i], -1, _coherence, (1 - _twofold) * _share[seen[i]] + _twofold * _share[seen[i]] * _share[seen[i]]));
            tastes.Add(Hypothesis(basket, seen[i], -1, _coherence / 2, 2 * _twofold * _share[seen[i]] * unseen));
            for (var j = 0; j < i; j++)
                tastes.Add(Hypothesis(basket, seen[i], seen[j], _coherence / 2, 2 * _twofold * _share[seen[i]] * _share[seen[j]]));
        }
        tastes.Add(Hypothesis(basket, -1, -1, 0, (1 - _twofold) * unseen + _twofold * unseen * unseen));
        return tastes;
    }

    private Taste Hypothesis(ReadOnlySpan<int> basket, int a, int b, double coherence, double prior)
    {
        var gain = new double[basket.Length];
        var weight = Math.Log(prior);
        for (var i = 0; i < gain.Length; i++)
        {
            var c = _categories[basket[i]];
            gain[i] = 1 - _coherence + (c == a || c == b ? coherence / _share[c] : 0);
            weight += Math.Log(gain[i]);
        }
        return new Taste(weight, gain);
    }

    private (double[] Activity, double Population) FitActivity()
    {
        var degrees = new SortedDictionary<int, int>();
        for (var b = 0; b < _graph.LeftCount; b++)
        {
            var d = _graph.LeftDegree(b);
            if (d > 0)
                degrees[d] = degrees.GetValueOrDefault(d) + 1;
        }
        var weights = Enumerable.Repeat(1.0 / Nodes, Nodes).ToArray();
        if (degrees.Count == 0)
            return (weights, 1);
        var laws = degrees.Keys.ToDictionary(d => d, d => Array.ConvertAll(Rates, r => Math.Exp(PoissonTail.LogMass(d, r)) / (1 - Math.Exp(-r)) + 1e-300));
        for (var round = 0; round < 100; round++)
        {
            var next = new double[Nodes];
            foreach (var (d, buyers) in degrees)
            {
                double sum = 0;
                for (var k = 0; k < Nodes; k++)
                    sum += weights[k] * laws[d][k];
                for (var k = 0; k < Nodes; k++)
                    next[k] += buyers * weights[k] * laws[d][k] / sum;
            }
            var total = next.Sum();
            weights = Array.ConvertAll(next, x => x / total);
        }
        double active = 0, population = 0;
        foreach (var buyers in degrees.Values)
            active += buyers;
        for (var k = 0; k < Nodes; k++)
        {
            weights[k] = active * weights[k] / (1 - Math.Exp(-Rates[k]));
            population += weights[k];
        }
        return (Array.ConvertAll(weights, x => x / population), population);
    }

    private void FitTastes()
    {
        var fit = new List<int>();
        for (var b = 0; b < _graph.LeftCount; b++)
        {
            if (_graph.LeftDegree(b) is >= 3 and <= 24)
                fit.Add(b);
        }
        if (fit.Count == 0 || _share.Length < 2)
            return;
        var every = Math.Max(1, fit.Count / Sample);
        for (var round = 0; round < 12; round++)
        {
            // Half a purchase and half a buyer of doubt either way.
            double coherent = 0.5, purchases = 1, two = 0.5, buyers = 1;
            for (var n = 0; n < fit.Count; n += every)
            {
                var basket = _graph.OfLeft(fit[n]);
                var tastes = Tastes(basket);
                var most = tastes.Max(t => t.LogWeight);
                var sum = tastes.Sum(t => Math.Exp(t.LogWeight - most));
                for (var t = 0; t < tastes.Count; t++)
                {
                    var weight = Math.Exp(tastes[t].LogWeight - most) / sum;
                    foreach (var gain in tastes[t].Gain)
                        coherent += weight * (1 - (1 - _coherence) / gain);
                }
                // Singles stand at the first of each block of hypotheses; the rest, but the last, are of two tastes.
                double twofold = 0;
                var at = 0;
                for (var i = 0; at < tastes.Count - 1; i++)
                {
                    at++;
                    for (var j = 0; j < i + 1; j++)
                        twofold += Math.Exp(tastes[at++].LogWeight - most) / sum;
                }
                two += twofold;
                purchases += basket.Length;
                buyers++;
            }
            _coherence = Math.Clamp(coherent / purchases, 0.01, 0.98);
            _twofold = Math.Clamp(two / buyers, 0.01, 0.98);
        }
    }
}
