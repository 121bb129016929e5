using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Core;

namespace Unbrush.Detection.Store;

/// <summary>How the embedded store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>The database file; null for one in memory.</summary>
    public string? Path { get; init; }

    /// <summary>The most memory that buffers may take, in bytes; beyond it the store spills to disk. Half of the machine's where null.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The same with the default put in.</summary>
    public long Memory => MemoryBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>How many threads work; all where null.</summary>
    public int? Threads { get; init; }

    /// <summary>Where the store spills to; a folder of its own under the system's temporary one where null.</summary>
    public string? SpillDirectory { get; init; }
}

/// <summary>The embedded store: one DuckDB database behind a connection, which one thread uses at a time, and a second one for a second thread.</summary>
public sealed class DuckDbStore : IStore, IDisposable
{
    /// <summary>What each connection must be told of itself; all else holds for the database.</summary>
    private const string Session = "SET TimeZone = 'UTC'; SET enable_progress_bar = false";

    private readonly int _threads;
    private DuckDbStore? _second;

    /// <summary>Opens a database in memory with the machine's defaults.</summary>
    public DuckDbStore()
        : this(new StoreOptions())
    {
    }

    /// <summary>Opens a database.</summary>
    /// <exception cref="UnbrushException">The file is in use by another process, or is no database.</exception>
    public DuckDbStore(StoreOptions options)
    {
        Connection = new DuckDBConnection($"DataSource={options.Path ?? ":memory:"}");
        try
        {
            Connection.Open();
        }
        catch (DuckDBException e)
        {
            Connection.Dispose();
            var locked = e.Message.Contains("lock", StringComparison.OrdinalIgnoreCase);
            throw new UnbrushException(ExitCode.Workspace, locked
                ? new($"The workspace '{options.Path}' is in use by another process; wait for it, or use another workspace.", $"工作区“{options.Path}”正被另一个进程使用，请等待它结束或改用其他工作区。")
                : new($"The workspace '{options.Path}' cannot be opened: {e.Message.Split('\n')[0]}", $"无法打开工作区“{options.Path}”：{e.Message.Split('\n')[0]}"), e);
        }

        Execute(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{options.Memory / (1 << 20)}MiB'; {Session}"));
        _threads = options.Threads ?? Environment.ProcessorCount;
        if (options.Threads is { } threads)
            Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        if (options.SpillDirectory is { } spill)
            Execute($"SET temp_directory = '{spill.Replace("'", "''", StringComparison.Ordinal)}'");
    }

    private DuckDbStore(DuckDBConnection second)
    {
        Connection = second;
        _threads = 1;
        Connection.Open();
        Execute(Session);
    }

    /// <summary>The connection beneath.</summary>
    public DuckDBConnection Connection { get; }

    /// <inheritdoc/>
    public IStore? Second => _threads == 1 ? null : _second ??= OpenSecond();

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

    private DuckDbStore OpenSecond() =>
        new(Connection.DataSource is ":memory:" or "" ? Connection.Duplicate() : new DuckDBConnection(Connection.ConnectionString));

    /// <summary>Shuts the database off from files and network, but for one folder to write to (none where null), for good: what runs afterwards is not ours.</summary>
    public void ShutOff(string? writable)
    {
        // What is locked cannot be told anything any more: the second connection is made before that.
        _ = Second;
        var folder = writable is null ? "" : $"'{(Path.GetFullPath(writable).TrimEnd('/') + "/").Replace("'", "''", StringComparison.Ordinal)}'";
        Execute($"SET allowed_directories = [{folder}]; SET enable_external_access = false; SET lock_configuration = true");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _second?.Dispose();
        Connection.Dispose();
    }
}
