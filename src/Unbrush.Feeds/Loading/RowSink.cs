using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Loading;

/// <summary>
/// Takes the rows that a format finds in one file, of any of the contract's tables, and hands them on as staged relations.
/// Cells are text; what they mean is checked when they are loaded.
/// </summary>
internal sealed class RowSink(ImportContext context, FileSample file) : IDisposable
{
    private readonly Dictionary<string, Target> _targets = [];
    private readonly Dictionary<string, (List<QuarantinedCell> Bad, List<QuarantinedCell> Barred)> _refused = [];
    private readonly SortedDictionary<string, (string Level, string Table, Func<long, Sentence> Text, long Count)> _counts = new(StringComparer.Ordinal);

    /// <summary>The file being read.</summary>
    public FileSample File => file;

    /// <summary>The import.</summary>
    public ImportContext Context => context;

    /// <summary>Starts a row of a table; it is written by <see cref="Row.Write"/>.</summary>
    /// <param name="table">The contract's table.</param>
    /// <param name="fileRow">Where it stands in the file, for messages: the row, the header being 1, or the record.</param>
    public Row New(string table, long fileRow)
    {
        if (!_targets.TryGetValue(table, out var target))
            _targets[table] = target = new(context, FeedSchema.Find(table)!);
        target.Row.Clear(fileRow);
        return target.Row;
    }

    /// <summary>Sets a row aside that cannot be read: the file is damaged there.</summary>
    public void Refuse(string table, long row, string column, string value, Sentence reason) =>
        Refused(table).Bad.Add(new(file.Name, row, column, value.Length <= 100 ? value : value[..100], reason));

    /// <summary>Sets a row aside that is sound but cannot be used, such as one whose only key is masked: it does not make a file bad.</summary>
    public void Bar(string table, long row, string column, string value, Sentence reason) =>
        Refused(table).Barred.Add(new(file.Name, row, column, value.Length <= 100 ? value : value[..100], reason));

    /// <summary>Counts something that a reader of the findings should know; one note a key is written at the end.</summary>
    public void Count(string level, string table, string key, Func<long, Sentence> text, long by = 1)
    {
        _counts.TryGetValue(key, out var old);
        _counts[key] = (level, table, text, old.Count + by);
    }

    /// <summary>The relations, and the notes that were counted.</summary>
    /// <param name="select">How a table is read from its rows where not plainly: table → SELECT over the named relation.</param>
    public IReadOnlyList<StagedRelation> Staged(IReadOnlyDictionary<string, Func<string, string>>? select = null)
    {
        foreach (var (_, (level, table, text, count)) in _counts)
        {
            var sentence = text(count);
            context.Note(level, table, file.Name, sentence.En, sentence.Zh);
        }

        var staged = new List<StagedRelation>();
        foreach (var table in FeedSchema.Tables)
        {
            var refused = _refused.GetValueOrDefault(table.Name);
            if (!_targets.TryGetValue(table.Name, out var target))
            {
                if (refused.Bad is null)
                    continue;
                New(table.Name, 0);
                target = _targets[table.Name];
            }

            target.Dispose();
            // Columns that no row filled are not handed on: reading them would take time and give nothing.
            var columns = target.Columns.Where((c, i) => target.Row.IsUsed(i) || table.Columns[i] is { IsRequired: true, Default: null }).ToList();
            var sql = $"SELECT {string.Join(", ", columns)}, file_row FROM {target.Name}";
            if (select?.GetValueOrDefault(table.Name) is { } special && !target.Row.IsEachOnce)
                sql = special(target.Name);
            staged.Add(new(table, sql, columns, file) { RowColumn = "file_row", HasPseudonyms = true, Refused = refused.Bad ?? [], Barred = refused.Barred ?? [] });
        }

        return staged;
    }

    public void Dispose()
    {
        foreach (var target in _targets.Values)
            target.Dispose();
    }

    private (List<QuarantinedCell> Bad, List<QuarantinedCell> Barred) Refused(string table) =>
        _refused.TryGetValue(table, out var lists) ? lists : _refused[table] = ([], []);

    /// <summary>One row being filled.</summary>
    internal sealed class Row
    {
        private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n\0");

        private readonly Target _target;
        private readonly (int Start, int Length)[] _cells;
        private readonly string[] _names;
        private readonly bool[] _used;

        /// <summary>The places of the columns that some row has filled, in the order in which the first such rows came.</summary>
        private readonly List<int> _filledPlaces = [];
        private byte[] _text = new byte[1 << 12];
        private readonly SeenHashes _things = new(1 << 10);
        private bool _isNew;
        private int _filled;
        private long _fileRow;
        private int _next;

        internal Row(FeedTable table, Target target)
        {
            _target = target;
            _cells = new (int, int)[table.Columns.Count];
            _used = new bool[table.Columns.Count];
            _names = [.. table.Columns.Select(c => c.Name)];
        }

        /// <summary>Whether any row filled the column of that place.</summary>
        internal bool IsUsed(int place) => _used[place];

        /// <summary>Sets a cell that was not set in this row before; nothing and blanks are null.</summary>
        public Row With(string column, ReadOnlySpan<char> value)
        {
            if (value.IsWhiteSpace())
                return this;
            var place = PlaceOf(column);
            if (value.ContainsAny(Special))
                value = $"\"{value.ToString().Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', ' ')}\"";
            // A character takes three bytes at most.
            if (_text.Length - _filled < value.Length * 3)
                Array.Resize(ref _text, (_text.Length * 2) + (value.Length * 3));
            if (Ascii.FromUtf16(value, _text.AsSpan(_filled), out var length) != OperationStatus.Done)
                length = Encoding.UTF8.GetBytes(value, _text.AsSpan(_filled));
            _cells[place] = (_filled, length);
            _filled += length;
            if (!_used[place])
            {
                _used[place] = true;
                _filledPlaces.Add(place);
            }

            return this;
        }

