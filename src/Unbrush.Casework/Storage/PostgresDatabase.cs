using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Unbrush.Casework.Storage;

/// <summary>The store for several people at once. Writers queue on one advisory lock, as they do on SQLite's file lock.</summary>
internal sealed class PostgresDatabase : CaseDatabase
{
    /// <summary>"unbrush" in ASCII: the key of the advisory lock that makes writes, and so the ledger's chain, serial.</summary>
    private const long WriterLock = 0x756e6272757368;

    /// <summary>Npgsql's own 8 KiB mean a system call for every ten ledger entries.</summary>
    private const int BufferBytes = 128 * 1024;

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];
    private readonly NpgsqlDataSource source;

    public PostgresDatabase(string where)
    {
        try
        {
            source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(FromUri(where))
            {
                IncludeErrorDetail = false,
                Timezone = "UTC",
                ReadBufferSize = BufferBytes,
                WriteBufferSize = BufferBytes,
            });
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or KeyNotFoundException)
        {
            throw Faults.Store(
                "The PostgreSQL connection string of --store cannot be read: write Host=…;Database=…;Username=… or postgres://user@host/database.",
                "无法读取 --store 的 PostgreSQL 连接字符串：请写成 Host=…;Database=…;Username=… 或 postgres://user@host/database。");
        }
    }

    public static bool Recognises(string where) =>
        where.Contains("Host=", StringComparison.OrdinalIgnoreCase) || Schemes.Any(s => where.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    internal override string Dialect => "postgres";

    internal override DbConnection Connect() => source.OpenConnection();

    internal override DbTransaction BeginWrite(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        connection.Execute(transaction, "SELECT pg_advisory_xact_lock(@p0)", WriterLock);
        return transaction;
    }

    internal override void Load(Write write, string table, string[] columns, string? onConflict, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns);
        var target = table;
        if (onConflict is not null)
        {
            target = $"load_{table}";
            write.Execute($"CREATE TEMP TABLE IF NOT EXISTS {target} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA");
            write.Execute($"TRUNCATE {target}");
        }

        using (var copy = ((NpgsqlConnection)write.Connection).BeginBinaryImport($"COPY {target} ({names}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in rows)
            {
                copy.StartRow();
                foreach (var value in row)
                    Put(copy, value);
            }

            copy.Complete();
        }

        if (onConflict is not null)
            write.Execute($"INSERT INTO {table} ({names}) SELECT {names} FROM {target} ON CONFLICT {onConflict}");
    }

    internal override void Analyse()
    {
        using var connection = Connect();
        connection.Execute(null, "ANALYZE findings, occasions, occasion_findings, proposals, proposal_targets");
    }

    internal override void Scrub()
    {
        using var connection = Connect();
        connection.Execute(null, "VACUUM FULL");
    }

    public override void Dispose() => source.Dispose();

    private static void Put(NpgsqlBinaryImporter copy, object? value)
    {
        switch (value)
        {
            case null: copy.WriteNull(); break;
            case long number: copy.Write(number, NpgsqlDbType.Bigint); break;
            case int number: copy.Write((long)number, NpgsqlDbType.Bigint); break;
            case string text: copy.Write(text, NpgsqlDbType.Text); break;
            case byte[] bytes: copy.Write(bytes, NpgsqlDbType.Bytea); break;
            default: throw new ArgumentException($"A row to load holds a {value.GetType().Name}; only long, int, string and byte[] are stored.");
        }
    }

    private static string FromUri(string where)
    {
        if (!Schemes.Any(s => where.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            return where;
        var uri = new Uri(where);
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        return builder.ToString();
    }
}
