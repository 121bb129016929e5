using Unbrush.Core;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Reading;

/// <summary>A sheet of text with a header, read record by record; its columns are found by their trimmed names, never by place.</summary>
internal sealed class SheetFile : IDisposable
{
    private static readonly Sentence Missing = new("a value is required here", "此处必须有值");

    private readonly SheetReader _reader;
    private readonly FileSample _file;
    private readonly Func<bool> _next;

    private SheetFile(FileSample file, SheetReader reader, List<string> names, List<string> comments)
    {
        _file = file;
        _reader = reader;
        _next = reader.Read;
        Names = names;
        Comments = comments;
    }

    /// <summary>The columns' names, trimmed.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The lines before the header that begin with <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; }

    /// <summary>The line on which the record begins.</summary>
    public long Row => _reader.Line;

    /// <summary>Opens a sheet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header, for the delimiter.</param>
    /// <exception cref="UnbrushException">The file is cut or damaged.</exception>
    public static SheetFile Open(FileSample file, Header header)
    {
        var reader = new SheetReader(file.OpenText(), header.Delimiter);
        var comments = new List<string>();
        while (Guard(file, reader.Read))
        {
            if (reader.Raw(0).TrimStart('\uFEFF').StartsWith('#'))
                comments.Add(string.Join(header.Delimiter, Enumerable.Range(0, reader.Count).Select(reader.Raw)));
            else
                return new(file, reader, [.. Enumerable.Range(0, reader.Count).Select(i => reader.Cell(i) ?? "")], comments);
        }

        return new(file, reader, [], comments);
    }

    /// <summary>Where the first of these columns stands, or -1.</summary>
    public int At(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Names.Count; i++)
            {
                if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
                    return i;
            }
        }

        return -1;
    }

    /// <summary>Moves to the next record that has as many cells as the header; one that has not is refused. Lines beginning with <c>#</c> are passed over where the head had such.</summary>
    public bool Read(RowSink sink, string table)
    {
        while (Guard(_file, _next))
        {
            if (Comments.Count > 0 && _reader.Raw(0).StartsWith('#'))
                continue;
            // A trailing delimiter makes one cell too many, and a spreadsheet drops empty cells at the end; neither loses anything.
            if (_reader.Count == Names.Count || (_reader.Count == Names.Count + 1 && _reader.Cell(Names.Count) is null))
                return true;
            var cells = _reader.Count;
            _reader.GiveBackLines();
            sink.Refuse(table, Row, "", "", new(
                $"a row of {cells} cells under a header of {Names.Count}; a delimiter or quote inside a cell is not escaped",
                $"一行 {cells} 个单元格，而表头有 {Names.Count} 个；单元格内的分隔符或引号未转义"));
        }

        return false;
    }

    /// <summary>A cell as it is meant; null where the column is missing (-1) or nothing stands there.</summary>
    public string? Cell(int column) => column < 0 ? null : _reader.Cell(column);

    /// <summary>The same without a string of its own: empty where nothing stands there; it holds until the next record is read.</summary>
    public ReadOnlySpan<char> Span(int column) => column < 0 ? default : _reader.Span(column);

    /// <summary>The cell by which a row is known; where it is missing, or a spreadsheet has rounded it, the row is refused.</summary>
    /// <returns>False where the row is refused.</returns>
    public bool TryKey(int column, RowSink sink, string table, out ReadOnlySpan<char> key)
    {
        key = Span(column);
        if (!key.IsEmpty && !Cells.IsRounded(key))
            return true;
        sink.Refuse(table, Row, column < 0 ? "" : Names[column], key.ToString(), key.IsEmpty ? Missing : Cells.Lost);
        return false;
    }

    public void Dispose() => _reader.Dispose();

    private static bool Guard(FileSample file, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ZstdSharp.ZstdException)
        {
            throw ImportContext.Damaged(file, e.Message, e);
        }
    }
}
