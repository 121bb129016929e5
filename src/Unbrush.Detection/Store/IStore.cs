using System.Data.Common;

namespace Unbrush.Detection.Store;

/// <summary>
/// The port to the columnar database that holds a feed and everything derived from it. The embedded DuckDB is the
/// default; a cluster is another implementation, passing the same contract tests.
/// </summary>
public interface IStore
{
    /// <summary>A second connection to the same database, for one more thread; null where no more than one is to work.</summary>
    IStore? Second { get; }

    /// <summary>Runs one or more statements that yield nothing.</summary>
    void Execute(string sql);

    /// <summary>Runs one statement that yields rows. The caller disposes of the reader.</summary>
    DbDataReader Query(string sql);

    /// <summary>Appends rows, given as columns of equal length (<c>int[]</c>, <c>double[]</c>, <c>string?[]</c>), to a table whose columns are in that order.</summary>
    void Append(string table, params Array[] columns);
}
