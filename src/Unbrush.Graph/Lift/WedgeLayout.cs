using System.Numerics;
using System.Runtime.Intrinsics;

namespace Unbrush.Graph.Lift;

/// <summary>The order in which targets are ranked and rows laid out (<see cref="WedgeRows"/>).</summary>
internal sealed class WedgeLayout : IDisposable
{
    private readonly BipartiteGraph _graph;
    private readonly int _cap;
    private readonly int[] _categories;
    private readonly int[] _ranks;
    // Of each row: its interest, negative where it makes no pairs.
    private readonly OffHeap<int> _interests;

    private WedgeLayout(BipartiteGraph graph, int cap, int[] categories)
    {
        (_graph, _cap, _categories) = (graph, cap, categories);
        _interests = new OffHeap<int>(graph.LeftCount);
        Ids = new int[graph.RightCount];
        for (var v = 0; v < Ids.Length; v++)
            Ids[v] = v;
        Ids = Sorted(Ids, v => -graph.RightDegree(v));
        Ids = Sorted(Ids, v => categories[v]);
        _ranks = new int[Ids.Length];
        for (var r = 0; r < Ids.Length; r++)
            _ranks[Ids[r]] = r;
    }

    /// <summary>Targets by category, then by falling degree, then by id.</summary>
    public int[] Ids { get; }

    /// <summary>The ranks of each row, ascending, the first marked; rows by interest, then by id.</summary>
    public OffHeap<int> Targets { get; private set; } = null!;

    public long Wedges { get; private set; }

    public int Skipped { get; private set; }

    public static WedgeLayout Of(BipartiteGraph graph, int cap, int[] categories, int threads)
    {
        var layout = new WedgeLayout(graph, cap, categories);
        var interests = 0;
        foreach (var c in categories)
            interests = Math.Max(interests, c + 1);
        // Each thread takes a stretch of rows with about as many edges.
        var bounds = new int[threads + 1];
        for (var t = 1; t < threads; t++)
        {
            var at = Array.BinarySearch(graph.LeftStarts, (int)(graph.EdgeCount * t / threads));
            bounds[t] = Math.Max(bounds[t - 1], Math.Min(at < 0 ? ~at : at, graph.LeftCount));
        }
        bounds[threads] = graph.LeftCount;

        var counts = new Counts[threads];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, threads, options, t => counts[t] = layout.Survey(bounds[t], bounds[t + 1], interests));
        var kept = 0L;
        for (var c = 0; c < interests; c++)
        {
            foreach (var count in counts)
                (count.Starts[c], kept) = (checked((int)kept), kept + count.Starts[c]);
        }
        layout.Targets = new OffHeap<int>(checked((int)kept));
        layout.Wedges = counts.Sum(c => c.Wedges);
        layout.Skipped = counts.Sum(c => c.Skipped);
        Parallel.For(0, threads, options, t => layout.Fill(bounds[t], bounds[t + 1], counts[t].Starts));
        return layout;
    }

    /// <summary>Gives back what only the laying out needs; the targets belong to the rows.</summary>
    public void Dispose() => _interests.Dispose();

    /// <summary>Items by ascending key, otherwise as they were.</summary>
    private static int[] Sorted(int[] items, Func<int, int> key)
    {
        var keys = Array.ConvertAll(items, i => key(i));
        int least = 0, greatest = 0;
        foreach (var k in keys)
            (least, greatest) = (Math.Min(least, k), Math.Max(greatest, k));
        var starts = new int[greatest - least + 2];
        foreach (var k in keys)
            starts[k - least + 1]++;
        for (var k = 0; k + 1 < starts.Length; k++)
            starts[k + 1] += starts[k];
        var sorted = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
            sorted[starts[keys[i] - least]++] = items[i];
        return sorted;
    }

    /// <summary>Finds what rows are about, and how many targets those of each interest have.</summary>
    private Counts Survey(int from, int to, int interests)
    {
        var counts = new Counts { Starts = new int[interests] };
        var interestOf = _interests.Span;
        for (var u = from; u < to; u++)
        {
            var row = _graph.OfLeft(u);
            interestOf[u] = -1;
            counts.Skipped += row.Length > _cap ? 1 : 0;
            if (row.Length < 2 || row.Length > _cap)
                continue;
            // Three of its targets vote.
            var first = _categories[row[0]];
            var interest = first == _categories[row[^1]] ? first : _categories[row[row.Length / 2]];
            interestOf[u] = interest;
            counts.Starts[interest] += row.Length;
            counts.Wedges += (long)row.Length * (row.Length - 1) / 2;
        }
        return counts;
    }

    private void Fill(int from, int to, int[] starts)
    {
        var interestOf = _interests.Span;
        for (var u = from; u < to; u++)
        {
            if (interestOf[u] < 0)
                continue;
            var source = _graph.OfLeft(u);
            var row = Targets.Span.Slice(starts[interestOf[u]], source.Length);
            starts[interestOf[u]] += row.Length;
            Rank(source, row);
            row[0] |= WedgeRows.First;
        }
    }

    /// <summary>The ranks of a row, ascending.</summary>
    private void Rank(ReadOnlySpan<int> source, Span<int> row)
    {
        var ranks = _ranks;
        if (source.Length > Vector512<int>.Count)
        {
            for (var k = 0; k < source.Length; k++)
                row[k] = ranks[source[k]];
            row.Sort();
            return;
        }
        // Most rows are short. The place of a rank is the number of those below it: no branch for the processor to guess wrong.
        Span<int> few = stackalloc int[Vector512<int>.Count];
        few.Fill(int.MaxValue);
        for (var k = 0; k < source.Length; k++)
            few[k] = ranks[source[k]];
        var all = Vector512.Create<int>(few);
        for (var k = 0; k < source.Length; k++)
            row[BitOperations.PopCount(Vector512.LessThan(all, Vector512.Create(few[k])).ExtractMostSignificantBits())] = few[k];
    }

    private sealed class Counts
    {
        public required int[] Starts { get; init; }

        public long Wedges { get; set; }

        public int Skipped { get; set; }
    }
}
