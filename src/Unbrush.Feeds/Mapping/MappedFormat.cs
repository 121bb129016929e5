using System.Globalization;
using System.Text.Json;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Mapping;

/// <summary>Files that the user's mapping explains. It takes every file that has the columns the mapping names.</summary>
internal sealed class MappedFormat(MapFile map) : IFeedFormat
{
    public string Name => "mapped";

    public Recognition? Recognise(FileSample file, string? table)
    {
        if (table is not null)
            return null;
        var names = NamesOf(file);
        return names is not null && map.Needs.All(n => names.Contains(n))
            ? new(110, new($"it has every column that {Path.GetFileName(map.Path)} names", $"它含有 {Path.GetFileName(map.Path)} 所用的全部列"))
            : null;
    }

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            switch (file.Content)
            {
                case Content.Delimited:
                    var header = Header.Of(file.Text);
                    var csv = DelimitedText.Read(file, header, context);
                    foreach (var name in header.Names.Where(n => n.Length > 0 && !map.Needs.Contains(n)).Distinct(StringComparer.Ordinal))
                        context.Note("info", map.Tables[0].Table.Name, file.Name, $"Column '{(name.Length <= 60 ? name : name[..60])}' is not mapped and is kept out.", $"列“{(name.Length <= 60 ? name : name[..60])}”未映射，不予读取。");
                    foreach (var relation in Relations(file, n => header.IndexOf(n) is var i and >= 0 ? string.Create(CultureInfo.InvariantCulture, $"c{i}") : null, csv.Strict, csv.Tolerant, context))
                        yield return relation;
                    break;
                case Content.Parquet:
                    foreach (var relation in Relations(file, n => $"CAST({Identifier(n)} AS VARCHAR)", $"read_parquet({ImportContext.Quote(file.Path)})", null, context))
                        yield return relation;
                    break;
                default:
                    foreach (var relation in Relations(file, n => Identifier(n), Table(file, context), null, context))
                        yield return relation;
                    break;
            }
        }
    }

    /// <summary>What the mapping makes of a relation.</summary>
    internal IEnumerable<StagedRelation> Relations(FileSample file, Func<string, string?> columns, string from, Func<string, string>? tolerant, ImportContext context)
    {
        foreach (var (table, mapped, where) in map.Tables)
        {
            var cells = new List<string>();
            string Lookup(string sql, Func<string, string?> function)
            {
                var values = Values(sql, from, tolerant, function, context);
                return $"(SELECT v.mapped FROM {values} v WHERE v.raw = {sql})";
            }

            var compiler = new ExpressionSql(columns, map.Codes, Lookup, context.Identities);
            string? condition = null;
            foreach (var (column, expression) in mapped)
                cells.Add($"{Guard(table.Name, column, () => compiler.Text(expression))} AS {column}");
            if (where is not null)
                condition = Guard(table.Name, "where", () => compiler.Truth(where));
            if (condition is not null && CountOut(condition, from, tolerant, context) is > 0 and var left)
                context.Note("info", table.Name, file.Name, $"{left} rows do not meet the mapping's condition and were left out.", $"有 {left} 行不符合映射的条件，未写入。");
            var select = $"SELECT {string.Join(", ", cells)} FROM ";
            var filter = condition is null ? "" : $" WHERE {condition}";
            yield return new(table, select + from + filter, [.. mapped.Keys], file)
            {
                FileColumns = mapped.Where(m => m.Value is Expression.Column).ToDictionary(m => m.Key, m => ((Expression.Column)m.Value).Name),
                Tolerant = tolerant is null ? null : rejects => "SELECT file_row, " + select["SELECT ".Length..] + tolerant(rejects) + filter,
            };
        }
    }

    private static long CountOut(string condition, string from, Func<string, string>? tolerant, ImportContext context)
    {
        try
        {
            return context.Number($"SELECT count(*) FROM {from} WHERE NOT coalesce({condition}, false)");
        }
        catch (DuckDB.NET.Data.DuckDBException) when (tolerant is not null)
        {
            return context.Number($"SELECT count(*) FROM {tolerant(context.NewTableName("mapped_rejects"))} WHERE NOT coalesce({condition}, false)");
        }
    }

    private string Guard(string table, string column, Func<string> compile)
    {
        try
        {
            return compile();
        }
        catch (ExpressionException e)
        {
            throw MapFile.Wrong(map.Path, table, column, e.Message);
        }
    }

    /// <summary>A table of what a function of ours makes of every value of an expression.</summary>
    private static string Values(string sql, string from, Func<string, string>? tolerant, Func<string, string?> function, ImportContext context)
    {
        var name = context.NewTableName("mapped");
        context.Execute($"CREATE OR REPLACE TEMP TABLE {name} (raw VARCHAR, mapped VARCHAR)");
        var values = new List<string>();
        try
        {
            context.Query($"SELECT DISTINCT {sql} AS v FROM {from} WHERE {sql} IS NOT NULL", r => values.Add(r.GetString(0)));
        }
        catch (DuckDB.NET.Data.DuckDBException) when (tolerant is not null)
        {
            // A line does not split into cells; the loader will name it.
            values.Clear();
            context.Query($"SELECT DISTINCT {sql} AS v FROM {tolerant(context.NewTableName("mapped_rejects"))} WHERE {sql} IS NOT NULL", r => values.Add(r.GetString(0)));
        }

        using var appender = context.Connection.CreateAppender("temp", "main", name);
        foreach (var value in values)
            appender.CreateRow().AppendValue(value).AppendValue(function(value)).EndRow();
        return name;
    }

    /// <summary>JSON records as a table of the members that the mapping names; <c>a.b</c> reaches into objects.</summary>
    private string Table(FileSample file, ImportContext context)
    {
        var name = context.NewTableName("mapped_json");
        var needs = map.Needs.ToList();
        context.Execute($"CREATE OR REPLACE TEMP TABLE {name} ({string.Join(", ", needs.Select(n => Identifier(n) + " VARCHAR").DefaultIfEmpty("nothing VARCHAR"))})");
        long broken = 0;
        using (var appender = context.Connection.CreateAppender("temp", "main", name))
        {
            JsonRecords.Each(file, (record, _) =>
            {
                var row = appender.CreateRow();
                foreach (var need in needs)
                {
                    if (Reach(record, need) is { } text)
                        row.AppendValue(text);
                    else
                        row.AppendNullValue();
                }

                if (needs.Count == 0)
                    row.AppendNullValue();
                row.EndRow();
            }, (_, _) => broken++);
        }

        if (broken > 0)
            context.Note("warning", map.Tables[0].Table.Name, file.Name, $"{broken} records are no JSON and could not be read.", $"有 {broken} 条记录不是 JSON，无法读取。");
        return name;
    }

    /// <summary>The text of a record's member; <c>a.b</c> reaches into objects.</summary>
    internal static string? Reach(JsonElement record, string path)
    {
        if (record.Member(path) is { ValueKind: not JsonValueKind.Undefined } whole)
            return JsonCells.Text(whole) ?? (whole.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? whole.GetRawText() : null);
        foreach (var part in path.Split('.'))
            record = record.Member(part);
        return JsonCells.Text(record);
    }

    private static List<string>? NamesOf(FileSample file) => file.Content switch
    {
        Content.Delimited => [.. Header.Of(file.Text).Names],
        Content.Parquet => ParquetColumns.Of(file.Path),
        Content.Json or Content.Ndjson => [.. JsonShape.Of(file).Paths],
        _ => null,
    };

    private static string Identifier(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
