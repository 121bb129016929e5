using System.Globalization;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Reading;

/// <summary>A delimited file as a DuckDB table function whose columns are <c>c0</c>, <c>c1</c> … in the file's order, all text.</summary>
/// <param name="Strict">The fast way: fails where a line does not split into the header's cells.</param>
/// <param name="Tolerant">
/// The same over a mended copy, with the column <c>file_row</c>; lines that do not split are set aside in a table of the given name.
/// </param>
public sealed record DelimitedText(string Strict, Func<string, string> Tolerant)
{
    /// <summary>Lines up to this many bytes need no more room than DuckDB's reader takes by itself.</summary>
    private const int UsualLine = 1_900_000;

    /// <summary>Prepares the reading of a file.</summary>
    public static DelimitedText Read(FileSample file, Header header, ImportContext context)
    {
        var columns = string.Join(", ", header.Names.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"'c{i}': 'VARCHAR'")));
        var delimiter = header.Delimiter == '\t' ? "\\t" : header.Delimiter.ToString();
        var dialect = $"delim = '{delimiter}', quote = '\"', escape = '\"', auto_detect = false";
        var path = context.Utf8(file);
        if (path == file.Path && !context.IsLegal(file))
        {
            // An illegal byte in a cell that is read beside others that are not makes the database stop for good. What a query of it
            // would find out is known here already.
            var nothing = string.Join(", ", header.Names.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"CAST(NULL AS VARCHAR) AS c{i}")));
            return new($"(SELECT * FROM (SELECT {nothing}) WHERE error('bytes that are not legal in the file''s encoding') IS NULL)", Mended);
        }

        var packing = path != file.Path || file.Packing == Packing.None ? "none" : file.Packing == Packing.Gzip ? "gzip" : "zstd";
        return new(
            $"read_csv({ImportContext.Quote(path)}, columns = {{{columns}}}, {dialect}, header = true, new_line = '{LineEnd(file.Text)}', compression = '{packing}')",
            Mended);

        string Mended(string rejects)
        {
            var mending = context.Mend(file, header.Delimiter, header.Names.Count);
            context.ListBad(mending, rejects);
            var longest = mending.LongestRecord < UsualLine ? "" : string.Create(CultureInfo.InvariantCulture, $", max_line_size = {mending.LongestRecord + 64}");
            return $"read_csv({ImportContext.Quote(mending.Path)}, columns = {{'file_row': 'BIGINT', {columns}}}, {dialect}, header = false, new_line = '\\n', compression = 'none'{longest})";
        }
    }

    /// <summary>How the header's line ends. Left to guess, the database takes a line end within a cell for the file's.</summary>
    private static string LineEnd(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == '\n')
                return "\\n";
            else if (!quoted && text[i] == '\r')
                return i + 1 < text.Length && text[i + 1] == '\n' ? "\\r\\n" : "\\r";
        }

        return "\\n";
    }
}
