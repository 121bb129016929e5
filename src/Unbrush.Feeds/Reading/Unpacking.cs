using System.Formats.Tar;
using System.IO.Compression;
using Unbrush.Core;

namespace Unbrush.Feeds.Reading;

/// <summary>
/// Opens archives and workbooks into a scratch folder that is deleted with it: <c>.zip</c>, <c>.tar</c>, <c>.tar.gz</c>, <c>.xlsx</c>. Files are told by content.
/// An archive that names places outside itself, holds too many files, or unpacks to far more than any real feed does, is refused.
/// </summary>
public sealed class Unpacking(string? scratchDirectory = null) : IDisposable
{
    private const int MostFiles = 10_000;
    private const long SmallEnough = 64L << 20;
    private const long Largest = 256L << 30;
    private const int LargestRatio = 200;

    private readonly string _folder = Path.Combine(scratchDirectory ?? Path.GetTempPath(), "unbrush-unpack-" + Path.GetRandomFileName());
    private int _archives;

    /// <summary>The files behind a path: itself, or what it holds.</summary>
    /// <exception cref="UnbrushException">The archive is damaged, or is refused.</exception>
    public IReadOnlyList<string> Open(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        try
        {
            using (var raw = File.OpenRead(path))
            {
                if (raw.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4)
                    return [path];
            }

            if (magic.SequenceEqual("PK\x03\x04"u8))
                return Zip(path);
            return IsTar(path, magic.StartsWith<byte>([0x1f, 0x8b])) is { } isPacked ? Tar(path, isPacked) : [path];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException or NotSupportedException)
        {
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} cannot be unpacked: {e.Message.Split('\n')[0]}", $"无法解压 {path}：{e.Message.Split('\n')[0]}"), e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>How many bytes a packed file of this size may unpack to.</summary>
    internal static long Allowed(long packed) => Math.Min(Largest, Math.Max(SmallEnough, packed * LargestRatio));

    /// <summary>Copies a stream, refusing more than is allowed.</summary>
    internal static void Copy(Stream from, string to, string archive, ref long left)
    {
        using var file = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            left -= read;
            if (left < 0)
                throw TooLarge(archive);
            file.Write(buffer, 0, read);
        }
    }

    internal static UnbrushException TooLarge(string archive) => new(ExitCode.Unreadable, new(
        $"{archive} unpacks to over {LargestRatio} times its size: it is no feed. If it is, unpack it yourself and name the files.",
        $"{archive} 解压后超过其大小的 {LargestRatio} 倍，不像数据文件。若确为数据，请自行解压后指定文件。"));

    private List<string> Zip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var left = Allowed(new FileInfo(path).Length);
        if (zip.GetEntry("xl/workbook.xml") is not null)
        {
            // The reader of workbooks unpacks by itself: what it would unpack is measured first, by unpacking it.
            foreach (var part in zip.Entries)
                Measure(part, path, ref left);
            return Workbook.ToCsv(path, Fresh());
        }

        var files = new List<string>();
        var folder = Fresh();
        foreach (var entry in zip.Entries.Where(e => e.Name.Length > 0))
        {
            var to = Place(path, folder, entry.FullName, files.Count);
            using var content = entry.Open();
            Copy(content, to, path, ref left);
            files.Add(to);
        }

        return files;
    }

    private List<string> Tar(string path, bool isPacked)
    {
        var left = Allowed(new FileInfo(path).Length);
        var files = new List<string>();
        var folder = Fresh();
        using var raw = File.OpenRead(path);
        using Stream stream = isPacked ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            // Links point elsewhere and are not followed.
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var to = Place(path, folder, entry.Name, files.Count);
            if (entry.DataStream is { } content)
                Copy(content, to, path, ref left);
            else
                File.Create(to).Dispose();
            files.Add(to);
        }

        return files;
    }

    /// <summary>Where an entry goes: by its own name alone, in a folder of its own where names repeat.</summary>
    private static string Place(string archive, string folder, string name, int count)
    {
        var parts = name.Replace('\\', '/').Split('/');
        if (name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || parts.Contains(".."))
        {
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"{archive} names a place outside itself ('{name}') and was not unpacked.",
                $"{archive} 中含有指向外部的路径（“{name}”），未解压。"));
        }

        if (count >= MostFiles)
            throw new UnbrushException(ExitCode.Unreadable, new($"{archive} holds more than {MostFiles} files.", $"{archive} 中的文件超过 {MostFiles} 个。"));
        var to = Path.Combine(folder, parts[^1]);
        if (!File.Exists(to))
            return to;
        var apart = Path.Combine(folder, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(apart);
        return Path.Combine(apart, parts[^1]);
    }

    private static void Measure(ZipArchiveEntry entry, string archive, ref long left)
    {
        using var content = entry.Open();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            left -= read;
            if (left < 0)
                throw TooLarge(archive);
        }
    }

    private static bool? IsTar(string path, bool isPacked)
    {
        var head = new byte[512];
        using var raw = File.OpenRead(path);
        using Stream stream = isPacked ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        try
        {
            if (stream.ReadAtLeast(head, 512, throwOnEndOfStream: false) < 512)
                return null;
        }
        catch (InvalidDataException)
        {
            // A damaged gzip is for whoever reads the file to name.
            return null;
        }

        return head.AsSpan(257, 5).SequenceEqual("ustar"u8) ? isPacked : null;
    }

    private string Fresh() => Directory.CreateDirectory(Path.Combine(_folder, (_archives++).ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;
}
