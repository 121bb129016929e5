using System.Numerics;
using System.Security.Cryptography;

namespace Unbrush.Feeds.Loading;

/// <summary>Hashes of 64 bits that were seen, by the million. It asks the memory once for a hash, where a set of the library asks twice.</summary>
/// <param name="expected">How many there will be, about.</param>
internal sealed class SeenHashes(long expected)
{
    /// <summary>So many hashes take 256 MiB here and 128 MiB in the database at most.</summary>
    private const long Most = 1L << 24;

    /// <summary>Drawn for the process, so that nobody can make numbers whose hashes all meet at one place. No result depends on it.</summary>
    private static readonly ulong Odd = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>A hash stands at the place that the upper bits of its product with <see cref="Odd"/> name, or behind it. At most half are taken, so that a free one, which holds 0, is near.</summary>
    private ulong[] _places = new ulong[BitOperations.RoundUpToPowerOf2((ulong)Math.Max(expected, 8) * 2)];
    private int _count;

    /// <summary>Keeps what was asked for in vain from being left out.</summary>
    private ulong _asked;

    /// <summary>Whether the rows of a table are different in some columns, by their hashes: where these are all different, the rows are.</summary>
    /// <remarks>The database's own <c>count(DISTINCT …)</c> takes three times as long, but can do without memory: it is asked of large tables.</remarks>
    /// <param name="context">The database.</param>
    /// <param name="columns">The columns, with commas between them.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">How many rows it has.</param>
    public static bool AreDifferent(ImportContext context, string columns, string table, long rows)
    {
        if (rows > Most)
            return context.Number($"SELECT count(*) - count(DISTINCT hash({columns})) FROM {table}") == 0;
        var seen = new SeenHashes(rows);
        var areDifferent = true;
        context.Columns<ulong>($"SELECT hash({columns}) FROM {table}", hashes => areDifferent = areDifferent && seen.AddAll(hashes));
        return areDifferent;
    }

    /// <summary>Adds hashes, up to the first that was seen before; false where there was one.</summary>
    public bool AddAll(ReadOnlySpan<ulong> hashes)
    {
        while ((_count + hashes.Length) * 2L > _places.Length)
            Grow();
        // The memory is asked for all places first, and answers them together; one by one, each would be waited for.
        var all = 0UL;
        foreach (var hash in hashes)
            all |= _places[PlaceOf(hash)];
        foreach (var hash in hashes)
        {
            if (!Add(hash))
                return false;
        }

        _asked |= all;
        return true;
    }

    /// <summary>Adds a hash; false where it was seen before. Of 0 it is always said that it was.</summary>
    public bool Add(ulong hash)
    {
        if (_count * 2 == _places.Length)
            Grow();
        if (!Put(hash))
            return false;
        _count++;
        return true;
    }

    private bool Put(ulong hash)
    {
        var places = _places;
        for (var at = PlaceOf(hash); ; at = (at + 1) & (places.Length - 1))
        {
            if (places[at] == hash)
                return false;
            if (places[at] == 0)
            {
                places[at] = hash;
                return true;
            }
        }
    }

    private int PlaceOf(ulong hash) => (int)((hash * Odd) >> (BitOperations.LeadingZeroCount((ulong)_places.Length) + 1));

    private void Grow()
    {
        var old = _places;
        _places = new ulong[old.Length * 2];
        foreach (var hash in old)
        {
            if (hash != 0)
                Put(hash);
        }
    }
}
