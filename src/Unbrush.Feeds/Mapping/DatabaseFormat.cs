using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using MySqlConnector;
using Npgsql;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Mapping;

/// <summary>Rows of a PostgreSQL or MySQL query, read in a transaction that cannot write.</summary>
internal sealed partial class DatabaseFormat(MapFile map) : IFeedFormat
{
    /// <summary>Seconds that a server may take to its next row.</summary>
    private const int LongestQuery = 3600;

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

        Check(source.Query);
        try
        {
            var (opened, isUtc) = Open(source.Database, text, context);
            using var connection = opened;
            using var command = connection.CreateCommand();
            command.CommandText = source.Query;
            command.CommandTimeout = LongestQuery;
            using var reader = command.ExecuteReader();
            var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            var table = context.NewTableName("mapped_query");
            context.Execute($"CREATE OR REPLACE TEMP TABLE {table} ({string.Join(", ", names.Select(n => "\"" + n.Replace("\"", "\"\"", StringComparison.Ordinal) + "\" VARCHAR"))})");
            // MySQL's TIMESTAMP is an instant, which comes in the session's zone: UTC where the feed's has no fixed offset.
            var isInstant = names.Select((_, i) => isUtc && reader.GetDataTypeName(i) == "TIMESTAMP").ToArray();
            using var appender = context.Connection.CreateAppender("temp", "main", table);
            while (reader.Read())
            {
                var row = appender.CreateRow();
                for (var i = 0; i < names.Count; i++)
                {
                    if (reader.IsDBNull(i) || Text(reader.GetValue(i)) is not { } cell)
                        row.AppendNullValue();
                    else
                        row.AppendValue(isInstant[i] ? cell + "+00" : cell);
                }

                row.EndRow();
            }

            return (table, [.. names]);
        }
        catch (Exception e) when (e is DbException or ArgumentException or TimeoutException or InvalidCastException or FormatException or OverflowException or System.Net.Sockets.SocketException)
        {
            // The message of a failed connection may name its host, never its password.
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"{map.Path}: the query failed: {ImportContext.FirstLine(e.Message)} The connection is the one that the environment variable '{source.ConnectionVariable}' holds.",
                $"{map.Path}：查询失败：{ImportContext.FirstLine(e.Message)} 连接字符串取自环境变量“{source.ConnectionVariable}”。"), e);
        }
    }

    /// <summary>A connection in a transaction that cannot write; and whether instants come in UTC rather than in the feed's zone.</summary>
    private (DbConnection Connection, bool IsUtc) Open(string database, string text, ImportContext context)
    {
        var isMySql = database == "mysql";
        DbConnection connection = database switch
        {
            "postgresql" => new NpgsqlConnection(text),
            // Left to itself the driver takes TINYINT(1), such as stars from one to five, for yes and no, CHAR(36) for a GUID, and breaks at a zero date.
            "mysql" => new MySqlConnection(new MySqlConnectionStringBuilder(text) { TreatTinyAsBoolean = false, GuidFormat = MySqlGuidFormat.None, ConvertZeroDateTime = true, AllowLoadLocalInfile = false }.ConnectionString),
            _ => throw MapFile.Wrong(map.Path, "source", "database", $"'{database}' is neither postgresql nor mysql"),
        };
        try
        {
            connection.Open();
            var offset = CellTyping.FixedOffset(context.Options.TimeZone);
            if (isMySql)
                Execute(connection, $"SET time_zone = '{(offset < TimeSpan.Zero ? '-' : '+')}{(offset ?? TimeSpan.Zero).Duration():hh\\:mm}'");
            Execute(connection, isMySql ? "START TRANSACTION READ ONLY" : "BEGIN TRANSACTION READ ONLY");
            return (connection, isMySql && offset is null);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A second statement could end the transaction that cannot write, and MySQL's INTO writes files even within it.</summary>
    private void Check(string query)
    {
        if (query.AsSpan().TrimEnd().TrimEnd(';').Contains(';'))
            throw MapFile.Wrong(map.Path, "source", "query", "it must be one statement; a ';' within a text is written as a function of its code, such as chr(59)");
        if (IntoFile().IsMatch(query))
            throw MapFile.Wrong(map.Path, "source", "query", "it writes a file or a variable (INTO); a query here only reads");
    }

    [GeneratedRegex(@"\binto\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IntoFile();

    /// <summary>Times of a known instant say so; others are in the feed's zone. MySQL's zero date is none.</summary>
    private static string? Text(object value) => value switch
    {
        DateTime { Ticks: 0 } => null,
        DateTime { Kind: DateTimeKind.Utc } t => t.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture),
        DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateTimeOffset t => t.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture),
        bool b => b ? "1" : "0",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
