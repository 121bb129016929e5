using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Unbrush.Feeds.Reading;

/// <summary>
/// Streams the records of a delimited text (RFC 4180; a quote that does not open a cell is an ordinary character, as in
/// <c>="123"</c>). Cells become strings only when they are asked for. One record may hold at most <see cref="LongestRecord"/> characters.
/// </summary>
/// <remarks>
/// Cells are short: looking for the end of each by itself would cost more in calls than in characters. The places of quotes, delimiters and
/// ends of lines are therefore found for 64 characters at once, as bits, and taken off one by one.
/// </remarks>
internal sealed class SheetReader(TextReader text, char delimiter) : IDisposable
{
    /// <summary>The longest record that is read, in characters.</summary>
    public const int LongestRecord = 16 << 20;

    /// <summary>How many characters are looked at at once; so many behind the text's end belong to the buffer, so that none lies outside.</summary>
    private const int Block = 64;

    private Place[] _cells = new Place[32];
    private int _count;
    private char[] _buffer = ArrayPool<char>.Shared.Rent(1 << 17);

    /// <summary>Where the block begins whose marks are known; below 0 where none is.</summary>
    private int _block = -Block;

    /// <summary>The marks (quotes, delimiters, ends of lines) of the block, the lowest bit for its first character.</summary>
    private ulong _marks;
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
    public int Count => _count;

    /// <summary>Moves to the next record that is not blank.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">A record is longer than any real one: a quote was never closed.</exception>
    public bool Read()
    {
        while (true)
        {
            _count = 0;
            Line = _lines;
            if (_start == _end && !Fill())
                return false;
            Scan();
            if (_count > 1 || _cells[0].Length > 0 || _cells[0].IsQuoted)
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
        if ((uint)index >= (uint)_count)
            return "";
        ref readonly var cell = ref _cells[index];
        var text = _buffer.AsSpan(_record + cell.Start, cell.Length).ToString();
        return cell.HoldsQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>
    /// A cell as it is meant: without blanks and tabs around it, without a spreadsheet's <c>="…"</c> or leading <c>'</c>; null where
    /// nothing or the word <c>null</c> stands there.
    /// </summary>
    public string? Cell(int index) => Span(index) is { IsEmpty: false } cell ? cell.ToString() : null;

    /// <summary>The same without a string of its own: empty where nothing stands there; it holds until the next record is read.</summary>
    public ReadOnlySpan<char> Span(int index)
    {
        if ((uint)index >= (uint)_count)
            return default;
        ref readonly var cell = ref _cells[index];
        ReadOnlySpan<char> span = Trim(_buffer.AsSpan(_record + cell.Start, cell.Length));
        if (span.IsEmpty)
            return default;
        if (span[0] == '=' && span.Length >= 3)
        {
            // In a quoted cell the inner quotes are doubled: "=""123""".
            var quotes = cell.IsQuoted ? 2 : 1;
            if (span.Length >= 1 + (2 * quotes) && span[1] == '"' && span[^1] == '"')
                span = Trim(span[(1 + quotes)..^quotes]);
        }

        if (span.StartsWith('\''))
            span = Trim(span[1..]);
        if (span.Length == 4 && span.Equals("null", StringComparison.OrdinalIgnoreCase))
            return default;
        return cell.HoldsQuotes && span.Contains('"') ? span.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : span;
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

    /// <summary>Splits the next record into cells, whose places count from its start.</summary>
    private void Scan()
    {
        var at = _start;
        while (true)
        {
            if (!Has(ref at))
            {
                Add(new(at - _start, 0, false, false));
                break;
            }

            int begin = at - _start, length;
            bool isQuoted = _buffer[at] == '"', holdsQuotes = false;
            if (isQuoted)
            {
                at++;
                begin++;
                length = Quoted(ref at, ref holdsQuotes) - begin;
                // What follows the closing quote up to the delimiter is dropped, unless it is nothing.
                Plain(ref at);
            }
            else
            {
                Plain(ref at);
                length = at - _start - begin;
            }

            Add(new(begin, length, isQuoted, holdsQuotes));
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

        _record = _start;
        _start = at;
    }

    private void Add(Place cell)
    {
        if (_count == _cells.Length)
            Array.Resize(ref _cells, _count * 2);
        _cells[_count++] = cell;
    }

    /// <summary>Moves to the next delimiter or end of line; the offset of the record's start may move under it.</summary>
    private void Plain(ref int at)
    {
        while (true)
        {
            at = Mark(at);
            if (at < _end)
            {
                if (_buffer[at] != '"')
                    return;
                at++;
            }
            else if (!Has(ref at))
            {
                return;
            }
        }
    }

    /// <summary>Moves behind the closing quote.</summary>
    /// <returns>Where the cell ends, from the record's start.</returns>
    private int Quoted(ref int at, ref bool holdsQuotes)
    {
        while (true)
        {
            at = Mark(at);
            if (at == _end)
            {
                if (!Has(ref at))
                    return at - _start;
                continue;
            }

            var c = _buffer[at++];
            if (c == '\n')
                _lines++;
            if (c != '"')
                continue;
            if (!Has(ref at) || _buffer[at] != '"')
                return at - 1 - _start;
            holdsQuotes = true;
            at++;
        }
    }

    /// <summary>The place of the next mark at or behind a place; the text's end where the buffer holds none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Mark(int at)
    {
        var into = at - _block;
        if ((uint)into < Block && _marks >> into is var left and not 0)
            return at + BitOperations.TrailingZeroCount(left);
        return NextMark((uint)into < Block ? _block + Block : at);
    }

    private int NextMark(int at)
    {
        for (; at < _end; at += Block)
        {
            _block = at;
            _marks = Marks(at);
            if (_end - at < Block)
                _marks &= (1UL << (_end - at)) - 1;
            if (_marks != 0)
                return at + BitOperations.TrailingZeroCount(_marks);
        }

        return _end;
    }

    private ulong Marks(int at)
    {
        Vector256<ushort> quotes = Vector256.Create((ushort)'"'), between = Vector256.Create((ushort)delimiter), returns = Vector256.Create((ushort)'\r'), feeds = Vector256.Create((ushort)'\n');
        var text = MemoryMarshal.Cast<char, ushort>(_buffer.AsSpan(at, Block));
        var marks = 0UL;
        for (var i = 0; i < Block; i += Vector256<ushort>.Count)
        {
            var part = Vector256.Create<ushort>(text[i..]);
            var found = Vector256.Equals(part, quotes) | Vector256.Equals(part, between) | Vector256.Equals(part, returns) | Vector256.Equals(part, feeds);
            marks |= (ulong)found.ExtractMostSignificantBits() << i;
        }

        return marks;
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
        _block = -Block;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end + Block >= _buffer.Length)
        {
            if (_buffer.Length >= LongestRecord)
                throw new InvalidDataException($"the record that begins on line {Line} has over {LongestRecord} characters; a quote was never closed.");
            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = text.Read(_buffer.AsSpan(_end, _buffer.Length - Block - _end));
        _end += read;
        _isOver = read == 0;
        return read > 0;
    }

    /// <summary>A cell's place from its record's start, without its quotes.</summary>
    /// <param name="Start">Its first character.</param>
    /// <param name="Length">How many it has.</param>
    /// <param name="IsQuoted">Whether it stands in quotes.</param>
    /// <param name="HoldsQuotes">Whether doubled quotes stand in it.</param>
    private readonly record struct Place(int Start, int Length, bool IsQuoted, bool HoldsQuotes);
}
