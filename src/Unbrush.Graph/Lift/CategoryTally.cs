namespace Unbrush.Graph.Lift;

/// <summary>Co-purchases by pair of categories; with many categories, only those within one.</summary>
internal sealed class CategoryTally
{
    private const int DenseLimit = 2048;

    public CategoryTally(int[] categories)
    {
        foreach (var c in categories)
            Count = Math.Max(Count, c + 1);
        Within = new long[Count];
        Between = Count <= DenseLimit ? new long[Count * Count] : null;
    }

    private CategoryTally(CategoryTally other)
    {
        Count = other.Count;
        Within = (long[])other.Within.Clone();
        Between = (long[]?)other.Between?.Clone();
    }

    public int Count { get; }

    /// <summary>Co-purchases within each category.</summary>
    public long[] Within { get; }

    /// <summary>Co-purchases between any two, held both ways; null where there are too many categories.</summary>
    public long[]? Between { get; }

    public static CategoryTally Of(WedgeRows rows, int[] categories, int threads)
    {
        var tally = new CategoryTally(categories);
        var ranked = Array.ConvertAll(rows.Ids, id => categories[id]);
        // Each thread tallies its own stretch of whole rows; integers add up to the same in any order.
        var bounds = WedgeRows.Stretches(rows.Targets.Span, threads);
        var parts = new OffHeap<int>[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
            parts[t] = tally.Between is null
                ? tally.CountWithin(rows.Targets.Span, ranked, bounds[t], bounds[t + 1])
                : tally.CountAll(rows.Targets.Span, ranked, bounds[t], bounds[t + 1]));
        foreach (var part in parts)
        {
            tally.Take(part.Span);
            part.Dispose();
        }
        return tally;
    }

    public CategoryTally Copy() => new(this);

    /// <summary>Counts co-purchases of sellers of two categories in, or out where negative.</summary>
    public void AddBoth(int a, int b, int pairs)
    {
        if (a == b)
            Within[a] += pairs;
        if (Between is null)
            return;
        Between[a * Count + b] += pairs;
        if (a != b)
            Between[b * Count + a] += pairs;
    }

    private void Take(ReadOnlySpan<int> part)
    {
        for (var a = 0; a < Count; a++)
        {
            if (Between is null)
            {
                Within[a] += part[a];
                continue;
            }
            for (var b = 0; b < a; b++)
                AddBoth(a, b, part[a * Count + b] + part[b * Count + a]);
            AddBoth(a, a, part[a * Count + a]);
        }
    }

    private OffHeap<int> CountAll(ReadOnlySpan<int> targets, int[] categories, int from, int to)
    {
        var counts = OffHeap<int>.Zeros(Count * Count);
        var tally = counts.Span;
        var row = new int[16];
        for (var p = from; p < to;)
        {
            p = Row(targets, categories, p, to, ref row, out var n);
            for (var i = 1; i < n; i++)
            {
                var line = row[i] * Count;
                for (var j = 0; j < i; j++)
                    tally[line + row[j]]++;
            }
        }
        return counts;
    }

    private OffHeap<int> CountWithin(ReadOnlySpan<int> targets, int[] categories, int from, int to)
    {
        var counts = OffHeap<int>.Zeros(Count);
        var tally = counts.Span;
        var row = new int[16];
        for (var p = from; p < to;)
        {
            p = Row(targets, categories, p, to, ref row, out var n);
            for (var i = 1; i < n; i++)
            {
                for (var j = 0; j < i; j++)
                    tally[row[i]] += row[i] == row[j] ? 1 : 0;
            }
        }
        return counts;
    }

    private static int Row(ReadOnlySpan<int> targets, int[] categories, int p, int to, ref int[] row, out int n)
    {
        n = 0;
        do
        {
            if (n == row.Length)
                Array.Resize(ref row, n * 2);
            row[n++] = categories[targets[p++] & ~WedgeRows.First];
        }
        while (p < to && targets[p] >= 0);
        return p;
    }
}
