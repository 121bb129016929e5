using System.Buffers;

namespace Unbrush.Feeds.Reading;

/// <summary>
/// Streams the records of a delimited text (RFC 4180; a quote that does not open a cell is an ordinary character, as in
/// <c>="123"</c>). Cells become strings only when they are asked for. One record may hold at most <see cref="LongestRecord"/> characters.
/// </summary>
internal sealed class SheetReader(TextReader text, char delimiter) : IDisposable
{
    /// <summary>The longest record that is read, in characters.</summary>
    public const int LongestRecord = 16 << 20;

    private readonly SearchValues<char> _ends = SearchValues.Create([delimiter, '\r', '\n']);
    private readonly List<(int Start, int Length, bool Quoted)> _cells = [];
    private char[] _buffer = ArrayPool<char>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _isOver;
    private int _record;
    private int _rewinds;

    /// <summary>The line on which the record begins, the first being 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many lines ended before the next record.</summary>
    private long _lines = 1;

    /// <summary>How many cells the record has.</summary>
    public int Count => _cells.Count;

    /// <summary>Moves to the next record that is not blank.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">A record is longer than any real one: a quote was never closed.</exception>
    public bool Read()
    {
        while (true)
        {
            _cells.Clear();
            Line = _lines;
            if (_start == _end && !Fill())
                return false;
            Scan();
            if (_cells.Count > 1 || _cells[0].Length > 0 || _cells[0].Quoted)
                return true;
        }
    }

    /// <summary>
    /// Gives back all but the first line of a record that turned out to be broken: its quote was never closed and swallowed the lines
    /// behind it. Not done for very long records, nor more than a thousand times a file, so that no file takes long.
    /// </summary>
    public bool GiveBackLines()
    {
        var first = _buffer.AsSpan(_record, _start - _record).IndexOf('\n');
        if (first < 0 || _record + first + 1 >= _start || _start - _record > 1 << 16 || _rewinds++ >= 1000)
            return false;
        _start = _record + first + 1;
        _lines = Line + 1;
        return true;
    }

    /// <summary>A cell as it stands, without its quotes; empty beyond the record's end.</summary>
    public string Raw(int index)
    {
        if ((uint)index >= (uint)_cells.Count)
            return "";
        var (start, length, quoted) = _cells[index];
        var span = _buffer.AsSpan(start, length);
        return quoted && span.Contains('"') ? span.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : span.ToString();
    }

    /// <summary>
    /// A cell as it is meant: without blanks and tabs around it, without a spreadsheet's <c>="…"</c> or leading <c>'</c>; null where
    /// nothing or the word <c>null</c> stands there.
    /// </summary>
    public string? Cell(int index) => Span(index) is { IsEmpty: false } cell ? cell.ToString() : null;

    /// <summary>The same without a string of its own: empty where nothing stands there; it holds until the next record is read.</summary>
    public ReadOnlySpan<char> Span(int index)
    {
        if ((uint)index >= (uint)_cells.Count)
            return default;
        var (start, length, quoted) = _cells[index];
        ReadOnlySpan<char> span = Trim(_buffer.AsSpan(start, length));
        if (span.IsEmpty)
            return default;
        if (span[0] == '=' && span.Length >= 3)
        {
            // In a quoted cell the inner quotes are doubled: "=""123""".
            var quotes = quoted ? 2 : 1;
            if (span.Length >= 1 + (2 * quotes) && span[1] == '"' && span[^1] == '"')
                span = Trim(span[(1 + quotes)..^quotes]);
        }

        if (span.StartsWith('\''))
            span = Trim(span[1..]);
        if (span.Length == 4 && span.Equals("null", StringComparison.OrdinalIgnoreCase))
            return default;
        return quoted && span.Contains('"') ? span.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : span;
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        text.Dispose();
    }

    /// <summary>Without blanks and marks of order around it; most cells have none.</summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> span) =>
        span.IsEmpty || (IsInner(span[0]) && IsInner(span[^1])) ? span : span.Trim().Trim('\uFEFF');

    private static bool IsInner(char c) => c is > ' ' and < '\u0080' or >= '\u3001' and < '\uFEFF';

    private void Scan()
    {
        var at = _start;
        while (true)
        {
            if (!Has(ref at))
            {
                _cells.Add((at, 0, false));
                break;
            }

            int begin = at - _start, length;
            var quoted = _buffer[at] == '"';
            if (quoted)
            {
                at++;
                begin++;
                length = Quoted(ref at) - begin;
                // What follows the closing quote up to the delimiter is dropped, unless it is nothing.
                Plain(ref at);
            }
            else
            {
                Plain(ref at);
                length = at - _start - begin;
            }

            _cells.Add((begin, length, quoted));
            if (at >= _end)
                break;
            var c = _buffer[at++];
            if (c == delimiter)
                continue;
            _lines++;
            if (c == '\r' && Has(ref at) && _buffer[at] == '\n')
                at++;
            break;
        }

        for (var i = 0; i < _cells.Count; i++)
        {
            var cell = _cells[i];
            _cells[i] = (cell.Length == 0 ? 0 : cell.Start + _start, cell.Length, cell.Quoted);
        }

        _record = _start;
        _start = at;
    }

    /// <summary>Moves to the next delimiter or end of line; the offset of the record's start may move under it.</summary>
    private void Plain(ref int at)
    {
        while (true)
        {
            var found = _buffer.AsSpan(at, _end - at).IndexOfAny(_ends);
            if (found >= 0)
            {
                at += found;
                return;
            }

            at = _end;
            if (!Has(ref at))
                return;
        }
    }

    /// <summary>Moves behind the closing quote.</summary>
    /// <returns>Where the cell ends, from the record's start.</returns>
    private int Quoted(ref int at)
    {
        while (true)
        {
            var found = _buffer.AsSpan(at, _end - at).IndexOfAny('"', '\n');
            if (found < 0)
            {
                at = _end;
                if (!Has(ref at))
                    return at - _start;
                continue;
            }

            at += found;
            if (_buffer[at] == '\n')
            {
                _lines++;
                at++;
                continue;
            }

            at++;
            if (Has(ref at) && _buffer[at] == '"')
            {
                at++;
                continue;
            }

            return at - 1 - _start;
        }
    }

    /// <summary>Whether a character stands at the place, reading on where the buffer ends there.</summary>
    private bool Has(ref int at)
    {
        if (at < _end)
            return true;
        var offset = at - _start;
        // Filling moves the record to the buffer's beginning even where nothing more comes.
        var more = Fill();
        at = _start + offset;
        return more;
    }

    private bool Fill()
    {
        if (_isOver)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestRecord)
                throw new InvalidDataException($"the record that begins on line {Line} has over {LongestRecord} characters; a quote was never closed.");
            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = text.Read(_buffer.AsSpan(_end));
        _end += read;
        _isOver = read == 0;
        return read > 0;
    }
}
