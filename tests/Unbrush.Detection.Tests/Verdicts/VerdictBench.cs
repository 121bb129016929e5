using Unbrush.Core;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>
/// A store in which the tables that one verdict reads are written by hand, so that each of its rules is tried at its boundary. One
/// for a class of tests: to read the catalogue takes longer than they do.
/// </summary>
public sealed class VerdictBench : IDisposable
{
    public VerdictBench()
    {
        Store.Execute("SET threads = 1");
        Detector = new(Store, new() { Language = Language.En });
    }

    public DuckDbStore Store { get; } = new();

    public Detector Detector { get; }

    /// <summary>Makes the evidence tables anew, and the tables of that statement beside them.</summary>
    public void Lay(string tables)
    {
        Detector.Runner.Prepare();
        Store.Execute(tables.Replace("CREATE TABLE", "CREATE OR REPLACE TABLE", StringComparison.Ordinal));
    }

    /// <summary>Puts a signal's evidence on a subject, with so many decibans.</summary>
    public void Say(string signal, int subject, int decibans = 0, bool hard = false)
    {
        var number = Detector.Catalogue.NumberOf(signal);
        var about = Detector.Catalogue.Signals[number];
        Store.Execute($"INSERT INTO evidence_{about.SubjectColumn[..^3]} (signal, {about.SubjectColumn}, hard, centi) VALUES ({number}, {subject}, {hard}, {100 * decibans})");
    }

    /// <summary>The one row of a query, as text.</summary>
    public string[] Row(string sql)
    {
        using var reader = Store.Query(sql);
        Assert.True(reader.Read());
        string[] row = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!)];
        Assert.False(reader.Read());
        return row;
    }

    public void Dispose() => Store.Dispose();
}
