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
            var special = row.IsOneEach ? null : select?.GetValueOrDefault(table.Name);
            staged.Add(new(table, special?.Invoke(row.Store.Relation) ?? $"SELECT {string.Join(", ", columns)}, file_row FROM {row.Store.Relation}", columns, file)
            {
                RowColumn = "file_row", HasPseudonyms = true, HasEachKeyOnce = special is null && row.HasEachKeyOnce, Refused = refused.Bad ?? [], Barred = refused.Barred ?? [],
            });
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
        private readonly ulong[] _newThings = new ulong[256];
        private int _newCount;
        private ulong _thing;
        private Row? _other;
        private bool _isEachOnce = true;
        private bool _isBegun;
        private long _fileRow;
        private int _next;

        /// <summary>Sets a cell; nothing and blanks are null.</summary>
        public Row With(string column, ReadOnlySpan<char> value)
        {
            if (value.IsEmpty || (value[0] is <= ' ' or >= '\u0080' && value.IsWhiteSpace()))
                return this;
            store.Put(PlaceOf(column), value);
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
        /// before needs none of the SELECT that makes one row of many, and no proof that its keys are different.
        /// </summary>
        /// <param name="carrier">A part of the thing's identity, and of the table's key.</param>
        /// <param name="number">The other part.</param>
        public Row Of(string carrier, ReadOnlySpan<char> number)
        {
            // Two things may have one hash: then the SELECT is made in vain, and nothing else happens.
            var hash = 0xCBF29CE484222325UL;
            foreach (var c in carrier)
                hash = (hash ^ c) * 0x100000001B3UL;
            hash = (hash ^ ',') * 0x100000001B3UL;
            foreach (var c in number)
                hash = (hash ^ c) * 0x100000001B3UL;
            _thing = hash;
            return this;
        }

        /// <summary>Says that the row is of the thing that a row of another table was just of, and that its key names that thing.</summary>
        public Row Of(Row other)
        {
            _other = other;
            _thing = other._thing;
            return this;
        }

        /// <summary>True where every row was of a thing that none before it was of, by <see cref="Of(string, ReadOnlySpan{char})"/>; known when the last one is written.</summary>
        internal bool IsOneEach => _other is null && HasEachKeyOnce;

        /// <summary>True where no two rows can have the same key; known when the last one is written.</summary>
        internal bool HasEachKeyOnce
        {
            get
            {
                See();
                return _isEachOnce && (_other is null || _other.HasEachKeyOnce);
            }
        }

        /// <summary>Writes the row.</summary>
        public void Write()
        {
            // A text that changes on its way may become like another one.
            _isEachOnce &= _thing != 0 && !store.HasChanged;
            if (_isEachOnce && _other is null)
            {
                _newThings[_newCount++] = _thing;
                if (_newCount == _newThings.Length)
                    See();
            }

            store.Write(_fileRow);
            _isBegun = false;
        }

        /// <summary>Looks whether the things of the last rows were seen before.</summary>
        private void See()
        {
            _isEachOnce = _isEachOnce && _things.AddAll(_newThings.AsSpan(0, _newCount));
            _newCount = 0;
        }

        internal void Clear(long fileRow)
        {
            // A row that was begun and not written is forgotten.
            if (_isBegun)
                store.Forget();
            _isBegun = true;
            _thing = 0;
            _fileRow = fileRow;
            _next = 0;
        }
    }
}
