using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Npgsql;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Mapping;

/// <summary>Rows of a PostgreSQL or MySQL query, read in a transaction that cannot write.</summary>
internal sealed class DatabaseFormat(MapFile map) : IFeedFormat
{
    public string Name => map.Source!.Database;

    /// <summary>The mapping as the one file of this format.</summary>
    public static IdentifiedFile Identify(MapFile map) => new(
        FileSample.Of(map.Path), null, new DatabaseFormat(map),
        new(110, new($"{Path.GetFileName(map.Path)} names a query of {map.Source!.Database}", $"{Path.GetFileName(map.Path)} 指定了 {map.Source!.Database} 查询")));

    public Recognition? Recognise(FileSample file, string? table) => null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        var (name, columns) = Fetch(context);
        return new MappedFormat(map).Relations(files[0].File, n => columns.Contains(n) ? "\"" + n.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : null, name, null, context);
    }

    private (string Table, HashSet<string> Columns) Fetch(ImportContext context)
    {
        var source = map.Source!;
        var text = Environment.GetEnvironmentVariable(source.ConnectionVariable);
        if (string.IsNullOrEmpty(text))
        {
            throw new UnbrushException(ExitCode.Usage, new(
                $"{map.Path}: the environment variable '{source.ConnectionVariable}' that is to hold the connection string is not set.",
                $"{map.Path}：未设置存放连接字符串的环境变量“{source.ConnectionVariable}”。"));
        }

        try
        {
            using DbConnection connection = source.Database switch
            {
                "postgresql" => new NpgsqlConnection(text),
                "mysql" => new MySqlConnection(text),
                _ => throw MapFile.Wrong(map.Path, "source", "database", $"'{source.Database}' is neither postgresql nor mysql"),
            };
            connection.Open();
            using (var readOnly = connection.CreateCommand())
            {
                readOnly.CommandText = source.Database == "postgresql" ? "BEGIN TRANSACTION READ ONLY" : "START TRANSACTION READ ONLY";
                readOnly.ExecuteNonQuery();
            }

            using var command = connection.CreateCommand();
            command.CommandText = source.Query;
            using var reader = command.ExecuteReader();
            var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            var table = context.NewTableName("mapped_query");
            context.Execute($"CREATE OR REPLACE TEMP TABLE {table} ({string.Join(", ", names.Select(n => "\"" + n.Replace("\"", "\"\"", StringComparison.Ordinal) + "\" VARCHAR"))})");
            using var appender = context.Connection.CreateAppender("temp", "main", table);
            while (reader.Read())
            {
                var row = appender.CreateRow();
                for (var i = 0; i < names.Count; i++)
                {
                    if (reader.IsDBNull(i))
                        row.AppendNullValue();
                    else
                        row.AppendValue(Text(reader.GetValue(i)));
                }

                row.EndRow();
            }

            return (table, [.. names]);
        }
        catch (Exception e) when (e is DbException or ArgumentException or TimeoutException or System.Net.Sockets.SocketException)
        {
            // The message of a failed connection may name its host, never its password.
            throw new UnbrushException(ExitCode.Unreadable, new($"{map.Path}: the query failed: {e.Message.Split('\n')[0]}", $"{map.Path}：查询失败：{e.Message.Split('\n')[0]}"), e);
        }
    }

    /// <summary>Times of a known instant say so; others are in the feed's zone.</summary>
    private static string Text(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Utc } t => t.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture),
        DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTimeOffset t => t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture),
        bool b => b ? "1" : "0",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
