using System.Globalization;
using System.Text.Json;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Canonical;

/// <summary>The contract's own tables: CSV, NDJSON or Parquet, plain or packed, named by the file's stem or by the user; else told by their columns.</summary>
internal sealed class CanonicalFormat : IFeedFormat
{
    public string Name => "canonical";

    public Recognition? Recognise(FileSample file, string? table)
    {
        if (file.Content == Content.Json)
            return null;
        if (FeedSchema.Find(table ?? file.Stem) is not { } found)
        {
            // Less sure than any format that knows its own columns: no such format is ever shadowed.
            return table is null && ByColumns(file) is { } told
                ? new(40, new(
                    $"its columns {string.Join(", ", Needed(told))} are those of the table '{told.Name}'; its name says nothing",
                    $"其列 {string.Join("、", Needed(told))} 与表“{told.Name}”一致（文件名未说明）"))
                : null;
        }

        return new(table is not null ? 100 : 60, new(
            table is not null ? $"named as the table '{found.Name}' on the command line" : $"its name begins with the table's name '{found.Name}'",
            table is not null ? $"命令行指定为表“{found.Name}”" : $"文件名以表名“{found.Name}”开头"));
    }

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, named) in files)
        {
            var table = FeedSchema.Find(named ?? file.Stem) ?? ByColumns(file)!;
            yield return file.Content switch
            {
                Content.Parquet => Parquet(file, table, context),
                Content.Ndjson => Ndjson(file, table, context),
                _ => Delimited(file, table, context),
            };
        }
    }

    /// <summary>The columns without which a file is not of the table.</summary>
    internal static IEnumerable<string> Needed(FeedTable table) => table.Columns.Where(c => c is { IsRequired: true, Default: null }).Select(c => c.Name);

    /// <summary>
    /// The table whose columns a file has: all that it needs, and few others (one in five). Of several such tables the one with most of the file's
    /// columns; null where two have as many, for then the columns say nothing.
    /// </summary>
    private static FeedTable? ByColumns(FileSample file)
    {
        var names = ColumnsOf(file).Select(n => n.Trim().ToLowerInvariant()).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var best = FeedSchema.Tables.Where(t => Needed(t).All(names.Contains)).Select(t => (Table: t, Known: names.Count(t.Has))).Where(t => t.Known * 5 >= names.Count * 4)
            .OrderByDescending(t => t.Known).Take(2).ToList();
        return best.Count == 1 || (best.Count == 2 && best[0].Known > best[1].Known) ? best[0].Table : null;
    }

    private static IReadOnlyList<string> ColumnsOf(FileSample file) => file.Content switch
    {
        Content.Delimited => Header.Of(file.Text).Names,
        Content.Ndjson => NamesOf(file),
        Content.Parquet => ParquetColumns.Of(file.Path) ?? [],
        _ => [],
    };

    private static StagedRelation Delimited(FileSample file, FeedTable table, ImportContext context)
    {
        var header = Header.Of(file.Text);
        var found = Match(file, table, header.Names, context);
        var csv = DelimitedText.Read(file, header, context);
        var select = $"SELECT {string.Join(", ", found.Select(f => string.Create(CultureInfo.InvariantCulture, $"c{f.Index} AS {f.Column}")))} FROM ";
        return new(table, select + csv.Strict, [.. found.Select(f => f.Column)], file)
        {
            FileColumns = found.ToDictionary(f => f.Column, f => header.Names[f.Index]),
            Tolerant = rejects => "SELECT file_row, " + select["SELECT ".Length..] + csv.Tolerant(rejects),
        };
    }

    private static StagedRelation Ndjson(FileSample file, FeedTable table, ImportContext context)
    {
        // A line leaves out what it has no value for: any line may have any column, whatever the first ones have.
        var names = NamesOf(file);
        names.AddRange(table.Columns.Where(c => !c.IsRequired && !names.Contains(c.Name, StringComparer.OrdinalIgnoreCase)).Select(c => c.Name));
        var found = Match(file, table, names, context);
        var columns = string.Join(", ", found.Select(f => $"{ImportContext.Quote(names[f.Index])}: 'VARCHAR'"));
        var select = string.Join(", ", found.Select(f => $"\"{names[f.Index].Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS {f.Column}"));
        var path = context.Utf8(file);
        var packing = path != file.Path || file.Packing == Packing.None ? "uncompressed" : file.Packing == Packing.Gzip ? "gzip" : "zstd";
        return new(
            table,
            $"SELECT {select} FROM read_json({ImportContext.Quote(path)}, format = 'newline_delimited', columns = {{{columns}}}, compression = '{packing}')",
            [.. found.Select(f => f.Column)],
            file)
        {
            Tolerant = rejects =>
            {
                var mending = context.Mend(file, null, 0);
                context.ListBad(mending, rejects);
                var longest = Math.Max(mending.LongestRecord + 64, 1 << 24).ToString(CultureInfo.InvariantCulture);
                return $"SELECT file_row, {select} FROM read_json({ImportContext.Quote(mending.Path)}, format = 'newline_delimited', columns = {{'file_row': 'BIGINT', {columns}}}, compression = 'uncompressed', maximum_object_size = {longest})";
            },
        };
    }

    private static StagedRelation Parquet(FileSample file, FeedTable table, ImportContext context)
    {
        List<string> names = [], types = [];
        try
        {
            context.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet({ImportContext.Quote(file.Path)}))", r =>
            {
                names.Add(r.GetString(0));
                types.Add(r.GetString(1));
            });
        }
        catch (DuckDB.NET.Data.DuckDBException e)
        {
            throw ImportContext.Damaged(file, e.Message, e);
        }

        var found = Match(file, table, names, context);
        var cells = found.Select(f => $"{CellTyping.TypedText(table[f.Column], $"\"{names[f.Index].Replace("\"", "\"\"", StringComparison.Ordinal)}\"", types[f.Index], context.Options.TimeZone)} AS {f.Column}");
        return new(table, $"SELECT {string.Join(", ", cells)} FROM read_parquet({ImportContext.Quote(file.Path)})", [.. found.Select(f => f.Column)], file);
    }

    /// <summary>Which of the file's columns is which of the contract's; notes the unknown, refuses where a required one is missing.</summary>
    private static List<(string Column, int Index)> Match(FileSample file, FeedTable table, IReadOnlyList<string> names, ImportContext context)
    {
        var found = new List<(string Column, int Index)>();
        foreach (var column in table.Columns)
        {
            var at = Enumerable.Range(0, names.Count).Where(i => string.Equals(names[i].Trim(), column.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (at.Count > 1)
                context.Note("warning", table.Name, file.Name, $"Column '{column.Name}' stands {at.Count} times; the first is read.", $"列“{column.Name}”出现 {at.Count} 次，读取第一列。");
            if (at.Count > 0)
                found.Add((column.Name, at[0]));
        }

        if (table.Columns.FirstOrDefault(c => c.IsRequired && c.Default is null && found.TrueForAll(f => f.Column != c.Name)) is { } missing)
        {
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"{file.Path}: the required column '{missing.Name}' of table '{table.Name}' is missing. Columns found: {string.Join(", ", names)}. Rename the column that holds it, or name another table with table=path.",
                $"{file.Path}：缺少表“{table.Name}”的必需列“{missing.Name}”。找到的列：{string.Join("、", names)}。请把对应的列改名，或用 表名=路径 指定其他表。"));
        }

        context.NoteUnknown(table.Name, file, names.Where(n => !table.Has(n.Trim().ToLowerInvariant())));
        return found;
    }

    /// <summary>The members that the first lines' objects have, in order of appearance.</summary>
    private static List<string> NamesOf(FileSample file)
    {
        var names = new List<string>();
        foreach (var line in file.Text.Split('\n'))
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.ValueKind != JsonValueKind.Object)
                    continue;
                foreach (var member in json.RootElement.EnumerateObject())
                {
                    if (!names.Contains(member.Name))
                        names.Add(member.Name);
                }
            }
            catch (JsonException)
            {
                // The sample's last line is cut; a bad line is quarantined when the file is read.
            }
        }

        return names;
    }
}
