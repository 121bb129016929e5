using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Microsoft.Win32.SafeHandles;
using DuckDB.NET.Native;
using Unbrush.Core.Feed;

namespace Unbrush.Feeds.Loading;

/// <summary>
/// The rows of one table, column by column, in a scratch file that <see cref="RowScan"/> shows to the database where it lies: no cell is written as
/// CSV, split again or copied. A block has as many rows as the database takes at once. An import may have thousands of these: when it is sealed, one
/// holds no file open, and what fits into one small block needs none.
/// </summary>
/// <remarks>
/// A block in the file: for each column of the table where its cells begin (0 where the block has none, negative where lengths take four bytes and not
/// two); the rows' numbers in the user's file; then of each column the lengths (0 for null), and all texts.
/// </remarks>
internal sealed unsafe class RowStore : IDisposable
{
    private const int MostBytes = 1 << 24;

    /// <summary>One block of no more bytes stays in memory.</summary>
    private const int Small = 1 << 18;

    /// <summary>So many bytes may be read behind a text, for texts are read by eights.</summary>
    private const int Behind = 16;

    private static readonly int BlockRows = (int)NativeMethods.Helpers.DuckDBVectorSize();

    private readonly Func<string> _newFile;
    private readonly bool[] _used;
    private Column?[] _columns;
    private byte[] _fileRows = new byte[BlockRows * sizeof(long)];
    private readonly byte[] _head;
    private readonly List<(long Start, int Rows)> _blocks = [];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private SafeFileHandle? _file;
    private long _fileLength;
    private int _row;
    private int _bytes;
    private MemoryMappedViewAccessor? _view;
    private void* _memory;
    private byte* _base;
    private long _number;

    /// <param name="table">The contract's table.</param>
    /// <param name="newFile">Names a fresh scratch file.</param>
    public RowStore(FeedTable table, Func<string> newFile)
    {
        _newFile = newFile;
        Names = [.. table.Columns.Select(c => c.Name)];
        _columns = new Column?[Names.Count];
        _used = new bool[Names.Count];
        _head = new byte[Names.Count * sizeof(int)];
    }

    /// <summary>The table's columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The rows as the database names them, with every column of the table, and <c>file_row</c>; once <see cref="Seal"/> was called.</summary>
    public string Relation => RowScan.Relation(_number);

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a text did or may not stand here as it came: zeros become blanks, halves of characters are replaced.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>How many blocks the database may ask for.</summary>
    public int Blocks => _blocks.Count;

    /// <summary>Whether any row filled the column of that place.</summary>
    public bool IsUsed(int place) => _used[place];

    /// <summary>Sets a cell of the row, to a text that is not empty.</summary>
    public void Put(int place, ReadOnlySpan<char> text)
    {
        var column = _columns[place] ??= new();
        column.Take(_row);
        // A character takes three bytes at most.
        if (column.Text.Length - column.End < (text.Length * 3) + Behind)
            Array.Resize(ref column.Text, (column.Text.Length * 2) + (text.Length * 3) + Behind);
        var to = column.Text.AsSpan(column.End);
        var length = Plain(text, to) ? text.Length : Other(text, to);
        column.Lengths[_row] = length;
        column.Longest = Math.Max(column.Longest, length);
        column.End += length;
        _bytes += length;
    }

    private int Other(ReadOnlySpan<char> text, Span<byte> to)
    {
        HasChanged |= text.Contains('\0') || text.ContainsAnyInRange('\uD800', '\uDFFF');
        return Encoding.UTF8.GetBytes(text.Contains('\0') ? text.ToString().Replace('\0', ' ') : text, to);
    }

    /// <summary>Writes a text of ASCII without zeros, as nearly all are; what it has written where it says false means nothing.</summary>
    private static bool Plain(ReadOnlySpan<char> text, Span<byte> to)
    {
        ref var from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        ref var bytes = ref MemoryMarshal.GetReference(to);
        if (text.Length < Vector128<ushort>.Count)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if ((uint)(text[i] - 1) >= 0x7F)
                    return false;
                to[i] = (byte)text[i];
            }

