using System.Data.Common;
using Unbrush.Casework.Ledger;

namespace Unbrush.Casework.Storage;

/// <summary>
/// One write under way: its connection, its instant and the ledger it appends to. The number of a ledger entry is
/// the id of what the entry records, so ids need neither chance nor content, and betray nothing.
/// </summary>
internal sealed class Write : IDisposable
{
    private readonly DbTransaction transaction;

    public Write(CaseDatabase database, DbConnection connection, DbTransaction transaction, TimeProvider clock)
    {
        Database = database;
        Connection = connection;
        this.transaction = transaction;
        Now = clock.Micros();
        Ledger = new LedgerWriter(this);
    }

    public CaseDatabase Database { get; }

    public DbConnection Connection { get; }

    /// <summary>The instant of this write, in microseconds; one clock reading for all of it.</summary>
    public long Now { get; }

    public LedgerWriter Ledger { get; }

    public DbTransaction Transaction => transaction;

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Connection.Execute(transaction, sql, values);

    public List<T> Query<T>(Func<DbDataReader, T> row, string sql, params ReadOnlySpan<object?> values) =>
        Connection.Query(transaction, row, sql, values);

    public long Scalar(string sql, params ReadOnlySpan<object?> values) => Connection.Scalar(transaction, sql, values);

    public string? Text(string sql, params ReadOnlySpan<object?> values) => Connection.Text(transaction, sql, values);

    public void Load(string table, string[] columns, string? onConflict, IEnumerable<object?[]> rows) =>
        Database.Load(this, table, columns, onConflict, rows);

    public void Complete()
    {
        Ledger.Flush();
        transaction.Commit();
    }

    public void Dispose() => Ledger.Dispose();
}
