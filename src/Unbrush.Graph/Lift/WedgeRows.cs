namespace Unbrush.Graph.Lift;

/// <summary>
/// The rows (buyers) that make pairs, laid out for the counter: the targets of each row one after another, the first of a row
/// marked by its sign bit, and for each target the places where it stands behind another one.
/// </summary>
/// <remarks>
/// <para>
/// From a place, the pairs of that target with all of smaller rank are the targets walking back to the mark: one random access a
/// row instead of two (its start, its targets). What those accesses cost depends on where they go, so that targets are ranked by
/// category and then by popularity, and rows stand beside rows of like interest: what is counted together lies together, and the
/// counters touched are mostly the few of the popular. The result does not depend on it.
/// </para>
/// <para>
/// Rows with one target make no pair and rows longer than the cap would make too many; both are left out. O(edges + nodes) and a
/// small sort a row. 8 bytes an edge and 20 a target; 4 more a row and 16 a target and thread while it is built.
/// </para>
/// </remarks>
internal sealed class WedgeRows : IDisposable
{
    /// <summary>Marks the first target of a row.</summary>
    public const int First = int.MinValue;

    private WedgeRows(int[] ids, OffHeap<int> targets, int[] placeStarts, OffHeap<int> places, int[] degrees, long[] company, long wedges, int skipped)
    {
        Ids = ids;
        Targets = targets;
        PlaceStarts = placeStarts;
        Places = places;
        Degrees = degrees;
        Company = company;
        Wedges = wedges;
        Skipped = skipped;
    }

    /// <summary>Id of the target of each rank.</summary>
    public int[] Ids { get; }

    /// <summary>Ranks, row by row.</summary>
    public OffHeap<int> Targets { get; }

    /// <summary>Where the places of each rank begin.</summary>
    public int[] PlaceStarts { get; }

    /// <summary>Where each target stands behind another one, rank by rank, ascending.</summary>
    public OffHeap<int> Places { get; }

    /// <summary>Rows of each target, by id.</summary>
    public int[] Degrees { get; }

    /// <summary>Sum over a target's rows of the other targets in them, by id.</summary>
    public long[] Company { get; }

    /// <summary>Pairs of targets over all rows.</summary>
    public long Wedges { get; }

    /// <summary>Rows above the cap.</summary>
    public int Skipped { get; }

    /// <summary>Gives back the rows; what is known of the targets stays.</summary>
    public void Dispose()
    {
        Targets.Dispose();
        Places.Dispose();
    }

    /// <summary>Lays out a graph.</summary>
    /// <param name="graph">Left nodes are rows, right nodes targets.</param>
    /// <param name="cap">Most targets of a row.</param>
    /// <param name="categories">Category of each target, by id; without it all rows are alike, which is slower and nothing else.</param>
    /// <param name="threads">Threads to use.</param>
    public static WedgeRows Of(BipartiteGraph graph, int cap, int[]? categories = null, int threads = 1)
    {
        using var layout = WedgeLayout.Of(graph, cap, categories ?? new int[graph.RightCount], threads);
        var targets = layout.Targets;
        var bounds = Stretches(targets.Span, threads);
        var ranks = graph.RightCount;
        using var tallies = OffHeap<Tally>.Zeros(checked(threads * ranks));
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
            Count(targets.Span[bounds[t]..bounds[t + 1]], tallies.Span.Slice(t * ranks, ranks)));

        var degrees = new int[graph.RightCount];
        var company = new long[graph.RightCount];
        var placeStarts = new int[graph.RightCount + 1];
        var n = 0;
        for (var rank = 0; rank < degrees.Length; rank++)
        {
            placeStarts[rank] = n;
            var id = layout.Ids[rank];
            for (var t = 0; t < threads; t++)
            {
                ref var tally = ref tallies.Span[t * ranks + rank];
                degrees[id] += tally.Rows;
                company[id] += tally.Company;
                // From a count to where this thread's places begin.
                (tally.Places, n) = (n, n + tally.Places);
            }
        }
        placeStarts[^1] = n;
        var places = new OffHeap<int>(n);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            var tally = tallies.Span.Slice(t * ranks, ranks);
            Span<int> from = targets.Span, to = places.Span;
            for (var p = bounds[t]; p < bounds[t + 1]; p++)
            {
                if (from[p] >= 0)
                    to[tally[from[p]].Places++] = p;
            }
        });
        return new WedgeRows(layout.Ids, targets, placeStarts, places, degrees, company, layout.Wedges, layout.Skipped);
    }

    /// <summary>Bounds of about equal stretches of whole rows.</summary>
    public static int[] Stretches(ReadOnlySpan<int> targets, int count)
    {
        var bounds = new int[count + 1];
        bounds[count] = targets.Length;
        for (var t = 1; t < count; t++)
        {
            var at = (int)((long)targets.Length * t / count);
            while (at < targets.Length && targets[at] >= 0)
                at++;
            bounds[t] = Math.Max(at, bounds[t - 1]);
        }
        return bounds;
    }

    private static void Count(ReadOnlySpan<int> targets, Span<Tally> tallies)
    {
        for (var p = 0; p < targets.Length;)
        {
            var others = 0;
            while (p + others + 1 < targets.Length && targets[p + others + 1] >= 0)
                others++;
            ref var first = ref tallies[targets[p] & ~First];
            first.Rows++;
            first.Company += others;
            for (var end = p++ + others; p <= end; p++)
            {
                ref var tally = ref tallies[targets[p]];
                tally.Rows++;
                tally.Places++;
                tally.Company += others;
            }
        }
    }

    /// <summary>What one thread's rows hold of a target.</summary>
    private struct Tally
    {
        public int Rows;
        public int Places;
        public long Company;
    }
}
