using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Personal;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Loading;

/// <summary>Something that a reader of the findings should know about the input.</summary>
/// <param name="Level"><c>info</c> or <c>warning</c>.</param>
/// <param name="Table">The table, or empty.</param>
/// <param name="File">The file's name, or empty.</param>
/// <param name="Text">The sentence.</param>
public sealed record ImportNote(string Level, string Table, string File, Sentence Text);

/// <summary>What an import works with.</summary>
public sealed class ImportContext : IDisposable
{
    private readonly string _scratch;
    private readonly Dictionary<string, Mending> _mendings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _legal = new(StringComparer.Ordinal);
    private readonly List<RowStore> _stores = [];
    private int _copies;

    internal ImportContext(DuckDBConnection connection, ImportOptions options, Pseudonymiser pseudonyms)
    {
        Connection = connection;
        Options = options;
        Pseudonyms = pseudonyms;
        Identities = new(pseudonyms);
        Routes = new(this);
        Refunds = new(this);
        _scratch = Path.Combine(options.ScratchDirectory ?? Path.GetTempPath(), "unbrush-import-" + Path.GetRandomFileName());
    }

    /// <summary>The database that staged relations are read in.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>What the user asked for.</summary>
    public ImportOptions Options { get; }

    /// <summary>Replaces personal data.</summary>
    public Pseudonymiser Pseudonyms { get; }

    /// <summary>Personal data in the form that is keyed.</summary>
    internal Identities Identities { get; }

    /// <summary>Routes of parcels that tracks tell.</summary>
    internal Routes Routes { get; }

    /// <summary>Refunds that are told apart from their orders.</summary>
    internal Refunds Refunds { get; }

    /// <summary>The notes so far.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>What a reading of each file's bytes tells, as it becomes known.</summary>
    internal IReadOnlyDictionary<string, Task<FileDigest>> Digests { get; init; } = new Dictionary<string, Task<FileDigest>>();

    /// <summary>Adds a note.</summary>
    public void Note(string level, string table, string file, string en, string zh) => Notes.Add(new(level, table, file, new(en, zh)));

    /// <summary>Names the columns that nothing is known about, each once.</summary>
    internal void NoteUnknown(string table, FileSample file, IEnumerable<string> columns)
    {
        foreach (var name in columns.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var shown = name.Length <= 60 ? name : name[..60] + "…";
            Note("info", table, file.Name, $"Unknown column '{shown}' is kept out.", $"未知列“{shown}”不予读取。");
        }
    }