        /// <summary>Where a column stands. Formats fill a row about in the table's order: the search goes on where the last one ended.</summary>
        private int PlaceOf(string column)
        {
            for (var tried = 0; tried < _names.Length; tried++)
            {
                var place = _next;
                _next = _next + 1 == _names.Length ? 0 : _next + 1;
                if (_names[place] == column)
                    return place;
            }

            throw new ArgumentOutOfRangeException(nameof(column), column, "The table has no such column.");
        }

        /// <summary>
        /// Says which thing the row is of, where a later row may be of the same thing. A table all of whose rows were of things not said
        /// before needs none of the SELECT that makes one row of many.
        /// </summary>
        /// <param name="carrier">A part of the thing's identity.</param>
        /// <param name="number">The other part.</param>
        public Row Of(string carrier, ReadOnlySpan<char> number)
        {
            if (!IsEachOnce)
                return this;
            // Two things may have one hash: then the SELECT is made in vain, and nothing else happens.
            var hash = 0xCBF29CE484222325UL;
            foreach (var c in carrier)
                hash = (hash ^ c) * 0x100000001B3UL;
            hash = (hash ^ ',') * 0x100000001B3UL;
            foreach (var c in number)
                hash = (hash ^ c) * 0x100000001B3UL;
            _isNew = _things.Add(hash);
            return this;
        }

        /// <summary>True where every row was of a thing that none before it was of.</summary>
        internal bool IsEachOnce { get; private set; } = true;

        /// <summary>Writes the row.</summary>
        public void Write()
        {
            IsEachOnce &= _isNew;
            var line = _target.Line(_filled + _cells.Length + 21, _filledPlaces);
            var at = 0;
            foreach (var place in CollectionsMarshal.AsSpan(_filledPlaces))
            {
                var (start, length) = _cells[place];
                _text.AsSpan(start, length).CopyTo(line[at..]);
                at += length;
                line[at++] = (byte)',';
            }

            _fileRow.TryFormat(line[at..], out var digits, default, CultureInfo.InvariantCulture);
            at += digits;
            line[at++] = (byte)'\n';
            _target.Filled(at);
        }

        internal void Clear(long fileRow)
        {
            _isNew = false;
            Array.Clear(_cells);
            _fileRow = fileRow;
            _filled = 0;
            _next = 0;
        }
    }

    /// <summary>
    /// The rows of one table, in scratch files that the database reads by itself: its own reader takes text several times faster
    /// than rows handed over cell by cell. A file has the columns that were filled so far; the first row that fills another one begins the
    /// next file, so that columns which no row fills cost nothing.
    /// </summary>
    internal sealed class Target(ImportContext context, FeedTable table) : IDisposable
    {
        private const int UsualLine = 1 << 20;

        private readonly List<(string Path, List<string> Columns)> _files = [];
        private FileStream? _file;
        private byte[] _buffer = new byte[1 << 17];
        private int _filled;
        private int _longest;
        private Row? _row;

        /// <summary>The rows as the database reads them, with every column of the table and <c>file_row</c>.</summary>
        public string Name
        {
            get
            {
                var lines = _longest > UsualLine ? string.Create(CultureInfo.InvariantCulture, $", max_line_size = {_longest + 1024L}") : "";
                var files = _files.Select(f =>
                {
                    var cells = string.Join(", ", f.Columns.Append("file_row").Select(c => $"'{c}': '{(c == "file_row" ? "BIGINT" : "VARCHAR")}'"));
                    return $"SELECT {All(f.Columns.Contains)}, file_row FROM read_csv({ImportContext.Quote(f.Path)}, columns = {{{cells}}}, delim = ',', quote = '\"', escape = '\"', header = false, auto_detect = false, null_padding = false, compression = 'none'{lines})";
                });
                return $"({string.Join(" UNION ALL ", files.DefaultIfEmpty($"SELECT {All(_ => false)}, CAST(NULL AS BIGINT) AS file_row WHERE false"))})";

                string All(Func<string, bool> isFilled) => string.Join(", ", Columns.Select(c => isFilled(c) ? c : $"CAST(NULL AS VARCHAR) AS {c}"));
            }
        }

        public IReadOnlyList<string> Columns { get; } = [.. table.Columns.Select(c => c.Name)];

        public Row Row => _row ??= new(table, this);

        public void Dispose()
        {
            _file?.Write(_buffer.AsSpan(0, _filled));
            _file?.Dispose();
            _file = null;
            _filled = 0;
        }

        /// <summary>Room for a line of at most so many bytes, with cells for these places of the table's columns.</summary>
        public Span<byte> Line(int bytes, List<int> places)
        {
            if (_file is null || _files[^1].Columns.Count != places.Count)
            {
                Dispose();
                var path = context.NewScratchFile(".csv");
                _files.Add((path, [.. places.Select(p => Columns[p])]));
                _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            }

            if (_buffer.Length - _filled < bytes)
            {
                _file.Write(_buffer.AsSpan(0, _filled));
                _filled = 0;
                if (_buffer.Length < bytes)
                    _buffer = new byte[bytes];
            }

            return _buffer.AsSpan(_filled);
        }

        /// <summary>Takes what was written there.</summary>
        public void Filled(int bytes)
        {
            _filled += bytes;
            _longest = Math.Max(_longest, bytes);
        }
    }
}
