using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Unbrush.Feeds.Personal;

/// <summary>
/// The keys that a function makes of texts, each made once. Unlike the few words that <see cref="Reading.Remembered{T}"/> is for, names and addresses are many:
/// text and key lie side by side in long arrays, so that finding one asks the memory twice, and no object stands for it. What is handed out
/// stays as it is, even when all is forgotten after a quarter of a million texts.
/// </summary>
/// <param name="make">The function: a key or null, and a number of the caller's; of equal texts it must make equal things.</param>
internal sealed class RememberedKeys(Func<string, (string? Key, ushort Mark)> make)
{
    private const int Most = 1 << 18;

    /// <summary>Longer texts are not worth their room.</summary>
    private const int Longest = 1 << 10;

    /// <summary>An array holds so many characters.</summary>
    private const int Part = 1 << 20;

    private const int MostParts = 1 << 6;

    /// <summary>Before a text stand its length, one more than the key's length or 0 for no key, and the mark.</summary>
    private const int Head = 3;

    /// <summary>Drawn for the process, so that nobody can make texts that all meet at one place. No result depends on it.</summary>
    private static readonly ulong Odd = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>The upper half of a text's hash, and where it lies, in characters and from 1. At most half are taken; a free one holds 0.</summary>
    private ulong[] _places = new ulong[1 << 8];
    private int _count;
    private List<char[]> _parts = [];
    private int _free = Part;

    /// <summary>The key of a text, empty where it has none.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text, out ushort mark)
    {
        if (text.Length > Longest)
            return Made(text, out mark);
        var hash = HashOf(text);
        for (var at = PlaceOf(hash); _places[at] is var place and not 0; at = (at + 1) & (_places.Length - 1))
        {
            if ((place ^ hash) >> 32 != 0)
                continue;
            var (part, start) = ((int)((uint)(place - 1) / Part), (int)((uint)(place - 1) % Part));
            var found = _parts[part].AsSpan(start);
            if (!found.Slice(Head, found[0]).SequenceEqual(text))
                continue;
            mark = found[2];
            return found[1] == 0 ? default : found.Slice(Head + found[0], found[1] - 1);
        }

        var key = Made(text, out mark);
        Keep(hash, text, key, mark);
        return key;
    }

    private ReadOnlySpan<char> Made(ReadOnlySpan<char> text, out ushort mark)
    {
        (var key, mark) = make(text.ToString());
        return key;
    }

    private void Keep(ulong hash, ReadOnlySpan<char> text, ReadOnlySpan<char> key, ushort mark)
    {
        var length = Head + text.Length + key.Length;
        if (length > 2 * Longest)
            return;
        if (_count >= Most || (_free + length > Part && _parts.Count == MostParts))
        {
            // Arrays that somebody still has a key in are left as they are.
            (_places, _parts, _count, _free) = (new ulong[1 << 8], [], 0, Part);
        }

        if (_free + length > Part)
        {
            _parts.Add(new char[Part]);
            _free = 0;
        }

        if (_count * 2 >= _places.Length)
            Grow();
        var to = _parts[^1].AsSpan(_free, length);
        (to[0], to[1], to[2]) = ((char)text.Length, key.IsEmpty ? '\0' : (char)(key.Length + 1), (char)mark);
        text.CopyTo(to[Head..]);
        key.CopyTo(to[(Head + text.Length)..]);
        Put(_places, hash & ~0xFFFFFFFFUL | (uint)(((_parts.Count - 1) * Part) + _free + 1));
        _free += length;
        _count++;
    }

    private void Grow()
    {
        var larger = new ulong[_places.Length * 2];
        foreach (var place in _places)
        {
            if (place != 0)
                Put(larger, place);
        }

        _places = larger;
    }

    private static void Put(ulong[] places, ulong place)
    {
        var at = PlaceOf(place, places);
        while (places[at] != 0)
            at = (at + 1) & (places.Length - 1);
        places[at] = place;
    }

    private int PlaceOf(ulong hash) => PlaceOf(hash, _places);

    /// <summary>The upper half alone names the place, for no more is kept of a hash.</summary>
    private static int PlaceOf(ulong hash, ulong[] places) => (int)(hash >> (BitOperations.LeadingZeroCount((ulong)places.Length) + 1));

    private static ulong HashOf(ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = Mixed(hash ^ MemoryMarshal.Read<ulong>(bytes));
        var rest = 0UL;
        foreach (var one in bytes)
            rest = (rest << 8) | one;
        return Mixed(hash ^ rest);
    }

    private static ulong Mixed(ulong hash)
    {
        var high = Math.BigMul(hash, Odd, out var low);
        return high ^ low;
    }
}
