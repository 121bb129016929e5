using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Rings;

/// <summary>A hypothesis about one buyer's tastes: one or two categories that it likes, or none of those it bought in.</summary>
/// <param name="A">A category that it likes, −1 for none.</param>
/// <param name="CountA">Purchases of the basket there.</param>
/// <param name="GainA">The chance of a purchase there over what popularity alone gives.</param>
/// <param name="B">Another such category, −1 for none.</param>
/// <param name="CountB">Purchases of the basket there.</param>
/// <param name="GainB">The chance of a purchase there over what popularity alone gives.</param>
/// <param name="GainElse">The same of any other purchase.</param>
/// <param name="LogWeight">ln of the prior times the gains of all purchases of the basket.</param>
internal readonly record struct Taste(int A, int CountA, double GainA, int B, int CountB, double GainB, double GainElse, double LogWeight)
{
    /// <summary>The chance of a purchase in a category over what popularity alone gives.</summary>
    public double Gain(int category) => category == A ? GainA : category == B ? GainB : GainElse;

    /// <summary>Whether it is of two tastes, one of which may show in no purchase.</summary>
    public bool IsTwofold { get; init; }
}

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
    private readonly Taste[] _tastes = new Taste[2 * MostTastes + MostTastes * (MostTastes - 1) / 2 + 1];
    private int[] _kinds = new int[64];
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
    /// <returns>Good until the next call.</returns>
    public ReadOnlySpan<Taste> Tastes(ReadOnlySpan<int> basket)
    {
        Span<(int Category, int Count)> seen = stackalloc (int, int)[MostTastes];
        var kinds = Commonest(basket, seen);
        double unseen = 1;
        for (var i = 0; i < kinds; i++)
            unseen -= _share[seen[i].Category];
        unseen = Math.Max(unseen, 1e-9);
        var n = 0;
        for (var i = 0; i < kinds; i++)
        {
            var share = _share[seen[i].Category];
            _tastes[n++] = Hypothesis(basket.Length, seen[i], (-1, 0), _coherence, (1 - _twofold) * share + _twofold * share * share);
            _tastes[n++] = Hypothesis(basket.Length, seen[i], (-1, 0), _coherence / 2, 2 * _twofold * share * unseen) with { IsTwofold = true };
            for (var j = 0; j < i; j++)
                _tastes[n++] = Hypothesis(basket.Length, seen[i], seen[j], _coherence / 2, 2 * _twofold * share * _share[seen[j].Category]) with { IsTwofold = true };
        }
        _tastes[n++] = Hypothesis(basket.Length, (-1, 0), (-1, 0), 0, (1 - _twofold) * unseen + _twofold * unseen * unseen);
        return _tastes.AsSpan(0, n);
    }

    /// <summary>The commonest categories of a basket, of equals the first, and how many there are.</summary>
    private int Commonest(ReadOnlySpan<int> basket, Span<(int Category, int Count)> seen)
    {
        if (_kinds.Length < basket.Length)
            _kinds = new int[Math.Max(basket.Length, _kinds.Length * 2)];
        var kinds = _kinds.AsSpan(0, basket.Length);
        for (var i = 0; i < kinds.Length; i++)
            kinds[i] = _categories[basket[i]];
        kinds.Sort();
        var n = 0;
        for (var i = 0; i < kinds.Length;)
        {
            var from = i;
            while (i < kinds.Length && kinds[i] == kinds[from])
                i++;
            // Ascending categories: one that is as common as another stands behind it.
            var at = n;
            while (at > 0 && seen[at - 1].Count < i - from)
                at--;
            if (at == seen.Length)
                continue;
            n = Math.Min(n + 1, seen.Length);
            seen[at..(n - 1)].CopyTo(seen[(at + 1)..]);
            seen[at] = (kinds[from], i - from);
        }
        return n;
    }

    private Taste Hypothesis(int purchases, (int Category, int Count) a, (int Category, int Count) b, double coherence, double prior)
    {
        var otherwise = 1 - _coherence;
        var gainA = a.Category < 0 ? otherwise : otherwise + coherence / _share[a.Category];
        var gainB = b.Category < 0 ? otherwise : otherwise + coherence / _share[b.Category];
        var weight = Math.Log(prior) + a.Count * Math.Log(gainA) + b.Count * Math.Log(gainB) + (purchases - a.Count - b.Count) * Math.Log(otherwise);
        return new Taste(a.Category, a.Count, gainA, b.Category, b.Count, gainB, otherwise, weight);
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
        var telling = 0;
        for (var b = 0; b < _graph.LeftCount; b++)
            telling += IsTelling(b) ? 1 : 0;
        if (telling == 0 || _share.Length < 2)
            return;
        var every = Math.Max(1, telling / Sample);
        var sample = new List<int>();
        for (int b = 0, n = 0; b < _graph.LeftCount; b++)
        {
            if (IsTelling(b) && n++ % every == 0)
                sample.Add(b);
        }
        for (var round = 0; round < 12; round++)
        {
            // Half a purchase and half a buyer of doubt either way.
            double coherent = 0.5, purchases = 1, two = 0.5, buyers = 1;
            foreach (var b in sample)
            {
                var basket = _graph.OfLeft(b);
                var tastes = Tastes(basket);
                var most = double.NegativeInfinity;
                foreach (var taste in tastes)
                    most = Math.Max(most, taste.LogWeight);
                double sum = 0, within = 0, twofold = 0;
                foreach (var taste in tastes)
                {
                    var weight = Math.Exp(taste.LogWeight - most);
                    sum += weight;
                    within += weight * (taste.CountA * (1 - taste.GainElse / taste.GainA) + taste.CountB * (1 - taste.GainElse / taste.GainB));
                    twofold += taste.IsTwofold ? weight : 0;
                }
                coherent += within / sum;
                two += twofold / sum;
                purchases += basket.Length;
                buyers++;
            }
            _coherence = Math.Clamp(coherent / purchases, 0.01, 0.98);
            _twofold = Math.Clamp(two / buyers, 0.01, 0.98);
        }

        bool IsTelling(int b) => _graph.LeftDegree(b) is >= 3 and <= 24;
    }
}
