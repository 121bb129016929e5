using System.Numerics;

namespace Unbrush.Feeds.Loading;

/// <summary>
/// Tells whether the rows of a table are different in some columns, by hashes: where these are all different, the rows are. The
/// database's own <c>count(DISTINCT …)</c> takes three times as long, but can do without memory: it is asked where there are more
/// rows than <see cref="Most"/>.
/// </summary>
internal static class DistinctHashes
{
    /// <summary>So many hashes take 256 MiB here and 128 MiB in the database at most.</summary>
    private const long Most = 1L << 24;

    /// <summary>Whether the hashes of these columns are different in all rows.</summary>
    /// <param name="context">The database.</param>
    /// <param name="columns">The columns, with commas between them.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">How many rows it has.</param>
    public static bool AreAll(ImportContext context, string columns, string table, long rows)
    {
        if (rows > Most)
            return context.Number($"SELECT count(*) - count(DISTINCT hash({columns})) FROM {table}") == 0;
        // At most half full, so that a free place is near.
        var seen = new ulong[BitOperations.RoundUpToPowerOf2((ulong)Math.Max(rows, 1) * 2)];
        var areDifferent = true;
        context.Columns<ulong>($"SELECT hash({columns}) FROM {table}", hashes => areDifferent = areDifferent && Add(hashes, seen));
        return areDifferent;
    }

    /// <summary>Adds hashes to those seen; false where one was there.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="seen">A hash stands at the place that its upper bits name, or behind it. 0 is a free place: a hash of 0 is taken for one that was there.</param>
    internal static bool Add(ReadOnlySpan<ulong> hashes, ulong[] seen)
    {
        var shift = BitOperations.LeadingZeroCount((ulong)seen.Length) + 1;
        foreach (var hash in hashes)
        {
            var at = (int)(hash >> shift);
            while (seen[at] != 0 && seen[at] != hash)
                at = (at + 1) & (seen.Length - 1);
            if (seen[at] == hash)
                return false;
            seen[at] = hash;
        }

        return true;
    }
}