            return true;
        }

        var seen = Vector128<ushort>.Zero;
        for (var i = 0; ; i = Math.Min(i + Vector128<ushort>.Count, text.Length - Vector128<ushort>.Count))
        {
            var part = Vector128.LoadUnsafe(ref from, (nuint)i);
            seen |= part | (part - Vector128<ushort>.One);
            Vector128.Narrow(part, part).GetLower().StoreUnsafe(ref bytes, (nuint)i);
            // Of a number below 128 the upper bits are 0, and of one less, unless it was 0.
            if (i == text.Length - Vector128<ushort>.Count)
                return (seen & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
        }
    }

    /// <summary>Forgets the cells of a row that was begun and not written.</summary>
    public void Forget()
    {
        foreach (var column in _columns)
            column?.Take(_row);
    }

    /// <summary>Ends the row.</summary>
    /// <param name="fileRow">Where it stands in the user's file.</param>
    public void Write(long fileRow)
    {
        MemoryMarshal.Cast<byte, long>(_fileRows.AsSpan())[_row++] = fileRow;
        Rows++;
        if (_row == BlockRows || _bytes > MostBytes)
            WriteBlock(isLast: false);
    }

    /// <summary>Ends the writing: the rows can now be read.</summary>
    public void Seal()
    {
        WriteBlock(isLast: true);
        (_columns, _fileRows) = ([], []);
        _parts.Clear();
        _number = RowScan.Show(this);
        if (_file is null)
            return;
        // What is seen of a file stays when the file is closed.
        using (var mapped = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false))
            _view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
    }

    /// <summary>Fills vectors of the database with a block's columns; texts stay where they are, as long as this is not disposed of.</summary>
    /// <param name="block">The block.</param>
    /// <param name="chunk">The database's vectors.</param>
    /// <param name="places">The column that each vector is of; behind the last column of the table, the row's number in the user's file.</param>
    /// <returns>How many rows there are.</returns>
    public int Fill(int block, DuckDBDataChunk chunk, ReadOnlySpan<int> places)
    {
        var (start, rows) = _blocks[block];
        var from = _base + start;
        for (var i = 0; i < places.Length; i++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i);
            var to = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
            if (places[i] == Names.Count)
            {
                new ReadOnlySpan<long>(from + _head.Length, rows).CopyTo(new(to, rows));
                continue;
            }

            var at = ((int*)from)[places[i]];
            Validity validity = new(vector);
            if (at == 0)
                validity.SetAllNull(rows);
            else if (at > 0)
                Texts(new ReadOnlySpan<ushort>(from + at, rows), from + at + (rows * sizeof(ushort)), (ulong*)to, ref validity);
            else
                Texts(new ReadOnlySpan<int>(from - at, rows), from - at + (rows * sizeof(int)), (ulong*)to, ref validity);
        }

        return rows;
    }

    public void Dispose()
    {
        RowScan.Hide(_number);
        if (_view is not null && _base is not null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        NativeMemory.Free(_memory);
        _base = null;
        _memory = null;
        _view?.Dispose();
        _file?.Dispose();
    }

    /// <summary>
    /// Texts as the database holds them (<c>duckdb_string_t</c>): four bytes of length, then up to twelve of the text and zeros, else its first four and
    /// where it lies.
    /// </summary>
    private static void Texts<T>(ReadOnlySpan<T> lengths, byte* text, ulong* to, ref Validity validity)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var wide in lengths)
        {
            var length = uint.CreateTruncating(wide);
            if (length > 12)
            {
                to[0] = length | ((ulong)*(uint*)text << 32);
                to[1] = (ulong)text;
            }
            else if (length > 0)
            {
                var first = *(ulong*)text & (length >= 8 ? ulong.MaxValue : (1UL << (int)(length * 8)) - 1);
                var rest = length <= 8 ? 0 : *(uint*)(text + 8) & (uint)((1UL << (int)((length - 8) * 8)) - 1);
                to[0] = length | (first << 32);
                to[1] = (first >> 32) | ((ulong)rest << 32);
            }
            else
            {
                validity.SetNull();
            }

            validity.Next();
            text += length;
            to += 2;
        }
    }

    private void WriteBlock(bool isLast)
    {
        if (_row == 0)
            return;
        var heads = MemoryMarshal.Cast<byte, int>(_head.AsSpan());
        var at = _head.Length + (_row * sizeof(long));
        _parts.Clear();
        _parts.Add(_head);
        _parts.Add(_fileRows.AsMemory(0, _row * sizeof(long)));
        for (var c = 0; c < _columns.Length; c++)
        {
            heads[c] = 0;
            if (_columns[c] is not { End: > 0 } column)
                continue;
            heads[c] = column.IsWide ? -at : at;
            var lengths = column.LengthBytes(_row);
            _parts.Add(lengths);
            _parts.Add(column.Text.AsMemory(0, column.End));
            at += lengths.Length + column.End;
            _used[c] = true;
        }

        _parts.Add(new byte[Behind]);
        if (isLast && _blocks.Count == 0 && at + Behind <= Small)
        {
            _memory = _base = (byte*)NativeMemory.Alloc((nuint)(at + Behind));
            var to = _base;
            foreach (var part in _parts)
            {
                part.Span.CopyTo(new(to, part.Length));
                to += part.Length;
            }
        }
        else
        {
            _file ??= File.OpenHandle(_newFile(), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
            RandomAccess.Write(_file, _parts, _fileLength);
        }

        _blocks.Add((_fileLength, _row));
        _fileLength += at + Behind;
        foreach (var column in _columns)
            column?.Clear();
        _row = 0;
        _bytes = 0;
    }

    /// <summary>The cells of one column in the block.</summary>
    private sealed class Column
    {
        private readonly byte[] _bytes = new byte[BlockRows * sizeof(int)];

        public byte[] Text = new byte[1 << 10];

        public readonly int[] Lengths = new int[BlockRows];

        public int End;

        public int Longest;

        public bool IsWide => Longest > ushort.MaxValue;

        /// <summary>Takes the row's cell away, where there is one.</summary>
        public void Take(int row)
        {
            End -= Lengths[row];
            Lengths[row] = 0;
        }

        public ReadOnlyMemory<byte> LengthBytes(int rows)
        {
            if (IsWide)
            {
                MemoryMarshal.AsBytes(Lengths.AsSpan(0, rows)).CopyTo(_bytes);
                return _bytes.AsMemory(0, rows * sizeof(int));
            }

            var narrow = MemoryMarshal.Cast<byte, ushort>(_bytes.AsSpan());
            for (var i = 0; i < rows; i++)
                narrow[i] = (ushort)Lengths[i];
            return _bytes.AsMemory(0, rows * sizeof(ushort));
        }

        public void Clear()
        {
            Array.Clear(Lengths);
            End = 0;
            Longest = 0;
        }
    }

    /// <summary>Which rows of a vector hold something. A vector holds something everywhere until it is told otherwise.</summary>
    private ref struct Validity(IntPtr vector)
    {
        private ulong* _bits;
        private int _row;

        public void SetNull()
        {
            if (_bits is null)
                Open();
            _bits[_row >> 6] &= ~(1UL << (_row & 63));
        }

        public void SetAllNull(int rows)
        {
            Open();
            new Span<ulong>(_bits, (rows + 63) >> 6).Clear();
        }

        public void Next() => _row++;

        private void Open()
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
            _bits = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }
    }
}
