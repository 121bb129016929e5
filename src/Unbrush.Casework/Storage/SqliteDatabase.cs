using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Unbrush.Casework.Storage;

/// <summary>The embedded store: one file in write-ahead mode, synced at every commit.</summary>
internal sealed class SqliteDatabase : CaseDatabase
{
    private const int BusySeconds = 30;
    private readonly string connectionString;

    public SqliteDatabase(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
            throw Faults.Store(
                $"The folder of the case store '{path}' does not exist: create it, or give another path with --store.",
                $"案件库 '{path}' 所在的文件夹不存在：请先创建，或用 --store 指定其他路径。");
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = BusySeconds,
            ForeignKeys = true,
        }.ToString();
    }

    internal override string Dialect => "sqlite";

    internal override DbConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // secure_delete: erased personal data must not live on in free pages.
        connection.Execute(null, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;");
        return connection;
    }

    internal override DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    internal override void Load(Write write, string table, string[] columns, string? onConflict, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns);
        var places = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        var conflict = onConflict is null ? "" : $" ON CONFLICT {onConflict}";
        using var command = write.Connection.Command(write.Transaction, $"INSERT INTO {table} ({names}) VALUES ({places}){conflict}", new object?[columns.Length]);
        command.Prepare();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    internal override void Analyse()
    {
        // Each statement has one index that fits it best; SQLite finds it without statistics.
    }

    internal override void Scrub()
    {
        using var connection = Connect();
        connection.Execute(null, "VACUUM");
        connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
