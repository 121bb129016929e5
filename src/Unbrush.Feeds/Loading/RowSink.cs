using System.Buffers;
using System.Text;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Loading;

/// <summary>
/// Takes the rows that a format finds in one file, of any of the contract's tables, and hands them on as staged relations.
/// Cells are text; what they mean is checked when they are loaded.
/// </summary>
internal sealed class RowSink(ImportContext context, FileSample file)
{
    private readonly Dictionary<string, Row> _rows = [];
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
        if (!_rows.TryGetValue(table, out var row))
            _rows[table] = row = new(context.NewRowStore(FeedSchema.Find(table)!));
        row.Clear(fileRow);
        return row;
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
            if (!_rows.TryGetValue(table.Name, out var row))
            {
                if (refused.Bad is null)
                    continue;
                row = New(table.Name, 0);
            }

            row.Store.Seal();
            // Columns that no row filled are not handed on: reading them would take time and give nothing.
            var columns = table.Columns.Where((c, i) => row.Store.IsUsed(i) || c is { IsRequired: true, Default: null }).Select(c => c.Name).ToList();
            var sql = select?.GetValueOrDefault(table.Name) is { } special && !row.IsEachOnce ? special(row.Store.Relation) : $"SELECT {string.Join(", ", columns)}, file_row FROM {row.Store.Relation}";
            staged.Add(new(table, sql, columns, file) { RowColumn = "file_row", HasPseudonyms = true, Refused = refused.Bad ?? [], Barred = refused.Barred ?? [] });
        }

        return staged;
    }

    private (List<QuarantinedCell> Bad, List<QuarantinedCell> Barred) Refused(string table) =>
        _refused.TryGetValue(table, out var lists) ? lists : _refused[table] = ([], []);

    /// <summary>One row being filled.</summary>
    internal sealed class Row(RowStore store)
    {
        /// <summary>Where the rows go.</summary>
        internal RowStore Store => store;

        private readonly string[] _names = [.. store.Names];
        private readonly SeenHashes _things = new(1 << 10);
        private bool _isNew;
        private bool _isBegun;
        private long _fileRow;
        private int _next;

        /// <summary>Sets a cell; nothing and blanks are null.</summary>
        public Row With(string column, ReadOnlySpan<char> value)
        {
            if (value.IsWhiteSpace())
                return this;
            var place = PlaceOf(column);
            if (value.Contains('\0'))
                value = value.ToString().Replace('\0', ' ');
            // A character takes three bytes at most.
            var cell = store.Cell(place, value.Length * 3);
            if (Ascii.FromUtf16(value, cell, out var length) != OperationStatus.Done)
                length = Encoding.UTF8.GetBytes(value, cell);
            store.Filled(place, length);
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
            store.Write(_fileRow);
            _isBegun = false;
        }

        internal void Clear(long fileRow)
        {
            // A row that was begun and not written is forgotten.
            if (_isBegun)
                store.Forget();
            _isBegun = true;
            _isNew = false;
            _fileRow = fileRow;
            _next = 0;
        }
    }
}
