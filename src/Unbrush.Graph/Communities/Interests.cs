using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Communities;

/// <summary>
/// What sellers' customers like, where categories are missing or wrong: communities of sellers by modularity of their shared
/// customers, and each seller's home by what its customers buy elsewhere.
/// </summary>
/// <remarks>
/// Every customer spreads one vote over the other sellers in the basket. O(Σ d²) over buyers' degrees a sweep, in a fixed order.
/// </remarks>
internal sealed class Interests(BipartiteGraph graph, int cap)
{
    private const int Sweeps = 12;
    private const double HomeLift = 5;

    /// <summary>ln of the chance that a seller seems a stranger among its like: one in twenty.</summary>
    private static readonly double LogStrange = -Math.Log(20);

    /// <summary>
    /// Above one, because modularity itself cannot see communities smaller than the square root of the graph; between 6 and 12
    /// nothing changes on the benchmark graphs. A small graph has few tastes, which so fine a view would break into pieces: there
    /// the baskets say which of several is best.
    /// </summary>
    private const double Resolution = 8;
    private const int Small = 5000;
    private const double Coherence = 0.7;

    private readonly List<int> _basket = [];
    private readonly int[] _tally = new int[Math.Max(graph.RightCount, 1)];

    /// <summary>A label for each seller, where nothing is given.</summary>
    public int[] Infer()
    {
        if (graph.RightCount > Small)
            return Rehome(Communities(Resolution));
        int[] best = [];
        var foretold = double.NegativeInfinity;
        for (var resolution = 1.0; resolution <= Resolution; resolution *= 2)
        {
            var labels = Communities(resolution);
            var gain = Foretold(labels);
            if (gain > foretold)
                (best, foretold) = (labels, gain);
        }
        return Rehome(best);
    }

    private int[] Communities(double resolution)
    {
        var labels = Move(resolution);
        var level = Louvain.Find(Condense(labels), resolution);
        for (var s = 0; s < labels.Length; s++)
            labels[s] = level[labels[s]];
        return labels;
    }

    /// <summary>How well labels foretell each purchase from the rest of its basket: the sum of ln of the gain over popularity alone.</summary>
    private double Foretold(int[] labels)
    {
        var share = Shares(labels, labels.Length == 0 ? 0 : labels.Max() + 1);
        double sum = 0;
        for (var b = 0; b < graph.LeftCount; b++)
        {
            var row = graph.OfLeft(b);
            if (row.Length < 2 || row.Length > cap)
                continue;
            foreach (var s in row)
                _tally[labels[s]]++;
            foreach (var s in row)
                sum += Math.Log(1 - Coherence + Coherence * (_tally[labels[s]] - 1) / (row.Length - 1) / share[labels[s]]);
            foreach (var s in row)
                _tally[labels[s]] = 0;
        }
        return sum;
    }

    /// <summary>Given labels, those that their sellers' customers contradict mended; negative ones filled in.</summary>
    public int[] Mend(int[] given)
    {
        var count = 0;
        foreach (var c in given)
            count = Math.Max(count, c + 1);
        if (count == 0)
            return Infer();
        var labels = (int[])given.Clone();
        var share = Shares(given, count);
        var all = Math.Max(1.0, Enumerable.Range(0, labels.Length).Sum(s => given[s] < 0 ? 0.0 : graph.RightDegree(s)));
        var votes = new double[count];
        var seen = new List<int>();
        // The most popular first, and each by what is known by then: the customers of all its small neighbours buy at a giant, and
        // would follow it to a wrong label while it follows them to theirs.
        var order = Enumerable.Range(0, graph.RightCount).OrderByDescending(graph.RightDegree).ThenBy(s => s);
        foreach (var s in order)
        {
            var total = Poll(s, labels, -1, votes, seen);
            var own = given[s];
            var best = own;
            double bestGain = own < 0 ? 0 : votes[own] - total * share[own];
            var needed = own < 0 ? 0 : 2 * Math.Max(0, bestGain) + 0.5;
            foreach (var label in seen)
            {
                var gain = votes[label] - total * share[label];
                if (gain > needed && gain > bestGain)
                    (best, bestGain) = (label, gain);
            }
            // Where tastes are weak some label always seems better, and shops of a ring that followed each other to one would be a taste.
            var isNoise = own >= 0 && best != own && PoissonTail.LogUpper((long)votes[best], total * share[best]) + Math.Log(count) > LogStrange;
            Clear(votes, seen);
            if (best == own || isNoise)
                continue;
            labels[s] = best;
            share[best] += graph.RightDegree(s) / all;
            if (own >= 0)
                share[own] -= graph.RightDegree(s) / all;
        }
        for (var s = 0; s < labels.Length; s++)
            labels[s] = labels[s] < 0 ? count : labels[s];
        return labels;
    }

