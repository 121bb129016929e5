using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests;

/// <summary>An import into a database in memory, and what became of it.</summary>
internal sealed class Importing : IDisposable
{
    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private Importing(IReadOnlyList<string> feeds, ImportOptions options)
    {
        _connection.Open();
        Report = FeedImporter.Import(_connection, feeds, Secret, options);
    }

    public ImportReport Report { get; }

    public DuckDBConnection Connection => _connection;

    /// <summary>Imports fixtures, named from <c>fixtures/</c>, or files named by their whole path.</summary>
    public static Importing Of(params string[] files) => new([.. files.Select(Fixture)], new() { MaxBad = 0.5 });

    public static Importing With(ImportOptions options, params string[] files) => new([.. files.Select(Fixture)], options);

    public static string Fixture(string name) => Path.IsPathRooted(name) || name.Contains('=') ? name : Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    /// <summary>A sample of the shared data; the test is skipped where there is none.</summary>
    public static string Shared(string name)
    {
        var folder = Environment.GetEnvironmentVariable("UNBRUSH_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            foreach (var beside in (string[])["../shared", "../../shared"])
            {
                if (File.Exists(Path.Combine(at.FullName, "Unbrush.slnx")) && Directory.Exists(Path.Combine(at.FullName, beside, "data")))
                    folder = Path.Combine(at.FullName, beside);
            }
        }

        var path = folder is null ? null : Path.GetFullPath(Path.Combine(folder, "data", name));
        if (path is null || !File.Exists(path))
            Assert.Skip($"The shared sample {name} is not here.");
        return path!;
    }

    /// <summary>A query's rows, cells joined by bars; null reads as nothing.</summary>
    public string[] Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i) switch
            {
                DateTime t => t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                decimal d => d.ToString("0.####", CultureInfo.InvariantCulture),
                var v => Convert.ToString(v, CultureInfo.InvariantCulture),
            })));
        }

        return [.. rows];
    }

    public string Key(string normal) => new Pseudonymiser(Secret).Of(normal)!;

    public bool HasNote(string part) => Report.Notes.Any(n => n.Text.En.Contains(part, StringComparison.Ordinal));

    /// <summary>Rows read are rows kept, superseded or quarantined, in every file and table.</summary>
    public void AssertNothingIsLost()
    {
        foreach (var file in Report.Files)
            Assert.Equal(file.Read, file.Kept + file.Superseded + file.Quarantined);
    }

    /// <summary>No cell of any table holds this text.</summary>
    public void AssertNowhere(params string[] personal)
    {
        foreach (var table in Core.Feed.FeedSchema.Tables)
        {
            foreach (var row in Rows($"SELECT * FROM {table.Name}"))
            {
                foreach (var text in personal)
                    Assert.DoesNotContain(text, row, StringComparison.Ordinal);
            }
        }

        foreach (var text in personal)
            Assert.DoesNotContain(Report.Quarantine, c => c.Value.Contains(text, StringComparison.Ordinal));
    }

    public void Dispose() => _connection.Dispose();
}
