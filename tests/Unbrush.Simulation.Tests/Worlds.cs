using System.Globalization;
using DuckDB.NET.Data;

namespace Unbrush.Simulation.Tests;

/// <summary>A simulated world on disk, made once for all tests that only look at it, with its files as SQL tables.</summary>
public sealed class MadeWorld : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public MadeWorld(SimulationOptions options, bool withTruth = true)
    {
        Root = Directory.CreateTempSubdirectory("unbrush-sim-").FullName;
        Feed = Path.Combine(Root, "feed");
        Truth = Path.Combine(Root, "truth");
        Summary = Simulator.Run(options, Feed, withTruth ? Truth : null);
        _connection.Open();
        foreach (var file in Directory.GetFiles(Feed, "*.csv").Concat(withTruth ? Directory.GetFiles(Truth, "*.csv") : []))
        {
            Run($"CREATE TABLE {Path.GetFileNameWithoutExtension(file)} AS SELECT * FROM read_csv('{file}', header = true, delim = ',', quote = '\"', all_varchar = true)");
        }
    }

    public string Root { get; }

    public string Feed { get; }

    public string Truth { get; }

    public SimulationSummary Summary { get; }

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first cell of a query, as a number.</summary>
    public double Number(string sql) => Rows(sql)[0][0] switch
    {
        null => double.NaN,
        System.Numerics.BigInteger whole => (double)whole,
        var cell => Convert.ToDouble(cell, CultureInfo.InvariantCulture),
    };

    public List<object?[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(Root, true);
    }
}

/// <summary>A standard world of twenty thousand orders.</summary>
public sealed class StandardWorld : IDisposable
{
    public MadeWorld World { get; } = new(new SimulationOptions(7, 20_000));

    public void Dispose() => World.Dispose();
}