    /// <summary>Runs statements that yield nothing.</summary>
    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and hands each row to an action.</summary>
    public void Query(string sql, Action<DuckDBDataReader> row)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row((DuckDBDataReader)reader);
    }

    /// <summary>Runs a statement that yields one column of numbers, none of them null, and hands them over by the thousand, as the database holds them.</summary>
    /// <exception cref="DuckDBException">The statement fails.</exception>
    internal unsafe void Columns<T>(string sql, NumbersAction<T> take)
        where T : unmanaged
    {
        var state = NativeMethods.Query.DuckDBQuery(Connection.NativeConnection, sql, out var result);
        try
        {
            if (state.IsSuccess())
            {
                while (NativeMethods.Query.DuckDBFetchChunk(result) is { IsInvalid: false } chunk)
                {
                    using (chunk)
                        take(new((void*)NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, 0)), (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk)));
                }

                return;
            }
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }

        // The reader of rows makes the exception.
        Query(sql, _ => { });
    }

    /// <summary>Takes some of the numbers that a statement yields.</summary>
    internal delegate void NumbersAction<T>(ReadOnlySpan<T> numbers);

    /// <summary>The one number that a statement yields.</summary>
    public long Number(string sql)
    {
        long number = 0;
        Query(sql, r => number = Convert.ToInt64(r.GetValue(0), CultureInfo.InvariantCulture));
        return number;
    }

    /// <summary>A table <c>(raw, pseudonym)</c> of every value that a SELECT of one column yields.</summary>
    /// <returns>The table's name.</returns>
    public string PseudonymTable(string select)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"pseudonyms_{_copies++}");
        var values = new List<string>();
        Query($"SELECT DISTINCT v FROM ({select}) AS t(v) WHERE v IS NOT NULL", r => values.Add(r.GetString(0)));
        Execute($"CREATE OR REPLACE TEMP TABLE {name} (raw VARCHAR, pseudonym VARCHAR)");
        using var appender = Connection.CreateAppender("temp", "main", name);
        foreach (var value in values)
            appender.CreateRow().AppendValue(value).AppendValue(Pseudonyms.Of(value)).EndRow();
        return name;
    }

    /// <summary>A name that no table of this import has yet.</summary>
    internal string NewTableName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}_{_copies++}");

    /// <summary>The path of the file as UTF-8 text that the database can read itself: the file, or a decoded copy of it.</summary>
    /// <exception cref="UnbrushException">The file is cut or damaged.</exception>
    public string Utf8(FileSample file)
    {
        if (file.Encoding is UTF8Encoding)
        {
            // The database unpacks by itself and knows no limit: what it would unpack is measured first, by unpacking it.
            if (file.Packing != Packing.None)
                IsLegal(file);
            return file.Path;
        }

        var copy = NewScratchFile(".csv");
        try
        {
            using var reader = new StreamReader(file.Open(), file.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
            using var writer = new StreamWriter(copy, append: false, new UTF8Encoding(false), 1 << 16);
            var buffer = new char[1 << 16];
            int read;
            while ((read = reader.Read(buffer)) > 0)
                writer.Write(buffer.AsSpan(0, read));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, e.Message, e);
        }

        return copy;
    }

    /// <summary>Whether every byte of a UTF-8 file is legal; reads it to its end, unpacked, within the limits of what a file may unpack to.</summary>
    /// <exception cref="UnbrushException">The file is cut or damaged, or unpacks to too much.</exception>
    internal bool IsLegal(FileSample file)
    {
        if (_legal.TryGetValue(file.Path, out var known))
            return known;
        if (Digests.TryGetValue(file.Path, out var digest) && digest.GetAwaiter().GetResult().IsLegal is { } legal)
            return legal;
        try
        {
            using var stream = file.Open();
            return _legal[file.Path] = Utf8Text.IsLegal(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            throw Damaged(file, e.Message, e);
        }
    }

    /// <summary>The seller of a file that names none: as the user said, else the file's name up to its first <c>-</c> or <c>.</c>; noted.</summary>
    public string SellerOf(FileSample file)
    {
        if (Options.Seller is { } seller)
            return seller;
        var end = file.Name.IndexOfAny(['-', '.']);
        var name = end > 0 ? file.Name[..end] : file.Name;
        Note("warning", "orders", file.Name, $"The file names no seller; '{name}' was taken from its name. Name it with --seller.", $"文件未注明卖家，按文件名取为“{name}”。可用 --seller 指定。");
        return name;
    }

    /// <summary>A copy of a text file with only its whole records, each with its row number before it; made once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="delimiter">What stands between its cells; null for one JSON object a line.</param>
    /// <param name="columns">How many cells its header has.</param>
    /// <exception cref="UnbrushException">The file is packed and cannot be unpacked to its end.</exception>
    internal Mending Mend(FileSample file, char? delimiter, int columns)
    {
        if (_mendings.TryGetValue(file.Path, out var known))
            return known;
        string path = NewScratchFile(".mended"), badPath = NewScratchFile(".bad");
        using var input = file.OpenMarked();
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
        using var bad = new BadRows(badPath);
        var source = new RecordSource(input);
        try
        {
            int longest;
            if (delimiter is { } between)
            {
                var mender = new CsvMender(source, output, bad, (byte)between, columns);
                mender.Run();
                longest = mender.LongestRecord;
            }
            else
            {
                var mender = new JsonLinesMender(source, output, bad);
                mender.Run();
                longest = mender.LongestRecord;
            }

            return _mendings[file.Path] = new(path, badPath, bad.Count, longest);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            throw Damaged(file, e.Message, e);
        }
    }

    /// <summary>A table <c>(line, csv_line, error_message)</c> of the rows that mending has set aside.</summary>
    internal void ListBad(Mending mending, string table) => Execute(
        $$"""
        CREATE OR REPLACE TEMP TABLE {{table}} AS
        SELECT * FROM read_csv({{Quote(mending.BadPath)}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
          columns = {'line': 'BIGINT', 'error_message': 'VARCHAR', 'csv_line': 'VARCHAR'})
        """);

    /// <summary>An empty store for rows of a table, which lives as long as the import.</summary>
    internal RowStore NewRowStore(FeedTable table)
    {
        if (_stores.Count == 0)
            RowScan.Register(Connection);
        var store = new RowStore(table, () => NewScratchFile(".rows"));
        _stores.Add(store);
        return store;
    }

    /// <summary>The rows in a table of those that mending has set aside.</summary>
    internal List<QuarantinedCell> Rejected(string table, FileSample file)
    {
        var cells = new List<QuarantinedCell>();
        Query($"SELECT line, left(csv_line, 100), error_message FROM {table} ORDER BY line", r =>
            cells.Add(new(file.Name, r.GetInt64(0), "", r.IsDBNull(1) ? "" : r.GetString(1), RowFault.Say(r.GetString(2)))));
        return cells;
    }

    /// <summary>A fresh file in the import's scratch folder, which is deleted at the end.</summary>
    public string NewScratchFile(string ending)
    {
        Directory.CreateDirectory(_scratch);
        return Path.Combine(_scratch, string.Create(CultureInfo.InvariantCulture, $"{_copies++}{ending}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stores.ForEach(s => s.Dispose());
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
    }

    internal static UnbrushException Damaged(FileSample file, string why, Exception inner) =>
        new(ExitCode.Unreadable, new($"{file.Path} is cut or damaged: {FirstLine(why)} Fetch or export it again.", $"{file.Path} 不完整或已损坏：{FirstLine(why)} 请重新获取或导出。"), inner);

    /// <summary>True of an error that is the machine's and not the file's: no memory, no room on the disk, a stop.</summary>
    public static bool IsAboutMachine(DuckDBException e) =>
        e.ErrorType is DuckDB.NET.Native.DuckDBErrorType.OutOfMemory or DuckDB.NET.Native.DuckDBErrorType.Interrupt or DuckDB.NET.Native.DuckDBErrorType.Fatal || IsDiskFull(e);

    /// <summary>True where a disk had no more room.</summary>
    public static bool IsDiskFull(Exception e) =>
        e.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("not enough space", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("File too large", StringComparison.OrdinalIgnoreCase) || (e is DuckDBException && e.Message.Contains("Could not write", StringComparison.OrdinalIgnoreCase));

    internal static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    internal static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
