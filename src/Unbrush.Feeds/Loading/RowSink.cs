using System.Globalization;
using DuckDB.NET.Data;
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

            target.Close();
            var sql = $"SELECT {string.Join(", ", target.Columns)}, file_row FROM {target.Name}";
            if (select?.GetValueOrDefault(table.Name) is { } special)
                sql = special(target.Name);
            staged.Add(new(table, sql, target.Columns, file) { RowColumn = "file_row", Refused = refused.Bad ?? [], Barred = refused.Barred ?? [] });
        }

        return staged;
    }

    public void Dispose()
    {
        foreach (var target in _targets.Values)
            target.Close();
    }

    private (List<QuarantinedCell> Bad, List<QuarantinedCell> Barred) Refused(string table) =>
        _refused.TryGetValue(table, out var lists) ? lists : _refused[table] = ([], []);

    /// <summary>One row being filled.</summary>
    internal sealed class Row
    {
        private readonly string?[] _cells;
        private readonly Action<string?[], long> _write;
        private readonly Dictionary<string, int> _places;
        private long _fileRow;

        internal Row(FeedTable table, Action<string?[], long> write)
        {
            _write = write;
            _cells = new string?[table.Columns.Count];
            _places = table.Columns.Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        }

        /// <summary>The cell of a column; nothing and blanks read as null.</summary>
        public string? this[string column]
        {
            get => _cells[_places[column]];
            set => _cells[_places[column]] = string.IsNullOrWhiteSpace(value) ? null : value;
        }

        /// <summary>Sets a cell.</summary>
        public Row With(string column, string? value)
        {
            this[column] = value;
            return this;
        }

        /// <summary>Writes the row.</summary>
        public void Write() => _write(_cells, _fileRow);

        internal void Clear(long fileRow)
        {
            Array.Clear(_cells);
            _fileRow = fileRow;
        }
    }

    private sealed class Target
    {
        private static int _made;
        private readonly DuckDBAppender _appender;
        private bool _isClosed;

        public Target(ImportContext context, FeedTable table)
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"sink_{Interlocked.Increment(ref _made)}");
            Columns = [.. table.Columns.Select(c => c.Name)];
            context.Execute($"CREATE OR REPLACE TEMP TABLE {Name} ({string.Join(", ", Columns.Select(c => c + " VARCHAR"))}, file_row BIGINT)");
            _appender = context.Connection.CreateAppender("temp", "main", Name);
            Row = new(table, Append);
        }

        public string Name { get; }

        public IReadOnlyList<string> Columns { get; }

        public Row Row { get; }

        public void Close()
        {
            if (_isClosed)
                return;
            _isClosed = true;
            _appender.Dispose();
        }

        private void Append(string?[] cells, long fileRow)
        {
            var row = _appender.CreateRow();
            foreach (var cell in cells)
            {
                if (cell is null)
                    row.AppendNullValue();
                else
                    row.AppendValue(cell);
            }

            row.AppendValue(fileRow).EndRow();
        }
    }
}
