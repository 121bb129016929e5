using System.Buffers;
using System.Globalization;
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
            if (select?.GetValueOrDefault(table.Name) is { } special)
                sql = special(target.Name);
            staged.Add(new(table, sql, columns, file) { RowColumn = "file_row", Refused = refused.Bad ?? [], Barred = refused.Barred ?? [] });
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
        private readonly string?[] _cells;
        private readonly Action<string?[], long> _write;
        private readonly string[] _names;
        private readonly bool[] _used;
        private long _fileRow;
        private int _next;

        internal Row(FeedTable table, Action<string?[], long> write)
        {
            _write = write;
            _cells = new string?[table.Columns.Count];
            _used = new bool[table.Columns.Count];
            _names = [.. table.Columns.Select(c => c.Name)];
        }

        /// <summary>The cell of a column; nothing and blanks read as null.</summary>
        public string? this[string column]
        {
            get => _cells[PlaceOf(column)];
            set
            {
                if (string.IsNullOrWhiteSpace(value))
                    return;
                var place = PlaceOf(column);
                _cells[place] = value;
                _used[place] = true;
            }
        }

        /// <summary>Whether any row filled the column of that place.</summary>
        internal bool IsUsed(int place) => _used[place];

        /// <summary>Sets a cell that was not set in this row before.</summary>
        public Row With(string column, string? value)
        {
            this[column] = value;
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

        /// <summary>Writes the row.</summary>
        public void Write() => _write(_cells, _fileRow);

        internal void Clear(long fileRow)
        {
            Array.Clear(_cells);
            _fileRow = fileRow;
            _next = 0;
        }
    }

    /// <summary>
    /// The rows of one table, in a scratch file that the database reads by itself: its own reader takes text several times faster
    /// than rows handed over cell by cell.
    /// </summary>
    private sealed class Target : IDisposable
    {
        private const int UsualLine = 1 << 20;

        private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n\0");

        private readonly string _path;
        private readonly FileStream _file;
        private byte[] _buffer = new byte[1 << 17];
        private int _filled;
        private int _longest;
        private bool _isClosed;

        public Target(ImportContext context, FeedTable table)
        {
            _path = context.NewScratchFile(".csv");
            _file = new(_path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            Columns = [.. table.Columns.Select(c => c.Name)];
            Row = new(table, Append);
        }

        /// <summary>The rows as the database reads them.</summary>
        public string Name
        {
            get
            {
                var columns = string.Join(", ", Columns.Append("file_row").Select(c => $"'{c}': '{(c == "file_row" ? "BIGINT" : "VARCHAR")}'"));
                var lines = _longest > UsualLine ? string.Create(CultureInfo.InvariantCulture, $", max_line_size = {(_longest * 4L) + 1024}") : "";
                return $"read_csv({ImportContext.Quote(_path)}, columns = {{{columns}}}, delim = ',', quote = '\"', escape = '\"', header = false, auto_detect = false, null_padding = false, compression = 'none'{lines})";
            }
        }

        public IReadOnlyList<string> Columns { get; }

        public Row Row { get; }

        public void Dispose()
        {
            if (_isClosed)
                return;
            _isClosed = true;
            _file.Write(_buffer.AsSpan(0, _filled));
            _file.Dispose();
        }

        private void Append(string?[] cells, long fileRow)
        {
            var length = 0;
            foreach (var cell in cells)
            {
                if (cell is not null)
                {
                    length += cell.Length + 2;
                    // A character takes three bytes at most, a quoted one no more than two characters.
                    Reserve((cell.Length * 3 * 2) + 3);
                    if (cell.AsSpan().IndexOfAny(Special) < 0)
                        _filled += Encoding.UTF8.GetBytes(cell, _buffer.AsSpan(_filled));
                    else
                        Quoted(cell);
                }
                else
                {
                    Reserve(1);
                }

                _buffer[_filled++] = (byte)',';
            }

            Reserve(21);
            fileRow.TryFormat(_buffer.AsSpan(_filled), out var digits, default, CultureInfo.InvariantCulture);
            _filled += digits;
            _buffer[_filled++] = (byte)'\n';
            _longest = Math.Max(_longest, length);
        }

        private void Quoted(string cell)
        {
            _buffer[_filled++] = (byte)'"';
            _filled += Encoding.UTF8.GetBytes(cell.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', ' '), _buffer.AsSpan(_filled));
            _buffer[_filled++] = (byte)'"';
        }

        private void Reserve(int bytes)
        {
            if (_buffer.Length - _filled >= bytes)
                return;
            _file.Write(_buffer.AsSpan(0, _filled));
            _filled = 0;
            if (_buffer.Length < bytes)
                _buffer = new byte[bytes];
        }
    }
}
