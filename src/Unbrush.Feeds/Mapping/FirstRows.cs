using System.Data.Common;
using System.Text;
using System.Text.Json;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Mapping;

/// <summary>The first rows of a file: by what stands in them a mapping is proposed, and on them it is tried.</summary>
internal static class FirstRows
{
    private const int TriedRows = 1000;

    /// <summary>Of a JSON file the rows to be tried are sought in so many bytes at its beginning.</summary>
    private const int TriedBytes = 8 << 20;

    /// <summary>So many rows tell what stands in a column.</summary>
    private const int SampledRows = 200;

    /// <summary>The names of a file's columns (of JSON, its members' paths), and what stands in each.</summary>
    public static (List<string> Names, Dictionary<string, List<string>> Samples) Sample(FileSample file)
    {
        var samples = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (file.Content == Content.Delimited)
        {
            var header = Header.Of(file.Text);
            using var reader = new SheetReader(new StringReader(file.Text), header.Delimiter);
            reader.Read();
            for (var row = 0; row < SampledRows && reader.Read(); row++)
            {
                for (var i = 0; i < header.Names.Count && reader.Count == header.Names.Count; i++)
                {
                    if (reader.Cell(i) is { } cell)
                        Add(header.Names[i], cell);
                }
            }

            return ([.. header.Names.Where(n => n.Length > 0)], samples);
        }

        if (file.Content is Content.Json or Content.Ndjson)
        {
            List<string> paths = [.. JsonShape.Of(file).Paths];
            Records(Encoding.UTF8.GetBytes(file.Text), (record, number) =>
            {
                foreach (var path in number > SampledRows ? [] : paths)
                {
                    if (MappedFormat.Reach(record, path) is { Length: > 0 } cell)
                        Add(path, cell);
                }
            });
            return (paths, samples);
        }

        if (file.Content != Content.Parquet)
            throw new UnbrushException(ExitCode.Unreadable, new($"{file.Path} is empty.", $"{file.Path} 是空的。"));
        var names = new List<string>();
        Rows(file, $"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({ImportContext.Quote(file.Path)}))", row => names.Add(row.GetString(0)));
        Rows(file, $"SELECT * FROM (SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet({ImportContext.Quote(file.Path)}) LIMIT {SampledRows})", row =>
        {
            for (var i = 0; i < row.FieldCount; i++)
            {
                if (!row.IsDBNull(i) && row.GetString(i) is { Length: > 0 } cell)
                    Add(names[i], cell);
            }
        });
        return (names, samples);

        void Add(string name, string cell) => (samples.TryGetValue(name, out var list) ? list : samples[name] = []).Add(cell);
    }

    /// <summary>The records in the beginning of a JSON file; the last, which may be cut, is passed over.</summary>
    private static void Records(byte[] beginning, Action<JsonElement, long> take)
    {
        using var stream = new MemoryStream(beginning);
        JsonRecords.Each(stream, take, (_, _) => { });
    }

    /// <summary>Runs a statement over a Parquet file in a database that is thrown away.</summary>
    private static void Rows(FileSample file, string sql, Action<DbDataReader> take)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            using var rows = command.ExecuteReader();
            while (rows.Read())
                take(rows);
        }
        catch (DuckDBException e)
        {
            throw ImportContext.Damaged(file, e.Message, e);
        }
    }

    /// <summary>A copy of the first thousand rows in a folder.</summary>
    /// <returns>Its path.</returns>
    public static string Copy(FileSample file, string folder)
    {
        var head = file.Path;
        if (file.Content is Content.Delimited)
        {
            head = Path.Combine(folder, "head.csv");
            using var text = file.OpenText();
            using var writer = new StreamWriter(head);
            var quotes = 0;
            for (var rows = 0; rows <= TriedRows && text.ReadLine() is { } line;)
            {
                writer.Write(line + "\n");
                quotes += line.Count(c => c == '"');
                // A row goes on where a quote is open.
                if (quotes % 2 == 0)
                    rows++;
            }
        }
        else if (file.Content is Content.Json or Content.Ndjson)
        {
            head = Path.Combine(folder, "head.ndjson");
            using var stream = file.OpenUtf8();
            var bytes = new byte[TriedBytes];
            using var writer = new StreamWriter(head);
            Records(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).ToArray(), (record, number) =>
            {
                if (number <= TriedRows)
                    writer.Write(JsonSerializer.Serialize(record) + "\n");
            });
        }
        else if (file.Content is Content.Parquet)
        {
            head = Path.Combine(folder, "head.parquet");
            Rows(file, $"COPY (SELECT * FROM read_parquet({ImportContext.Quote(file.Path)}) LIMIT {TriedRows}) TO {ImportContext.Quote(head)} (FORMAT parquet)", _ => { });
        }

        return head;
    }
}
