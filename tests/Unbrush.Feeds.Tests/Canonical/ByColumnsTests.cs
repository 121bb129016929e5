using Unbrush.Core;
using Unbrush.Core.Feed;

namespace Unbrush.Feeds.Tests.Canonical;

/// <summary>Tables of the feed in files whose names say nothing.</summary>
public sealed class ByColumnsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Tables() => [.. FeedSchema.Tables.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_is_told_by_all_its_columns_or_by_those_that_it_needs(string table)
    {
        var columns = FeedSchema.Find(table)!.Columns;
        foreach (var some in (IEnumerable<string>[])[columns.Select(c => c.Name), columns.Where(c => c is { IsRequired: true, Default: null }).Select(c => c.Name.ToUpperInvariant()).Reverse()])
        {
            var found = Assert.Single(FeedImporter.Identify([Put("export_2024.csv", string.Join(',', some) + "\n")]));
            Assert.Equal("canonical", found.Format.Name);
            Assert.Contains($"'{table}'", found.Recognition.Why.En, StringComparison.Ordinal);
            Assert.Contains($"“{table}”", found.Recognition.Why.Zh, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Such_a_file_is_imported_whatever_its_kind()
    {
        const string Header = "platform,order_id,seller_id,created_at,amount,extra\n";
        using var csv = Importing.Of(Put("export_2024.csv", Header + "shop,1,s,2024-01-01T10:00:00+08:00,9.90,x\n"));
        Assert.Equal(["1|9.9"], csv.Rows("SELECT order_id, amount FROM orders"));
        Assert.True(csv.HasNote("Unknown column 'extra'"));
        using var json = Importing.Of(Put("export_2024.ndjson", """{"platform":"shop","order_id":"2","seller_id":"s","created_at":"2024-01-01T10:00:00+08:00"}""" + "\n"));
        Assert.Equal(["2|"], json.Rows("SELECT order_id, amount FROM orders"));
        var path = Path.Combine(_folder, "part-0.parquet");
        csv.Rows($"COPY (SELECT platform, order_id, seller_id, created_at FROM orders) TO '{path}' (FORMAT parquet)");
        using var parquet = Importing.Of(path);
        Assert.Equal(["1"], parquet.Rows("SELECT order_id FROM orders"));
    }

    [Theory]
    // A column that the table needs is missing; most columns are strangers; the columns are those of two tables.
    [InlineData("platform,order_id,seller_id\n")]
    [InlineData("platform,buyer_id,role\n")]
    [InlineData("platform,seller_id,buyer_id\n")]
    public void What_might_be_something_else_stays_unknown(string header) =>
        Assert.Contains("no known format", Assert.Throws<UnbrushException>(() => FeedImporter.Identify([Put("export_2024.csv", header)])).Sentence.En, StringComparison.Ordinal);

    [Fact]
    public void The_name_goes_before_the_columns() =>
        Assert.Contains("'listing_id'", Assert.Throws<UnbrushException>(() => Importing.Of(Put("listings.csv", "platform,order_id,seller_id,created_at\nshop,1,s,2024-01-01\n")).Dispose()).Sentence.En, StringComparison.Ordinal);

    [Fact]
    public void No_format_is_shadowed()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "fixtures");
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var isCanonical = Path.GetFileName(Path.GetDirectoryName(path)) == "canonical";
            Assert.Equal(isCanonical, Assert.Single(FeedImporter.Identify([path])).Format.Name == "canonical");
        }
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
