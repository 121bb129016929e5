namespace Unbrush.Graph.Communities;

/// <summary>
/// Communities by greedy modularity (Blondel, Guillaume, Lambiotte and Lefebvre, J. Stat. Mech., 2008), in a fixed order, so
/// that the same graph gives the same communities. O(edges) a sweep, a few sweeps a level.
/// </summary>
internal static class Louvain
{
    private const int Sweeps = 20;

    /// <summary>A dense community label for each node, in the order of each community's smallest node.</summary>
    public static int[] Find(WeightedGraph graph, double resolution)
    {
        var labels = new int[graph.Count];
        for (var v = 0; v < labels.Length; v++)
            labels[v] = v;
        while (true)
        {
            var (level, moved) = Sweep(graph, resolution);
            if (!moved)
                return Dense(labels);
            for (var v = 0; v < labels.Length; v++)
                labels[v] = level[labels[v]];
            graph = Aggregate(graph, level);
        }
    }

    /// <summary>Renumbers labels densely by first appearance.</summary>
    public static int[] Dense(int[] labels)
    {
        var seen = new Dictionary<int, int>();
        var dense = new int[labels.Length];
        for (var v = 0; v < labels.Length; v++)
        {
            if (!seen.TryGetValue(labels[v], out var label))
                seen.Add(labels[v], label = seen.Count);
            dense[v] = label;
        }
        return dense;
    }

    private static (int[] Labels, bool Moved) Sweep(WeightedGraph graph, double resolution)
    {
        var n = graph.Count;
        var labels = new int[n];
        var strength = new double[n];
        var total = new double[n];
        double all = 0;
        for (var v = 0; v < n; v++)
        {
            labels[v] = v;
            strength[v] = 2 * graph.Loops[v];
            for (var e = graph.Starts[v]; e < graph.Starts[v + 1]; e++)
                strength[v] += graph.Weights[e];
            total[v] = strength[v];
            all += strength[v];
        }
        if (all <= 0)
            return (labels, false);

        var to = new double[n];
        var touched = new List<int>();
        var ever = false;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moves = 0;
            for (var v = 0; v < n; v++)
            {
                touched.Clear();
                for (var e = graph.Starts[v]; e < graph.Starts[v + 1]; e++)
                {
                    var label = labels[graph.Targets[e]];
                    if (to[label] == 0)
                        touched.Add(label);
                    to[label] += graph.Weights[e];
                }
                var own = labels[v];
                total[own] -= strength[v];
                var best = own;
                var bestGain = to[own] - resolution * strength[v] * total[own] / all;
                foreach (var label in touched)
                {
                    var gain = to[label] - resolution * strength[v] * total[label] / all;
                    if (gain > bestGain + 1e-12 * all || (gain == bestGain && label < best))
                        (best, bestGain) = (label, gain);
                }
                total[best] += strength[v];
                if (best != own)
                {
                    labels[v] = best;
                    moves++;
                }
                foreach (var label in touched)
                    to[label] = 0;
            }
            ever |= moves > 0;
            if (moves * 1000L <= n)
                break;
        }
        return (Dense(labels), ever);
    }

    private static WeightedGraph Aggregate(WeightedGraph graph, int[] labels)
    {
        var count = labels.Length == 0 ? 0 : labels.Max() + 1;
        var between = new Dictionary<(int, int), double>();
        var loops = new double[count];
        for (var v = 0; v < graph.Count; v++)
        {
            loops[labels[v]] += graph.Loops[v];
            for (var e = graph.Starts[v]; e < graph.Starts[v + 1]; e++)
            {
                var u = graph.Targets[e];
                if (u > v)
                    continue;
                var (a, b) = (Math.Min(labels[u], labels[v]), Math.Max(labels[u], labels[v]));
                if (a == b)
                    loops[a] += graph.Weights[e];
                else
                    between[(a, b)] = between.GetValueOrDefault((a, b)) + graph.Weights[e];
            }
        }
        var edges = between.Select(x => (x.Key.Item1, x.Key.Item2, x.Value)).OrderBy(x => (x.Item1, x.Item2)).ToList();
        var aggregate = WeightedGraph.FromEdges(count, edges);
        loops.CopyTo(aggregate.Loops, 0);
        return aggregate;
    }
}
