using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Lift;

/// <summary>The pairs beyond chance, and what they were tested against.</summary>
/// <param name="Pairs">By ascending p-value, then by ids.</param>
/// <param name="Hypotheses">Pairs tested: all pairs of sellers with enough buyers to be met often enough.</param>
/// <param name="Wedges">Co-purchases counted.</param>
/// <param name="Skipped">Buyers left out by the cap.</param>
public sealed record PairLiftResult(LiftedPair[] Pairs, double Hypotheses, long Wedges, int Skipped);

/// <summary>
/// Pair lift: for every pair of right nodes (sellers), the left nodes (buyers) that they share against those expected by
/// chance, with p-values from the Poisson tail and false-discovery rates.
/// </summary>
/// <remarks>
/// Method: RICD (ICDE'21) and SynchroTrap (CCS'14) compare co-actions; the null conditioned on category and activity and the
/// false-discovery rate are ours. O(Σ d²) over left degrees d up to the cap. Memory beside the graph: 8 bytes an edge, 4 a left
/// node, 44 a right node and 24 more for each thread, and where categories are few 8 for each two of them and half as much for
/// each thread; then 40 a pair kept.
/// For pairs of buyers, give the graph <see cref="BipartiteGraph.Transposed"/>.
/// </remarks>
public static class PairLift
{
    private const int BlockSize = 64;

    /// <summary>Finds the pairs.</summary>
    /// <param name="graph">Left nodes are rows (buyers), right nodes are what is paired (sellers).</param>
    /// <param name="categories">Category of each right node, from 0; empty for none.</param>
    /// <param name="options">What to count and keep.</param>
    /// <exception cref="ArgumentException">As many categories as right nodes, or none, are needed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A category is negative.</exception>
    public static PairLiftResult Compute(BipartiteGraph graph, ReadOnlySpan<int> categories, PairLiftOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var labels = Labels(graph, categories);
        using var rows = WedgeRows.Of(graph, options.LeftCap, labels, options.ThreadCount);
        return Compute(rows, labels, options);
    }

    internal static int[] Labels(BipartiteGraph graph, ReadOnlySpan<int> categories)
    {
        if (!categories.IsEmpty && categories.Length != graph.RightCount)
            throw new ArgumentException($"{categories.Length} categories for {graph.RightCount} right nodes: give one each, or none.", nameof(categories));
        foreach (var c in categories)
            ArgumentOutOfRangeException.ThrowIfNegative(c, nameof(categories));
        return categories.IsEmpty ? new int[graph.RightCount] : categories.ToArray();
    }

    internal static PairLiftResult Compute(WedgeRows rows, int[] categories, PairLiftOptions options) =>
        Compute(rows, CategoryNull.Of(rows, categories, options.ThreadCount), options);

    internal static PairLiftResult Compute(WedgeRows rows, CategoryNull chance, PairLiftOptions options)
    {
        var threshold = options.Threshold;
        var test = new TailTest(options.MaxP);
        var traits = chance.TraitsOf(rows.Ids);
        var sellers = rows.Degrees.Length;
        var blocks = (sellers + BlockSize - 1) / BlockSize;
        var found = new LiftedPair[blocks][];
        var next = -1;
        var work = new Action(() =>
        {
            var counter = new WedgeCounter(rows);
            var kept = new List<LiftedPair>();
            for (var block = Interlocked.Increment(ref next); block < blocks; block = Interlocked.Increment(ref next))
            {
                kept.Clear();
                for (var a = block * BlockSize; a < Math.Min(sellers, (block + 1) * BlockSize); a++)
                {
                    foreach (var b in counter.Count(a, threshold))
                    {
                        var count = counter.With(b);
                        var expected = chance.Expected(traits[a], traits[b]);
                        if (!Promising(count, expected, test))
                            continue;
                        var (x, y) = (rows.Ids[a], rows.Ids[b]);
                        kept.Add(new LiftedPair(Math.Max(x, y), Math.Min(x, y), count, expected, 0, 0));
                    }
                }
                found[block] = [.. kept];
            }
        });
        var threads = Math.Min(options.ThreadCount, Math.Max(1, blocks));
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => work());

        var promising = new LiftedPair[found.Sum(b => b.Length)];
        var n = 0;
        foreach (var pairs in found)
        {
            pairs.CopyTo(promising, n);
            n += pairs.Length;
        }
        return Judge(promising, chance, test, rows.Degrees, rows.Wedges, rows.Skipped, options);
    }

    /// <summary>Whether a pair may be kept in the end: half of what is expected, because trimming may lower it.</summary>
    internal static bool Promising(int count, double expected, TailTest test) => test.Holds(count, expected / 2);

    /// <summary>Trims what rings add to chance, and tests all promising pairs, whose array it uses up, against the rest.</summary>
    internal static PairLiftResult Judge(
        LiftedPair[] promising, CategoryNull chance, TailTest test, int[] degrees, long wedges, int skipped, PairLiftOptions options)
    {
        var logMaxP = Math.Log(options.MaxP);
        foreach (var pair in promising)
        {
            if (test.Holds(pair.Count, pair.Expected))
                chance.Trim(pair.A, pair.B, pair.Count - pair.Expected);
        }
        chance.Refresh();

        var kept = 0;
        foreach (var pair in promising)
        {
            var expected = chance.Expected(pair.A, pair.B);
            var logP = PoissonTail.LogUpper(pair.Count, expected);
            if (logP <= logMaxP)
                promising[kept++] = pair with { Expected = expected, LogP = logP };
        }
        var sorted = promising[..kept];
        Array.Sort(sorted, static (x, y) =>
        {
            var c = x.LogP.CompareTo(y.LogP);
            c = c != 0 ? c : x.A.CompareTo(y.A);
            return c != 0 ? c : x.B.CompareTo(y.B);
        });

        double eligible = 0;
        foreach (var d in degrees)
            eligible += d >= options.Threshold ? 1 : 0;
        var hypotheses = Math.Max(eligible * (eligible - 1) / 2, sorted.Length);
        var logs = Array.ConvertAll(sorted, p => p.LogP);
        BenjaminiHochberg.LogQ(logs, Math.Max(1, hypotheses));
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = sorted[i] with { LogQ = logs[i] };
        return new PairLiftResult(sorted, hypotheses, wedges, skipped);
    }
}
