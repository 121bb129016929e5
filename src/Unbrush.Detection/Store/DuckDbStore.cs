using System.Data.Common;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;

namespace Unbrush.Detection.Store;

/// <summary>The embedded store: one DuckDB connection.</summary>
public sealed class DuckDbStore : IStore, IDisposable
{
    /// <summary>Opens a database file, or one in memory.</summary>
    public DuckDbStore(string? path = null)
    {
        Connection = new DuckDBConnection($"DataSource={path ?? ":memory:"}");
        Connection.Open();
    }

    /// <summary>The connection beneath.</summary>
    public DuckDBConnection Connection { get; }

    /// <inheritdoc/>
    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public DbDataReader Query(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command.ExecuteReader();
    }

    /// <inheritdoc/>
    public void Append(string table, params Array[] columns)
    {
        using var appender = Connection.CreateAppender(table);
        var rows = columns[0].Length;
        for (var r = 0; r < rows; r++)
        {
            var row = appender.CreateRow();
            foreach (var column in columns)
            {
                _ = column switch
                {
                    int[] a => row.AppendValue(a[r]),
                    short[] a => row.AppendValue(a[r]),
                    byte[] a => row.AppendValue(a[r]),
                    long[] a => row.AppendValue(a[r]),
                    double[] a => row.AppendValue(a[r]),
                    bool[] a => row.AppendValue(a[r]),
                    string?[] a => row.AppendValue(a[r]),
                    _ => throw new ArgumentException($"A column of {column.GetType().Name} cannot be appended.", nameof(columns)),
                };
            }

            row.EndRow();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();
}
