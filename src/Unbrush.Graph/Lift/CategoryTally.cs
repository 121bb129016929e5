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

    public int Count { get; }

    /// <summary>Co-purchases within each category.</summary>
    public long[] Within { get; }

    /// <summary>Co-purchases between any two, held both ways; null where there are too many categories.</summary>
    public long[]? Between { get; }

    public static CategoryTally Of(WedgeRows rows, int[] categories, int threads)
    {
        var tally = new CategoryTally(categories);
        var targets = rows.Targets;
        var ranked = Array.ConvertAll(rows.Ids, id => categories[id]);
        // Each thread tallies its own stretch of whole rows; integers add up to the same in any order.
        var bounds = WedgeRows.Stretches(targets, threads);
        var parts = new int[threads][];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
            parts[t] = tally.Between is null
                ? tally.CountWithin(targets, ranked, bounds[t], bounds[t + 1])
                : tally.CountAll(targets, ranked, bounds[t], bounds[t + 1]));
        foreach (var part in parts)
        {
            if (tally.Between is null)
            {
                for (var a = 0; a < tally.Count; a++)
                    tally.Within[a] += part[a];
                continue;
            }
            for (var a = 0; a < tally.Count; a++)
            {
                for (var b = 0; b < a; b++)
                    tally.AddBoth(a, b, part[a * tally.Count + b] + part[b * tally.Count + a]);
                tally.AddBoth(a, a, part[a * tally.Count + a]);
            }
        }
        return tally;
    }

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

    private int[] CountAll(int[] targets, int[] categories, int from, int to)
    {
        var tally = new int[Count * Count];
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
        return tally;
    }

    private int[] CountWithin(int[] targets, int[] categories, int from, int to)
    {
        var tally = new int[Count];
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
        return tally;
    }

    private static int Row(int[] targets, int[] categories, int p, int to, ref int[] row, out int n)
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
