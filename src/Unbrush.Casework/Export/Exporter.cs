using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Storage;
using Unbrush.Feeds.Writing;

namespace Unbrush.Casework.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Folder">Where.</param>
/// <param name="AsOf">As of when.</param>
/// <param name="Digest">SHA-256 of its manifest: two exports of the same state have the same.</param>
/// <param name="Rows">Rows for each table.</param>
public sealed record ExportResult(string Folder, DateTimeOffset AsOf, string Digest, IReadOnlyDictionary<string, long> Rows);

/// <summary>
/// Writes the measures in effect at an instant as tables that other systems consume. The bytes depend on the state
/// alone: no clock, path or person in them. Each file appears whole; the manifest, with every file's SHA-256, comes
/// last, and only then the ledger says that the export happened, once.
/// </summary>
public sealed class Exporter(CaseDatabase database, TimeProvider clock)
{
    private const string Manifest = "manifest.json";

    /// <summary>Exports.</summary>
    /// <param name="folder">Where to; a former export there is replaced.</param>
    /// <param name="asOf">As of when; null for now.</param>
    /// <param name="parquet">True for Parquet beside CSV.</param>
    /// <param name="by">Who.</param>
    /// <exception cref="Core.UnbrushException">The folder holds something else, or cannot be written.</exception>
    public ExportResult Export(string folder, DateTimeOffset? asOf, bool parquet, Person by)
    {
        folder = Path.GetFullPath(folder);
        Recover();
        var instant = asOf ?? clock.GetUtcNow();
        Directory.CreateDirectory(folder);
        if (!File.Exists(Path.Combine(folder, Manifest)) && Directory.EnumerateFileSystemEntries(folder).Any(e => !Path.GetFileName(e).StartsWith('.') && !IsOurs(e)))
            throw Faults.Usage($"'{folder}' holds something else: give an empty folder or one of a former export.", $"'{folder}' 中有其他内容：请指定空文件夹或以往的导出文件夹。");
        var temporary = Path.Combine(folder, $".export-{Environment.ProcessId}");
        Directory.CreateDirectory(temporary);
        try
        {
            var rows = Write(temporary, Rows(instant), parquet);
            var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(temporary, Manifest))));
            var number = Start(folder, instant, digest, by);
            Publish(temporary, folder);
            Finish(number);
            return new(folder, instant, digest, rows);
        }
        finally
        {
            foreach (var leftover in Directory.EnumerateDirectories(folder, ".export-*"))
                Directory.Delete(leftover, recursive: true);
        }
    }

    /// <summary>Reads the instant of an export; null stays null, which is now.</summary>
    /// <exception cref="Core.UnbrushException">It is no ISO 8601 instant.</exception>
    public static DateTimeOffset? ParseAsOf(string? text) => text is null ? null : Instants.Parse(text, "--as-of");

    /// <summary>Finishes exports whose files were complete when their process was killed before it could say so.</summary>
    /// <returns>How many.</returns>
    public int Recover()
    {
        var open = database.InRead(c => c.Query(null, r => (r.GetInt64(0), r.GetString(1), r.GetString(2)), "SELECT export, folder, digest FROM exports ORDER BY export"));
        var finished = 0;
        foreach (var (number, folder, digest) in open)
        {
            var manifest = Path.Combine(folder, Manifest);
            if (File.Exists(manifest) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(manifest))) == digest)
                finished += Finish(number) ? 1 : 0;
        }

        return finished;
    }

    private Dictionary<EffectTable, List<EffectRow>> Rows(DateTimeOffset instant)
    {
        var rows = EffectTables.All.ToDictionary(t => t, _ => new List<EffectRow>());
        foreach (var overlay in new MeasureTable(database).At(instant))
        {
            var row = overlay.InEffectAt(instant) ? Measures.Of(overlay.Code).Apply(overlay) : EffectRow.Of(EffectTables.Notices, overlay);
            rows[row.Table].Add(row);
        }

        foreach (var list in rows.Values)
            list.Sort();
        return rows;
    }

    private static SortedDictionary<string, long> Write(string folder, Dictionary<EffectTable, List<EffectRow>> rows, bool parquet)
    {
        var files = new JsonArray();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var duck = parquet ? new DuckDBConnection("DataSource=:memory:") : null;
        if (duck is not null)
        {
            duck.Open();
            FindingsTable.Execute(duck, $"SET TimeZone='UTC'; SET threads=1; SET memory_limit='1GB'; SET temp_directory='{folder.Replace("'", "''", StringComparison.Ordinal)}'; SET autoinstall_known_extensions=false;");
        }

        foreach (var table in EffectTables.All)
        {
            var csv = Path.Combine(folder, table.Name + ".csv");
            WriteCsv(csv, table, rows[table], disarmed: true);
            counts[table.Name] = rows[table].Count;
            AddFile(files, csv, rows[table].Count);
            if (duck is null)
                continue;
            var target = Path.ChangeExtension(csv, ".parquet");
            // Where nothing is run the text stays as it is.
            var plain = csv + ".plain";
            WriteCsv(plain, table, rows[table], disarmed: false);
            var columns = string.Join(", ", table.Columns.Select(c => $"'{c.Name}': '{c.Type}'"));
            FindingsTable.Execute(duck, $"COPY (SELECT * FROM read_csv('{Quote(plain)}', header=true, delim=',', quote='\"', escape='\"', auto_detect=false, nullstr='', columns={{{columns}}})) TO '{Quote(target)}' (FORMAT parquet)");
            File.Delete(plain);
            AddFile(files, target, rows[table].Count);
        }

        File.WriteAllText(Path.Combine(folder, Manifest), new JsonObject { ["files"] = files }.ToJsonString() + "\n");
        return counts;
    }

    private static void WriteCsv(string file, EffectTable table, List<EffectRow> rows, bool disarmed)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(c => c.Name)));
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Cells.Length; i++)
            {
                if (i > 0)
                    writer.Write(',');
                writer.Write(Cell(disarmed && row.Cells[i] is { } text && table.Columns[i].Type == "VARCHAR" ? LiveFormula.Disarm(text) : row.Cells[i]));
            }

            writer.WriteLine();
        }
    }

    private static string Cell(string? value) => value is null ? "" : value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void AddFile(JsonArray files, string path, long rows) => files.Add(new JsonObject
    {
        ["file"] = Path.GetFileName(path),
        ["rows"] = rows,
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
    });

    private static void Publish(string from, string to)
    {
        var files = Directory.EnumerateFiles(from).Select(f => Path.GetFileName(f)!).Where(n => n != Manifest && IsOurs(n)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in files)
            File.Move(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        foreach (var former in Directory.EnumerateFiles(to).Where(f => IsOurs(f) && Path.GetFileName(f) != Manifest && !files.Contains(Path.GetFileName(f))))
            File.Delete(former);
        File.Move(Path.Combine(from, Manifest), Path.Combine(to, Manifest), overwrite: true);
    }

    private static bool IsOurs(string path) =>
        Path.GetFileName(path) == Manifest
        || (Path.GetExtension(path) is ".csv" or ".parquet" && EffectTables.All.Any(t => t.Name == Path.GetFileNameWithoutExtension(path)));

    private long Start(string folder, DateTimeOffset asOf, string digest, Person by) => database.InWrite(clock, write =>
    {
        // A former export to this folder that was not recovered was never complete.
        write.Execute("DELETE FROM exports WHERE folder = @p0", folder);
        var number = write.Scalar("SELECT coalesce(max(export), 0) FROM exports") + 1;
        write.Execute("INSERT INTO exports (export, folder, as_of, digest, person, started_at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)", number, folder, asOf.Micros(), digest, by.Name, write.Now);
        return number;
    });

    private bool Finish(long number) => database.InWrite(clock, write =>
    {
        var open = write.Query(r => (AsOf: r.GetInt64(0), Digest: r.GetString(1), By: r.GetString(2)), "SELECT as_of, digest, person FROM exports WHERE export = @p0", number);
        if (open is not [var export])
            return false;
        write.Ledger.Append(LedgerKinds.Export, LedgerJson.Of(("as_of", export.AsOf.MicrosToText()), ("sha256", export.Digest)), Person.Named(export.By));
        write.Execute("DELETE FROM exports WHERE export = @p0", number);
        return true;
    });

    private static string Quote(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
