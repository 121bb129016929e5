using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Unbrush.Casework.Ledger;

/// <summary>
/// The bytes of a ledger entry. The canonical form is one line of JSON whose first members have fixed places:
/// <c>{"seq":N,"prev":"…","who":"…","why":"…","subject":"…","at":"…","kind":"…","facts":{…}}</c>. Who, why and subject stand
/// there as commitments, SHA-256 over a 16-byte salt and the UTF-8 value, or null; salts and values are kept beside
/// the entry, so that a value can be erased while the chain still verifies.
/// </summary>
internal static class EntryCodec
{
    public const int HashBytes = 32;
    public const int Fields = 3;
    private const int SaltBytes = 16;
    private const int HexChars = 64;

    /// <summary>Opening bytes of which nothing is left; a null parameter would have no type on PostgreSQL.</summary>
    public static byte[] Emptied { get; } = new byte[Fields];

    /// <summary>The hash that the first entry follows.</summary>
    public static byte[] Genesis { get; } = new byte[HashBytes];

    public static byte[] Encode(ArrayBufferWriter<byte> scratch, long seq, ReadOnlySpan<byte> previous, byte[]?[] commitments, long at, string kind, string facts)
    {
        scratch.ResetWrittenCount();
        Raw(scratch, "{\"seq\":"u8);
        Utf8Formatter.TryFormat(seq, scratch.GetSpan(20), out var digits);
        scratch.Advance(digits);
        Raw(scratch, ",\"prev\":"u8);
        Hex(scratch, previous);
        for (var i = 0; i < Fields; i++)
        {
            Raw(scratch, i switch { 0 => ",\"who\":"u8, 1 => ",\"why\":"u8, _ => ",\"subject\":"u8 });
            if (commitments[i] is { } commitment)
                Hex(scratch, commitment);
            else
                Raw(scratch, "null"u8);
        }

        Raw(scratch, ",\"at\":\""u8);
        Text(scratch, at.MicrosToText());
        Raw(scratch, "\",\"kind\":\""u8);
        Text(scratch, kind);
        Raw(scratch, "\",\"facts\":"u8);
        Text(scratch, facts);
        Raw(scratch, "}"u8);
        return scratch.WrittenSpan.ToArray();
    }

    public static byte[] Commit(ReadOnlySpan<byte> salt, string value)
    {
        var bytes = new byte[SaltBytes + Encoding.UTF8.GetMaxByteCount(value.Length)];
        salt.CopyTo(bytes);
        var length = Encoding.UTF8.GetBytes(value, bytes.AsSpan(SaltBytes));
        return SHA256.HashData(bytes.AsSpan(0, SaltBytes + length));
    }

    /// <summary>Seals values: returns their commitments and the bytes that open them.</summary>
    public static (byte[]?[] Commitments, byte[]? Opened) Seal(Func<Span<byte>, bool> salts, params ReadOnlySpan<string?> values)
    {
        var commitments = new byte[]?[Fields];
        Span<byte> salt = stackalloc byte[SaltBytes];
        using var opened = new MemoryStream();
        var any = false;
        for (var i = 0; i < Fields; i++)
        {
            if (values[i] is not { } value)
            {
                opened.WriteByte(0);
                continue;
            }

            salts(salt);
            commitments[i] = Commit(salt, value);
            any = true;
            WriteField(opened, salt, value);
        }

        return (commitments, any ? opened.ToArray() : null);
    }

    /// <summary>The values that <paramref name="opened"/> still holds; null where there is none or it was erased.</summary>
    public static string?[] Open(byte[]? opened)
    {
        var values = new string?[Fields];
        if (opened is null)
            return values;
        var at = 0;
        for (var i = 0; i < Fields; i++)
        {
            var present = at < opened.Length && opened[at] == 1;
            if (TryField(opened, ref at, out _, out var value) && present)
                values[i] = Encoding.UTF8.GetString(value);
        }

        return values;
    }

    /// <summary>The opening bytes without the chosen fields; null where none is left.</summary>
    public static byte[]? Erase(byte[] opened, ReadOnlySpan<bool> erase)
    {
        using var kept = new MemoryStream();
        var at = 0;
        var any = false;
        for (var i = 0; i < Fields; i++)
        {
            var present = opened[at] == 1;
            if (!TryField(opened, ref at, out var salt, out var value) || !present || erase[i])
            {
                kept.WriteByte(0);
                continue;
            }

            any = true;
            WriteField(kept, salt, Encoding.UTF8.GetString(value));
        }

        return any ? kept.ToArray() : null;
    }

