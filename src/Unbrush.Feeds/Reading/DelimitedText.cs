using System.Globalization;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Reading;

/// <summary>A delimited file as a DuckDB table function whose columns are <c>c0</c>, <c>c1</c> … in the file's order, all text.</summary>
/// <param name="Strict">The fast way: fails where a line does not split into the header's cells.</param>
/// <param name="Tolerant">The same, setting such lines aside in a table of the given name.</param>
public sealed record DelimitedText(string Strict, Func<string, string> Tolerant)
{
    /// <summary>The longest line that can be read, in bytes.</summary>
    public const int LongestLine = 16 << 20;

    /// <summary>Prepares the reading of a file.</summary>
    public static DelimitedText Read(FileSample file, Header header, ImportContext context)
    {
        var path = context.Utf8(file);
        var columns = string.Join(", ", header.Names.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"'c{i}': 'VARCHAR'")));
        var packing = path != file.Path || file.Packing == Packing.None ? "none" : file.Packing == Packing.Gzip ? "gzip" : "zstd";
        var delimiter = header.Delimiter == '\t' ? "\\t" : header.Delimiter.ToString();
        var call = $"read_csv({ImportContext.Quote(path)}, columns = {{{columns}}}, delim = '{delimiter}', quote = '\"', escape = '\"', header = true, auto_detect = false, compression = '{packing}'";
        return new(
            call + ")",
            rejects => string.Create(CultureInfo.InvariantCulture, $"{call}, store_rejects = true, rejects_table = '{rejects}', rejects_scan = '{rejects}_scan', rejects_limit = 0, max_line_size = {LongestLine}, strict_mode = false)"));
    }
}
