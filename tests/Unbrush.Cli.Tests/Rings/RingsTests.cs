using System.Globalization;
using DuckDB.NET.Data;

namespace Unbrush.Cli.Tests.Rings;

/// <summary>Rings in anybody's edge list, as a user meets them.</summary>
[Collection("console")]
public sealed class RingsTests : IDisposable
{
    private static readonly string[] Header = ["who", "where", "kind", "day", "paid"];
    private readonly string _folder = Directory.CreateTempSubdirectory("rings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Buyers_who_keep_meeting_at_the_same_shops_are_a_ring(bool categories)
    {
        var said = Rings(Csv(Market()), "one", categories ? ["--category", "kind"] : []);
        Assert.Equal(0, said.Code);
        var ring = Strongest("one");
        Assert.Equal(Enumerable.Range(0, 20).Select(Brusher).Order(StringComparer.Ordinal), ring.Buyers);
        Assert.Equal(Enumerable.Range(0, 8).Select(Shop).Order(StringComparer.Ordinal), ring.Sellers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_densest_block_holds_the_ring(bool categories)
    {
        var said = Rings(Csv(Market()), "one", ["--method", "peel", .. categories ? new[] { "--category", "kind" } : []]);
        Assert.Equal(0, said.Code);
        var blocks = Table("one", "ring_members").GroupBy(m => m["ring_id"]).Select(g => g.Select(m => m["id"]).ToHashSet());
        Assert.Contains(blocks, b => b.IsSupersetOf(Enumerable.Range(0, 20).Select(Brusher)) && b.IsSupersetOf(Enumerable.Range(0, 8).Select(Shop)));
    }

    [Fact]
    public void A_rings_row_says_how_much_was_bought_and_when_and_how_far_beyond_chance()
    {
        Assert.Equal(0, Rings(Csv(Market()), "one", "--category", "kind", "--time", "day", "--weight", "paid").Code);
        var row = Table("one", "rings").Single();
        Assert.Equal("20", row["buyers"]);
        Assert.Equal("8", row["sellers"]);
        Assert.Equal("160", row["orders"]);
        Assert.Equal("1600.00", row["amount"]);
        Assert.Equal("2026-03-10T00:00:00Z", row["first_at"]);
        Assert.Equal("2026-03-29T00:00:00Z", row["last_at"]);
        Assert.True(double.Parse(row["q_value"], CultureInfo.InvariantCulture) <= 0.01);
        Assert.True(int.Parse(row["observed"], CultureInfo.InvariantCulture) >= 20);
        Assert.Contains("bought at two or more of these 8 sellers", row["reasons"], StringComparison.Ordinal);
        Assert.All(Table("one", "ring_members"), m => Assert.Equal("", m["scope"]));
    }

    [Fact]
    public void Parquet_and_any_order_of_rows_and_any_threads_give_the_same_bytes()
    {
        var rows = Market();
        var csv = Csv(rows);
        var parquet = Path.Combine(_folder, "edges.parquet");
        using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY (SELECT \"who\", \"where\", kind, CAST(day AS DATE) AS day, CAST(paid AS DECIMAL(9,2)) AS paid FROM read_csv('{csv}', all_varchar = true)) TO '{parquet}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }
        new Random(4).Shuffle(rows);
        string[] columns = ["--category", "kind", "--time", "day", "--weight", "paid"];
        Assert.Equal(0, Rings(csv, "one", [.. columns, "--threads", "2"]).Code);
        Assert.Equal(0, Rings(parquet, "two", [.. columns, "--threads", "1"]).Code);
        Assert.Equal(0, Rings(Csv(rows, "shuffled.csv"), "three", [.. columns, "--threads", "1"]).Code);
        foreach (var file in (string[])["rings.csv", "ring_members.csv", "rings.parquet", "ring_members.parquet"])
        {
            var bytes = File.ReadAllBytes(Path.Combine(_folder, "one", file));
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "two", file)));
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder, "three", file)));
        }
    }

    [Fact]
    public void An_edge_list_without_a_ring_gives_tables_without_rows()
    {
        Assert.Equal(0, Rings(Csv([.. Market().Where(r => r[0][0] == 'c')]), "one").Code);
        Assert.Empty(Table("one", "rings"));
        Assert.Empty(Table("one", "ring_members"));
    }

    [Fact]
    public void A_missing_column_is_named_with_the_file_and_those_that_are_there()
    {
        var said = Rings(Csv(Market()), "one", "--category", "genre");
        Assert.Equal(3, said.Code);
        Assert.Contains("edges.csv, row 1: there is no column 'genre'. It has who, where, kind, day, paid.", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var said = Rings(Path.Combine(_folder, "none.parquet"), "one");
        Assert.Equal(3, said.Code);
        Assert.Contains("none.parquet: there is no such file", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "t9", "2026-03-01", "1", "'who' is empty")]
    [InlineData("c9", "", "2026-03-01", "1", "'where' is empty")]
    [InlineData("c9", "t9", "yesterday", "1", "'day' is 'yesterday', which is no time")]
    [InlineData("c9", "t9", "2026-03-01", "much", "'paid' is 'much', which is no number")]
    public void A_bad_cell_is_named_by_file_row_and_column_and_may_be_left_out(string who, string where, string day, string paid, string fault)
    {
        string[][] rows = [.. Market()];
        rows[5] = [who, where, "k", day, paid];
        var csv = Csv(rows);
        var said = Rings(csv, "one", "--time", "day", "--weight", "paid");
        Assert.Equal(4, said.Code);
        Assert.Contains($"edges.csv, row 7: {fault}", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said.Error, StringComparison.Ordinal);
        Assert.Equal(0, Rings(csv, "one", "--time", "day", "--weight", "paid", "--max-bad", "1").Code);
    }

    [Theory]
    [InlineData("--method", "guess")]
    [InlineData("--max-q", "0")]
    [InlineData("--window", "-1")]
    [InlineData("--min-sellers", "1")]
    public void An_option_out_of_range_is_a_usage_error_that_names_it(string option, string value)
    {
        var said = Rings(Csv(Market()), "one", option, value);
        Assert.Equal(2, said.Code);
        Assert.Contains(option, said.Error, StringComparison.Ordinal);
    }

    /// <summary>Four hundred shops of twenty kinds, each buyer preferring one kind; at eight shops the same twenty buy; ids of every sort.</summary>
    private static string[][] Market()
    {
        var random = new Random(2);
        return
        [
            .. Enumerable.Range(0, 6000).Select(_ => random.Next(3000)).Select(b => Row($"c{b}", random.NextDouble() < 0.7 ? random.Next(20) * 20 + b % 20 : random.Next(400), random.Next(60))),
            .. Enumerable.Range(0, 20).SelectMany(b => Enumerable.Range(0, 8).Select(s => Row(Brusher(b), s, 9 + (b + s) % 20))),
        ];

        static string[] Row(string buyer, int shop, int day) =>
            [buyer, Shop(shop), $"kind {shop % 20}", new DateOnly(2026, 3, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "10.00"];
    }

    private static string Brusher(int b) => b % 2 == 0 ? $"买家 {b}" : $"b,\"{b}\"";

    private static string Shop(int s) => s == 3 ? "7" : $"shop {s}";

    private string Csv(string[][] rows, string name = "edges.csv")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, rows.Prepend(Header).Select(r => string.Join(',', r.Select(c => c.Contains('"', StringComparison.Ordinal) ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c))));
        return path;
    }

    private Said Rings(string edges, string name, params string[] more) =>
        CommandLine.Run(["rings", edges, "--left", "who", "--right", "where", "--out", Path.Combine(_folder, name), .. more]);

    private (string[] Buyers, string[] Sellers) Strongest(string name)
    {
        var ring = Table(name, "rings").OrderBy(r => double.Parse(r["log10_p"], CultureInfo.InvariantCulture)).First()["ring_id"];
        var members = Table(name, "ring_members").Where(m => m["ring_id"] == ring).ToArray();
        return (Ids("buyer"), Ids("seller"));

        string[] Ids(string kind) => [.. members.Where(m => m["kind"] == kind).Select(m => m["id"]).Order(StringComparer.Ordinal)];
    }

    /// <summary>A table as it was written, from Parquet.</summary>
    private List<Dictionary<string, string>> Table(string name, string table)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('{Path.Combine(_folder, name, table + ".parquet")}')";
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? "" : reader.GetString(i)));
        return rows;
    }
}
