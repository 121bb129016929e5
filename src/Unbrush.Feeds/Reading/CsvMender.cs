using System.Buffers;
using System.Text.Unicode;
using System.Globalization;

namespace Unbrush.Feeds.Reading;

/// <summary>
/// Reads delimited text by the letter of RFC 4180 and writes a copy of its whole records, each with its row number
/// before it; what is no record is set aside. It is used where DuckDB's own reader, which is faster but knows no row
/// numbers, has stumbled or has found bad values, and wherever a file must be unpacked or decoded.
/// </summary>
/// <remarks>A row is counted as a spreadsheet does: the header is row 1, a blank line is a row, a cell over several lines is one.</remarks>
internal sealed class CsvMender(RecordSource source, Stream output, BadRows bad, byte delimiter, int columns)
{
    private readonly SearchValues<byte> _cellEnds = SearchValues.Create([delimiter, (byte)'\n', (byte)'\r']);
    private long _row;
    private bool _hasStrayQuote;

    public int LongestRecord { get; private set; }

    /// <summary>The row that was read last; names the place where a packed file ends too soon.</summary>
    public long Row => _row;

    public void Run()
    {
        SkipByteOrderMark();
        while (true)
        {
            if (source.Window.IsEmpty && !source.Grow())
                return;
            _row++;
            var (length, fault) = Next();
            if (_row > 1)
                Write(length, fault);
            source.Advance(length);
        }
    }

    private void SkipByteOrderMark()
    {
        while (source.Window.Length < 3 && source.Grow())
        {
            // Until three bytes are at hand, or there are no more.
        }

        if (source.Window.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            source.Advance(3);
    }

    /// <summary>The next record, growing the window until it is whole; a record that is none ends with its line.</summary>
    private (int Length, string? Fault) Next()
    {
        while (true)
        {
            var (length, fault, needsMore) = Scan(source.Window, source.IsLast);
            if (!needsMore)
                return (fault is null ? length : Line(), fault);
            if (!source.Grow() && !source.IsLast)
                return (Line(), RowFault.TooLong);
        }
    }

    /// <summary>The length of the physical line at the window's front, line end included.</summary>
    private int Line()
    {
        while (true)
        {
            var at = source.Window.IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0 && source.Window[at] == '\r' && at + 1 == source.Window.Length && !source.IsLast && source.Grow())
                continue;
            if (at >= 0)
                return at + (source.Window[at..].StartsWith("\r\n"u8) ? 2 : 1);
            if (!source.Grow())
                return source.Window.Length;
        }
    }

    private (int Length, string? Fault, bool NeedsMore) Scan(ReadOnlySpan<byte> window, bool isLast)
    {
        int at = 0, cells = 0;
        _hasStrayQuote = false;
        while (true)
        {
            cells++;
            if (at < window.Length && window[at] == '"')
            {
                at++;
                while (true)
                {
                    var quote = window[at..].IndexOf((byte)'"');
                    if (quote < 0)
                        return isLast ? (0, RowFault.OpenQuote, false) : (0, null, true);
                    at += quote + 1;
                    if (at == window.Length && !isLast)
                        return (0, null, true);
                    if (at == window.Length || window[at] != '"')
                        break;
                    at++;
                }

                if (at < window.Length && !_cellEnds.Contains(window[at]))
                    return (0, RowFault.AfterQuote, false);
            }
            else
            {
                var end = window[at..].IndexOfAny(_cellEnds);
                if (end < 0 && !isLast)
                    return (0, null, true);
                end = end < 0 ? window.Length : at + end;
                _hasStrayQuote |= window[at..end].Contains((byte)'"');
                at = end;
            }

            if (at < window.Length && window[at] == delimiter)
            {
                at++;
                continue;
            }

            if (at < window.Length && window[at] == '\r')
            {
                if (at + 1 == window.Length && !isLast)
                    return (0, null, true);
                at += window[at..].StartsWith("\r\n"u8) ? 2 : 1;
            }
            else if (at < window.Length)
            {
                at++;
            }

            return (at, cells == columns || IsBlank(window[..at]) ? null : cells < columns ? RowFault.FewCells : RowFault.ManyCells, false);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> record) => !record.ContainsAnyExcept((byte)'\r', (byte)'\n');

    private void Write(int length, string? fault)
    {
        var record = source.Window[..length];
        var text = record.TrimEnd("\r\n"u8);
        if (fault is null && text.IsEmpty && IsBlank(record))
            return;
        if (text.Contains((byte)0))
            fault = RowFault.ZeroBytes;
        else if (!Utf8.IsValid(text) || text.IndexOf(RowFault.Broken) >= 0)
            fault = RowFault.Encoding;
        if (fault is not null)
        {
            bad.Add(_row, fault, text);
            return;
        }

        LongestRecord = Math.Max(LongestRecord, length);
        Span<byte> number = stackalloc byte[24];
        _row.TryFormat(number, out var digits, default, CultureInfo.InvariantCulture);
        number[digits] = delimiter;
        output.Write(number[..(digits + 1)]);
        if (_hasStrayQuote)
            WriteQuoted(text);
        else
            output.Write(text);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a record whose bare cells hold quotes, which DuckDB takes for the beginning of a quoted cell where only blanks stand before: every bare cell gets quotes.</summary>
    private void WriteQuoted(ReadOnlySpan<byte> record)
    {
        while (true)
        {
            var end = 0;
            if (record.StartsWith("\""u8))
            {
                end = 1;
                while (end < record.Length && (record[end] != '"' || (end + 1 < record.Length && record[end + 1] == '"')))
                    end += record[end] == '"' ? 2 : 1;
                end++;
                output.Write(record[..end]);
            }
            else
            {
                end = record.IndexOf(delimiter) is var at and >= 0 ? at : record.Length;
                output.WriteByte((byte)'"');
                foreach (var b in record[..end])
                {
                    if (b == '"')
                        output.WriteByte(b);
                    output.WriteByte(b);
                }

                output.WriteByte((byte)'"');
            }

            if (end >= record.Length)
                return;
            output.WriteByte(delimiter);
            record = record[(end + 1)..];
        }
    }
}