    /// <summary>
    /// Dissolves communities most of whose sellers have a home elsewhere: their customers, outside it, clearly share another
    /// interest. The shops of a ring look like a community of their own; what their other customers like tells where each
    /// belongs.
    /// </summary>
    private int[] Rehome(int[] labels)
    {
        var count = labels.Length == 0 ? 0 : labels.Max() + 1;
        var share = Shares(labels, count);
        var votes = new double[count];
        var seen = new List<int>();
        var homes = (int[])labels.Clone();
        var doubt = new double[labels.Length];
        for (var s = 0; s < labels.Length; s++)
        {
            var own = labels[s];
            var total = Poll(s, labels, own, votes, seen);
            double best = 0, bestExpected = 0;
            foreach (var label in seen)
            {
                var expected = total * share[label] / Math.Max(1e-9, 1 - share[own]);
                if (votes[label] - expected > best - bestExpected)
                    (best, bestExpected, homes[s]) = (votes[label], expected, label);
            }
            // ln of the chance that the best of all labels gets so many votes.
            doubt[s] = best < HomeLift * bestExpected ? 0 : PoissonTail.LogUpper((long)best, bestExpected) + Math.Log(count);
            Clear(votes, seen);
        }

        var result = (int[])labels.Clone();
        foreach (var group in Enumerable.Range(0, labels.Length).GroupBy(s => labels[s]))
        {
            var members = group.ToArray();
            // A seller in twenty of a true community may seem a stranger; most of them never will.
            if (members.Count(s => doubt[s] < LogStrange) * 2 > members.Length)
            {
                foreach (var s in members)
                    result[s] = homes[s];
                continue;
            }
            // A ring may have fallen in with a true community: strangers beyond doubt, from many homes.
            var strangers = members.Where(s => doubt[s] < -Math.Log(100.0 * members.Length)).ToArray();
            if (strangers.Length < 3 || strangers.Select(s => homes[s]).Distinct().Count() * 2 < strangers.Length)
                continue;
            // Then strangers on the balance follow them.
            foreach (var s in members)
                result[s] = doubt[s] < -Math.Log(100) ? homes[s] : labels[s];
        }
        return result;
    }

    /// <summary>
    /// Votes of a seller's customers for the labels of the other sellers in their baskets: a customer's vote for a label is the
    /// square of its share in the basket, so that those who buy all over the place, as brushers in camouflage do, hardly vote.
    /// </summary>
    private double Poll(int seller, int[] labels, int without, double[] votes, List<int> seen)
    {
        double total = 0;
        foreach (var b in graph.OfRight(seller))
        {
            var row = graph.OfLeft(b);
            if (row.Length < 2 || row.Length > cap)
                continue;
            var others = 0;
            _basket.Clear();
            foreach (var c in row)
            {
                var label = labels[c];
                if (c == seller || label < 0 || label == without)
                    continue;
                others++;
                if (_tally[label]++ == 0)
                    _basket.Add(label);
            }
            foreach (var label in _basket)
            {
                var vote = (double)_tally[label] / others;
                vote *= vote;
                _tally[label] = 0;
                if (votes[label] == 0)
                    seen.Add(label);
                votes[label] += vote;
                total += vote;
            }
        }
        return total;
    }

    private double[] Shares(int[] labels, int count)
    {
        var share = new double[count];
        double all = 0;
        for (var s = 0; s < labels.Length; s++)
        {
            if (labels[s] < 0)
                continue;
            share[labels[s]] += graph.RightDegree(s);
            all += graph.RightDegree(s);
        }
        for (var c = 0; c < count; c++)
            share[c] /= Math.Max(1, all);
        return share;
    }

    private static void Clear(double[] votes, List<int> seen)
    {
        foreach (var label in seen)
            votes[label] = 0;
        seen.Clear();
    }

    /// <summary>The first level of greedy modularity, over shared customers that are never written down as pairs.</summary>
    private int[] Move(double resolution)
    {
        var n = graph.RightCount;
        var labels = new int[n];
        var strength = new double[n];
        double all = 0;
        for (var s = 0; s < n; s++)
        {
            labels[s] = s;
            foreach (var b in graph.OfRight(s))
                strength[s] += graph.LeftDegree(b) is var d && d >= 2 && d <= cap ? 1 : 0;
            all += strength[s];
        }
        var total = (double[])strength.Clone();
        var votes = new double[n];
        var seen = new List<int>();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moves = 0;
            for (var s = 0; s < n; s++)
            {
                Gather(s, labels, votes, seen);
                var own = labels[s];
                total[own] -= strength[s];
                var best = own;
                var bestGain = votes[own] - resolution * strength[s] * total[own] / all;
                foreach (var label in seen)
                {
                    var gain = votes[label] - resolution * strength[s] * total[label] / all;
                    if (gain > bestGain + 1e-9 || (gain == bestGain && label < best))
                        (best, bestGain) = (label, gain);
                }
                total[best] += strength[s];
                moves += best != own ? 1 : 0;
                labels[s] = best;
                Clear(votes, seen);
            }
            if (moves * 200L <= n)
                break;
        }
        return Louvain.Dense(labels);
    }

    private void Gather(int seller, int[] labels, double[] votes, List<int> seen)
    {
        foreach (var b in graph.OfRight(seller))
        {
            var row = graph.OfLeft(b);
            if (row.Length < 2 || row.Length > cap)
                continue;
            var vote = 1.0 / (row.Length - 1);
            foreach (var c in row)
            {
                if (c == seller)
                    continue;
                if (votes[labels[c]] == 0)
                    seen.Add(labels[c]);
                votes[labels[c]] += vote;
            }
        }
    }

    /// <summary>The graph of communities.</summary>
    private WeightedGraph Condense(int[] labels)
    {
        var count = labels.Length == 0 ? 0 : labels.Max() + 1;
        var members = new List<int>[count];
        for (var c = 0; c < count; c++)
            members[c] = [];
        for (var s = 0; s < labels.Length; s++)
            members[labels[s]].Add(s);
        var edges = new List<(int, int, double)>();
        var votes = new double[count];
        var seen = new List<int>();
        for (var c = 0; c < count; c++)
        {
            foreach (var s in members[c])
                Gather(s, labels, votes, seen);
            seen.Sort();
            foreach (var label in seen)
            {
                if (label <= c)
                    edges.Add((label, c, label == c ? votes[label] / 2 : votes[label]));
            }
            Clear(votes, seen);
        }
        return WeightedGraph.FromEdges(count, edges);
    }
}
