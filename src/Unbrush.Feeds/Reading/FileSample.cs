using System.IO.Compression;
using System.Text;
using Unbrush.Core;

namespace Unbrush.Feeds.Reading;

/// <summary>How a file is packed.</summary>
public enum Packing
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Zstandard.</summary>
    Zstd,
}

/// <summary>What is inside a file, unpacked.</summary>
public enum Content
{
    /// <summary>Rows of delimited text.</summary>
    Delimited,

    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Nothing at all.</summary>
    Empty,
}

/// <summary>The beginning of a file, unpacked and decoded: enough to tell what it is.</summary>
public sealed class FileSample
{
    private const int Length = 64 * 1024;

    private FileSample(string path, Packing packing, Content content, Encoding encoding, string text)
    {
        Path = path;
        Packing = packing;
        Content = content;
        Encoding = encoding;
        Text = text;
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The file's name without its folder, as notes and errors name it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>How it is packed.</summary>
    public Packing Packing { get; }

    /// <summary>What is inside.</summary>
    public Content Content { get; }

    /// <summary>UTF-8, or GB18030 where the bytes are no UTF-8.</summary>
    public Encoding Encoding { get; }

    /// <summary>The beginning as text; empty for Parquet.</summary>
    public string Text { get; }

    /// <summary>The contract's name of the table: everything up to the first <c>-</c> or <c>.</c> of the file's name.</summary>
    public string Stem => StemOf(Path);

    /// <summary>The contract's name of the table that a path means.</summary>
    public static string StemOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return name[..(name.IndexOfAny(['-', '.']) is var at and >= 0 ? at : name.Length)].ToLowerInvariant();
    }

    /// <summary>Opens the whole file, unpacked.</summary>
    public Stream Open() => Open(Path, Packing);

    /// <summary>Opens the whole file as text, unpacked and decoded.</summary>
    public TextReader OpenText() => new StreamReader(Open(), Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);

    /// <summary>Opens the whole file as UTF-8, unpacked and, where need be, transcoded.</summary>
    public Stream OpenUtf8() => Encoding is UTF8Encoding ? Open() : Encoding.CreateTranscodingStream(Open(), Encoding, new UTF8Encoding(false));

    /// <summary>The same, with U+FFFF in the place of bytes that are not legal in the encoding, so that a row with some can be told.</summary>
    internal Stream OpenMarked()
    {
        if (Encoding is UTF8Encoding)
            return Open();
        var marking = (Encoding)Encoding.Clone();
        marking.DecoderFallback = new DecoderReplacementFallback("\uFFFF");
        return Encoding.CreateTranscodingStream(Open(), marking, new UTF8Encoding(false));
    }

    /// <summary>Takes a sample of a file.</summary>
    /// <exception cref="UnbrushException">The file is missing, locked away, cut, or no text.</exception>
    public static FileSample Of(string path)
    {
        byte[] bytes;
        Packing packing;
        try
        {
            Span<byte> magic = stackalloc byte[4];
            int n;
            using (var raw = File.OpenRead(path))
                n = raw.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
            if (n == 0)
                return new(path, Packing.None, Content.Empty, Encoding.UTF8, "");
            if (magic.SequenceEqual("PAR1"u8))
                return new(path, Packing.None, Content.Parquet, Encoding.UTF8, "");
            packing = magic.StartsWith<byte>([0x1f, 0x8b]) ? Packing.Gzip : magic.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd]) ? Packing.Zstd : Packing.None;
            if (packing == Packing.Gzip)
                RefuseBomb(path);
            using var stream = Open(path, packing);
            bytes = new byte[Length];
            bytes = bytes[..stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ZstdSharp.ZstdException)
        {
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} cannot be read: {e.Message}", $"无法读取 {path}：{e.Message}"), e);
        }

        if (bytes.Length == 0)
            return new(path, packing, Content.Empty, Encoding.UTF8, "");
        if (bytes.AsSpan().IndexOf((byte)0) >= 0)
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} holds zero bytes: it is no text table. Export it again as CSV, NDJSON or Parquet.", $"{path} 含有零字节，不是文本表格。请重新导出为 CSV、NDJSON 或 Parquet。"));
        var encoding = EncodingOf(bytes);
        var text = encoding.GetString(bytes).TrimStart('\uFEFF');
        return new(path, packing, ContentOf(text), encoding, text);
    }

    private static Stream Open(string path, Packing packing)
    {
        var raw = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return packing switch
        {
            Packing.Gzip => new BoundedStream(new GZipStream(raw, CompressionMode.Decompress), path, Unpacking.Allowed(raw.Length)),
            Packing.Zstd => new BoundedStream(new ZstdSharp.DecompressionStream(raw, leaveOpen: false), path, Unpacking.Allowed(raw.Length)),
            _ => raw,
        };
    }

    /// <summary>What a gzip file says of its own size, to refuse a bomb before anything reads it (the size is kept modulo 4 GiB).</summary>
    private static void RefuseBomb(string path)
    {
        Span<byte> trailer = stackalloc byte[4];
        using var raw = File.OpenRead(path);
        if (raw.Length < 18)
            return;
        raw.Seek(-4, SeekOrigin.End);
        raw.ReadExactly(trailer);
        if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(trailer) > Unpacking.Allowed(raw.Length))
            throw Unpacking.TooLarge(path);
    }

    /// <summary>
    /// UTF-8 or GB18030, of which GBK is a part: whichever more lines are legal in. A UTF-8 file with one broken row must not
    /// be read as GB18030, in which most of its bytes are legal too.
    /// </summary>
    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes)
    {
        int sound = 0, broken = 0;
        var isCut = bytes.Length == Length;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0 && isCut && sound + broken > 0)
                break;
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (Ascii.IsValid(line))
                continue;
            if (System.Text.Unicode.Utf8.IsValid(line) || (end < 0 && isCut && System.Text.Unicode.Utf8.IsValid(line[..^LastCharacter(line)])))
                sound++;
            else
                broken++;
        }

        return broken > sound ? Gb18030.Instance : Encoding.UTF8;
    }

    /// <summary>How many bytes at the end may be the beginning of a character that the sample has cut.</summary>
    private static int LastCharacter(ReadOnlySpan<byte> line)
    {
        var n = 1;
        while (n < 4 && n < line.Length && (line[^n] & 0xC0) == 0x80)
            n++;
        return n;
    }

    private static Content ContentOf(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
            return Content.Delimited;
        if (start[0] == '[')
            return Content.Json;
        var line = start.IndexOfAny('\r', '\n') is var end and >= 0 ? start[..end].TrimEnd() : start.TrimEnd();
        return line[^1] == '}' ? Content.Ndjson : Content.Json;
    }
}
