namespace Unbrush.Graph.Lift;

/// <summary>
/// The rows (buyers) that make pairs, laid out for the counter: the targets of each row one after another, ascending, the
/// first of a row marked by its sign bit, and for each target the places where it stands behind another one.
/// </summary>
/// <remarks>
/// From a place, the pairs of that target with all smaller ones are the targets walking back to the mark: one random access a
/// row instead of two (its start, its targets). Rows with one target make no pair and rows longer than the cap would make too
/// many; both are left out. 8 bytes an edge.
/// </remarks>
internal sealed class WedgeRows
{
    /// <summary>Marks the first target of a row.</summary>
    public const int First = int.MinValue;

    private WedgeRows(int[] targets, int[] placeStarts, int[] places, int[] degrees, long[] company, long wedges, int rows, int skipped)
    {
        Targets = targets;
        PlaceStarts = placeStarts;
        Places = places;
        Degrees = degrees;
        Company = company;
        Wedges = wedges;
        Rows = rows;
        Skipped = skipped;
    }

    public int[] Targets { get; }

    public int[] PlaceStarts { get; }

    public int[] Places { get; }

    /// <summary>Rows of each target.</summary>
    public int[] Degrees { get; }

    /// <summary>Sum over a target's rows of the other targets in them.</summary>
    public long[] Company { get; }

    /// <summary>Pairs of targets over all rows.</summary>
    public long Wedges { get; }

    public int Rows { get; }

    /// <summary>Rows above the cap.</summary>
    public int Skipped { get; }

    public static WedgeRows Of(BipartiteGraph graph, int cap)
    {
        var starts = graph.LeftStarts;
        var source = graph.LeftTargets;
        long kept = 0, wedges = 0;
        int rows = 0, skipped = 0;
        for (var u = 0; u < graph.LeftCount; u++)
        {
            var length = starts[u + 1] - starts[u];
            if (length > cap)
                skipped++;
            if (length < 2 || length > cap)
                continue;
            kept += length;
            wedges += length * (length - 1) / 2;
            rows++;
        }

        var targets = new int[kept];
        var degrees = new int[graph.RightCount];
        var company = new long[graph.RightCount];
        var placeStarts = new int[graph.RightCount + 1];
        var at = 0;
        for (var u = 0; u < graph.LeftCount; u++)
        {
            var length = (int)(starts[u + 1] - starts[u]);
            if (length < 2 || length > cap)
                continue;
            var row = source.AsSpan((int)starts[u], length);
            for (var i = 0; i < row.Length; i++)
            {
                var v = row[i];
                targets[at + i] = i == 0 ? v | First : v;
                degrees[v]++;
                company[v] += length - 1;
                if (i > 0)
                    placeStarts[v + 1]++;
            }
            at += length;
        }

        for (var v = 0; v < graph.RightCount; v++)
            placeStarts[v + 1] += placeStarts[v];
        var places = new int[placeStarts[^1]];
        var cursor = placeStarts.AsSpan(0, graph.RightCount).ToArray();
        for (var p = 0; p < targets.Length; p++)
        {
            if (targets[p] >= 0)
                places[cursor[targets[p]]++] = p;
        }
        return new WedgeRows(targets, placeStarts, places, degrees, company, wedges, rows, skipped);
    }
}