    /// <summary>Checks one entry by itself: its number, its hash and that what is opened fits the commitments.</summary>
    /// <returns>Null where all is well, otherwise what is wrong.</returns>
    public static EntryFault? Check(IncrementalHash sha, long seq, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> opened, Span<byte> previous)
    {
        Span<byte> digest = stackalloc byte[HashBytes];
        sha.AppendData(entry);
        sha.GetHashAndReset(digest);
        if (!digest.SequenceEqual(hash))
            return EntryFault.Changed;
        var rest = entry;
        if (!Skip(ref rest, "{\"seq\":"u8) || !Utf8Parser.TryParse(rest, out long number, out var digits))
            return EntryFault.Changed;
        rest = rest[digits..];
        if (number != seq)
            return EntryFault.Renumbered;
        if (!Skip(ref rest, ",\"prev\":"u8) || !Unhex(ref rest, previous))
            return EntryFault.Changed;
        return opened.IsEmpty ? null : CheckOpened(sha, rest, opened);
    }

    public static LedgerEntry Read(long seq, byte[] entry, byte[] hash, byte[]? opened)
    {
        using var json = JsonDocument.Parse(entry);
        var root = json.RootElement;
        var values = Open(opened);
        return new(
            seq,
            root.GetProperty("at").GetDateTimeOffset(),
            root.GetProperty("kind").GetString()!,
            values[0],
            values[1],
            values[2],
            root.GetProperty("facts").GetRawText(),
            Convert.ToHexStringLower(hash));
    }

    private static EntryFault? CheckOpened(IncrementalHash sha, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> opened)
    {
        Span<byte> committed = stackalloc byte[HashBytes];
        Span<byte> digest = stackalloc byte[HashBytes];
        var at = 0;
        for (var i = 0; i < Fields; i++)
        {
            if (!Skip(ref rest, i switch { 0 => ",\"who\":"u8, 1 => ",\"why\":"u8, _ => ",\"subject\":"u8 }) || at >= opened.Length)
                return EntryFault.Changed;
            var isNull = Skip(ref rest, "null"u8);
            if (!isNull && !Unhex(ref rest, committed))
                return EntryFault.Changed;
            var present = opened[at] == 1;
            if (!TryField(opened, ref at, out var salt, out var value))
                return EntryFault.Opened;
            if (!present)
                continue;
            sha.AppendData(salt);
            sha.AppendData(value);
            sha.GetHashAndReset(digest);
            if (isNull || !digest.SequenceEqual(committed))
                return EntryFault.Opened;
        }

        return null;
    }

    private static bool TryField(ReadOnlySpan<byte> opened, ref int at, out ReadOnlySpan<byte> salt, out ReadOnlySpan<byte> value)
    {
        salt = value = default;
        if (at >= opened.Length)
            return false;
        if (opened[at] == 0)
        {
            at++;
            return true;
        }

        if (at + 1 + SaltBytes + sizeof(int) > opened.Length)
            return false;
        salt = opened.Slice(at + 1, SaltBytes);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(opened[(at + 1 + SaltBytes)..]);
        var from = at + 1 + SaltBytes + sizeof(int);
        if (length < 0 || length > opened.Length - from)
            return false;
        value = opened.Slice(from, length);
        at = from + length;
        return true;
    }

    private static void WriteField(MemoryStream to, ReadOnlySpan<byte> salt, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        to.WriteByte(1);
        to.Write(salt);
        to.Write(length);
        to.Write(bytes);
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }

    private static bool Unhex(ref ReadOnlySpan<byte> rest, scoped Span<byte> to)
    {
        if (rest.Length < HexChars + 2 || rest[0] != '"' || rest[HexChars + 1] != '"')
            return false;
        var status = Convert.FromHexString(rest.Slice(1, HexChars), to, out _, out var written);
        rest = rest[(HexChars + 2)..];
        return status == OperationStatus.Done && written == HashBytes;
    }

    private static void Hex(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        var span = to.GetSpan(HexChars + 2);
        span[0] = (byte)'"';
        Convert.TryToHexStringLower(bytes, span[1..], out _);
        span[HexChars + 1] = (byte)'"';
        to.Advance(HexChars + 2);
    }

    private static void Raw(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes) => to.Write(bytes);

    private static void Text(ArrayBufferWriter<byte> to, string text)
    {
        var span = to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        to.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}

/// <summary>How an entry may be broken by itself.</summary>
internal enum EntryFault
{
    /// <summary>Its bytes do not give its hash.</summary>
    Changed,

    /// <summary>It carries another number than its place.</summary>
    Renumbered,

    /// <summary>Who, why or subject is not what was committed to.</summary>
    Opened,
}
