using System.Data.Common;
using Unbrush.Core;

namespace Unbrush.Casework.Storage;

/// <summary>
/// The port to the case store. SQLite is embedded and the default; PostgreSQL serves several people at once. Both
/// run the same statements over the same tables; an implementation supplies connections, the one-writer lock,
/// bulk loading and its migrations.
/// </summary>
public abstract class CaseDatabase : IDisposable
{
    /// <summary>
    /// Opens a store and brings its tables up to date. A text with <c>Host=</c> or starting with
    /// <c>postgres://</c> is a PostgreSQL server, anything else the path of an SQLite file, made where absent.
    /// </summary>
    /// <param name="where">A path or a connection string; a connection string is never repeated in an error.</param>
    /// <param name="clock">The clock that stamps migrations.</param>
    /// <exception cref="UnbrushException">The store cannot be opened, is newer than this Unbrush, or its migrations were altered.</exception>
    public static CaseDatabase Open(string where, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(where);
        ArgumentNullException.ThrowIfNull(clock);
        CaseDatabase database = PostgresDatabase.Recognises(where) ? new PostgresDatabase(where) : new SqliteDatabase(where);
        try
        {
            Migrator.Migrate(database, clock);
            return database;
        }
        catch (DbException)
        {
            database.Dispose();
            throw Faults.Store(
                "The case store cannot be opened: check that the file is an Unbrush case store, or that the PostgreSQL server runs and the connection string of --store is right.",
                "无法打开案件库：请检查该文件是否为 Unbrush 案件库，或 PostgreSQL 是否在运行、--store 的连接字符串是否正确。");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The folder of migrations that this database runs.</summary>
    internal abstract string Dialect { get; }

    /// <summary>An open connection of its own; the caller disposes it.</summary>
    internal abstract DbConnection Connect();

    /// <summary>Begins a transaction that no other writer of the store runs beside.</summary>
    internal abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Loads rows in bulk within a transaction.</summary>
    /// <param name="write">The write under way.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, in the rows' order.</param>
    /// <param name="onConflict">What follows <c>ON CONFLICT</c>, or null where no row can be there already.</param>
    /// <param name="rows">The rows; values are long, int, string, byte[] or null.</param>
    internal abstract void Load(Write write, string table, string[] columns, string? onConflict, IEnumerable<object?[]> rows);

    /// <summary>Tells the planner of what a scan has just brought; it would read tables whole until it noticed by itself.</summary>
    internal abstract void Analyse();

    /// <summary>Takes what an erasure left behind out of free pages and logs.</summary>
    internal abstract void Scrub();

    /// <summary>Runs one write: all of it, with its ledger entries, or nothing.</summary>
    internal T InWrite<T>(TimeProvider clock, Func<Write, T> body)
    {
        try
        {
            using var connection = Connect();
            using var transaction = BeginWrite(connection);
            using var write = new Write(this, connection, transaction, clock);
            var result = body(write);
            write.Complete();
            return result;
        }
        catch (DbException e)
        {
            throw Faults.Failed(e);
        }
    }

    /// <summary>Runs reads on one connection.</summary>
    internal T InRead<T>(Func<DbConnection, T> body)
    {
        try
        {
            using var connection = Connect();
            return body(connection);
        }
        catch (DbException e)
        {
            throw Faults.Failed(e);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
