using Unbrush.Core;

namespace Unbrush.Feeds.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void What_is_exported_is_imported_as_it_was(string form)
    {
        using var import = Importing.Of("taobao/ExportOrderList2016.csv", "kuaidi100/query.json", "top/rates.json", "top/trades.json");
        FeedExporter.Export(import.Connection, form, _folder);
        using var again = Importing.With(new() { TimeZone = "America/Sao_Paulo" }, [.. Directory.GetFiles(_folder)]);
        foreach (var table in Core.Feed.FeedSchema.Tables)
        {
            var sql = $"SELECT * FROM {table.Name} ORDER BY ALL";
            Assert.Equal(import.Rows(sql), again.Rows(sql));
        }

        Assert.Empty(again.Report.Quarantine);
    }

    [Fact]
    public void A_database_holds_every_table_that_has_rows()
    {
        using var import = Importing.Of("kuaidi100/query.json");
        var written = FeedExporter.Export(import.Connection, "duckdb", _folder);
        Assert.Equal(["parcels", "scans", "facilities"], written.Select(w => w.Table));
        Assert.True(File.Exists(Path.Combine(_folder, "feed.duckdb")));
        Assert.Equal(written.Count, FeedExporter.Export(import.Connection, "duckdb", _folder).Count);
    }

    [Fact]
    public void An_unknown_form_is_named_with_the_known_ones()
    {
        using var import = Importing.Of("kuaidi100/query.json");
        Assert.Contains("parquet, csv, duckdb", Assert.Throws<UnbrushException>(() => FeedExporter.Export(import.Connection, "xml", _folder)).Sentence.En, StringComparison.Ordinal);
    }
}
