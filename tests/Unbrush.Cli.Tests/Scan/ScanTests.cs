using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Unbrush.Cli.Tests.Scan;

/// <summary>The scan as a user meets it: good feeds, bad feeds, and the same bytes every time.</summary>
[Collection("console")]
public sealed class ScanTests : IDisposable
{
    private const string Orders = "platform,order_id,seller_id,created_at,buyer_id,amount\np,A,S,2026-03-01T10:00:00+08:00,b1,10.50\np,B,S,2026-03-02T10:00:00+08:00,b2,20\n";

    private static readonly TextWriter Silent = TextWriter.Synchronized(new StringWriter());

    private readonly string _folder = Directory.CreateTempSubdirectory("scan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_required_column_names_file_column_and_what_was_found()
    {
        var (code, error) = Scan(Write("orders.csv", "platform,order_id,created_at\np,A,2026-03-01\n"));
        Assert.Equal(3, code);
        Assert.Contains("orders.csv", error, StringComparison.Ordinal);
        Assert.Contains("'seller_id'", error, StringComparison.Ordinal);
        Assert.Contains("platform, order_id, created_at", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bad_rows_than_allowed_end_with_four_and_name_the_first()
    {
        var (code, error) = Scan(Write("orders.csv", Orders + "p,C,S,yesterday,b3,1\n"));
        Assert.Equal(4, code);
        Assert.Contains("row 4", error, StringComparison.Ordinal);
        Assert.Contains("'yesterday'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p,C,S,yesterday,b3,1", "created_at", "yesterday")]
    [InlineData("p,C,S,1999-12-31T00:00:00Z,b3,1", "created_at", "1999-12-31T00:00:00Z")]
    [InlineData("p,C,S,2150-01-01T00:00:00Z,b3,1", "created_at", "2150-01-01T00:00:00Z")]
    [InlineData("p,C,S,2026-03-01T00:00:00Z,b3,-5", "amount", "'-5")] // with the apostrophe that keeps it from being a formula
    [InlineData("p,C,S,2026-03-01T00:00:00Z,b3,ten", "amount", "ten")]
    [InlineData("p,C,,2026-03-01T00:00:00Z,b3,1", "seller_id", "")]
    public void A_cell_that_cannot_be_read_is_quarantined_and_the_rest_is_kept(string row, string column, string value)
    {
        var (code, _) = Scan(Write("orders.csv", Orders + row + "\n"), "--max-bad", "50%");
        Assert.Equal(0, code);
        Assert.Contains($"orders.csv,4,{column},{value}", File.ReadAllText(Out("quarantine.csv")), StringComparison.Ordinal);
        Assert.Equal(3, File.ReadLines(Out("orders.csv")).Count());
        var file = JsonDocument.Parse(File.ReadAllText(Out("run.json"))).RootElement.GetProperty("inputs")[0];
        Assert.Equal(file.GetProperty("read").GetInt64(), file.GetProperty("kept").GetInt64() + file.GetProperty("superseded").GetInt64() + file.GetProperty("quarantined").GetInt64());
    }

    [Fact]
    public void A_newer_row_of_a_key_supersedes_whatever_the_order()
    {
        Scan(Write("orders.csv", "platform,order_id,seller_id,created_at,amount,updated_at\np,A,S,2026-03-01T10:00:00Z,99,2026-03-05T00:00:00Z\np,A,S,2026-03-01T10:00:00Z,1,2026-03-02T00:00:00Z\n"));
        Assert.Contains(",99.0000,", File.ReadAllText(Out("orders.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Gb18030_is_recognised_and_decoded()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var path = Path.Combine(_folder, "orders.csv");
        File.WriteAllBytes(path, Encoding.GetEncoding("GB18030").GetBytes("platform,order_id,seller_id,created_at\n淘宝,A,示例旗舰店,2026-03-01 10:00:00\n"));
        Assert.Equal(0, Scan(path).Code);
        Assert.Contains("淘宝,A,示例旗舰店,", File.ReadAllText(Out("orders.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_zeros_and_a_path_to_nothing_end_with_three()
    {
        var zeros = Path.Combine(_folder, "orders.csv");
        File.WriteAllBytes(zeros, new byte[4096]);
        Assert.Equal(3, Scan(zeros).Code);
        Assert.Equal(3, Scan(Path.Combine(_folder, "nowhere")).Code);
        Assert.Equal(3, Scan(Write("scans.csv", "")).Code);
    }

    [Fact]
    public void A_cut_gzip_is_refused_with_a_sentence()
    {
        var path = Path.Combine(_folder, "orders.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(Orders + string.Concat(Enumerable.Range(0, 5000).Select(i => $"p,N{i},S{i * 7919 % 1000},2026-03-01T10:00:00Z,b{i * 31337 % 9999},{i % 97}\n"))));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        var (code, error) = Scan(path);
        Assert.Equal(3, code);
        Assert.Contains("orders.csv.gz", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_never_comes_out_live()
    {
        var feed = Write("orders.csv", "platform,order_id,seller_id,created_at,buyer_id,=column\n+p,\"=cmd|'/c calc'!A1\",\"@S\",2026-03-01T10:00:00Z,-b,\np,B,S,=1+1,b,\n");
        Assert.Equal(0, Scan(feed, "--max-bad", "60%", "--workspace", Path.Combine(_folder, "w")).Code);
        Assert.Equal(0, Run("export", "--workspace", Path.Combine(_folder, "w"), "--format", "csv", "--out", Path.Combine(_folder, "exported")).Code);
        string[] files = [.. Directory.GetFiles(Out(""), "*.csv"), Path.Combine(_folder, "exported", "orders.csv")];
        foreach (var file in files)
            AssertNoneIsLive(file);
        foreach (var name in (string[])["orders.csv", "sellers.csv", "buyers.csv", "quarantine.csv", "../exported/orders.csv"])
            Assert.Matches("(^|,|\n)\"?'[=+@-]", File.ReadAllText(Out(name)));
    }

    [Fact]
    public void A_formula_in_the_edges_of_rings_never_comes_out_live()
    {
        var edges = string.Concat(MarketWithARing().Select(e => $"={e.Buyer},@{e.Seller}\n"));
        var (code, error) = Run("rings", Write("edges.csv", "buyer,seller\n" + edges), "--left", "buyer", "--right", "seller", "--method", "peel", "--out", Out(""));
        Assert.True(code == 0, error);
        Assert.Contains("'=r", File.ReadAllText(Out("ring_members.csv")), StringComparison.Ordinal);
        AssertNoneIsLive(Out("ring_members.csv"));
        AssertNoneIsLive(Out("rings.csv"));
    }

    private static void AssertNoneIsLive(string file)
    {
        foreach (var cell in File.ReadAllText(file).Split(',', '\n'))
            Assert.False(cell.TrimStart('"') is ['=' or '+' or '@' or '-' or '\t' or '\r', ..] && !double.TryParse(cell, out _), $"{Path.GetFileName(file)}: {cell}");
    }

    [Fact]
    public void A_cell_of_ten_megabytes_does_not_stop_the_rest()
    {
        var (code, _) = Scan(Write("orders.csv", "platform,order_id,seller_id,created_at,memo\np,A,S,2026-03-01T10:00:00Z," + new string('x', 10_000_000) + "\np,B,S,2026-03-01T10:00:00Z,ok\n"), "--max-bad", "60%");
        Assert.Equal(0, code);
        Assert.Contains("p,B,S", File.ReadAllText(Out("orders.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_speak_chinese_where_asked()
    {
        var (code, error) = Scan(Path.Combine(_folder, "nowhere"), "--language", "zh");
        Assert.Equal(3, code);
        Assert.Contains("没有文件或目录", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_ends_with_two() => Assert.Equal(2, Run("scan").Code);

    [Fact]
    public void A_workspace_in_use_or_broken_ends_with_five()
    {
        var workspace = Directory.CreateDirectory(Path.Combine(_folder, "w")).FullName;
        File.WriteAllText(Path.Combine(workspace, "workspace.duckdb"), "this is no database, and long enough to be looked at as one. " + new string('-', 20_000));
        var (code, error) = Scan(Write("orders.csv", Orders), "--workspace", workspace);
        Assert.Equal(5, code);
        Assert.Contains("workspace", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_imported_twice_changes_nothing()
    {
        var feed = Write("orders.csv", Orders);
        var workspace = Path.Combine(_folder, "w");
        Assert.Equal(0, Run("import", feed, "--workspace", workspace).Code);
        Assert.Equal(0, Run("import", feed, "--workspace", workspace).Code);
        Assert.Equal(0, Run("scan", "--workspace", workspace, "--out", Out("")).Code);
        Assert.Equal(3, File.ReadLines(Out("orders.csv")).Count());
    }

    [Fact]
    public void The_same_feed_gives_the_same_bytes_whatever_the_threads_and_the_order_of_rows()
    {
        var feed = Path.Combine(_folder, "feed");
        Assert.Equal(0, Run("simulate", "--seed", "5", "--orders", "1500", "--out", feed).Code);
        var shuffled = Directory.CreateDirectory(Path.Combine(_folder, "shuffled")).FullName;
        PlantRing(Path.Combine(feed, "orders.csv"));
        foreach (var path in Directory.EnumerateFiles(feed, "*.csv"))
        {
            var lines = File.ReadAllLines(path);
            var rows = lines[1..];
            Assert.All(rows, r => Assert.True(r.Count(c => c == '"') % 2 == 0, "A record over several lines cannot be shuffled by lines."));
            new Random(1).Shuffle(rows);
            File.WriteAllLines(Path.Combine(shuffled, Path.GetFileName(path)), [lines[0], .. rows]);
        }

        var first = Tables(feed, "one", "--threads", "2");
        string[] contract = ["orders", "parcels", "reviews", "sellers", "buyers", "facilities", "senders", "rings", "ring_members", "notes", "quarantine"];
        Assert.Equal(contract.SelectMany(t => (string[])[t + ".csv", t + ".parquet"]).Order(StringComparer.Ordinal), first.Keys.Order(StringComparer.Ordinal));
        // A table without rows is the same whatever its order.
        Assert.All(contract[..^1], t => Assert.True(File.ReadLines(Path.Combine(_folder, "one", t + ".csv")).Skip(1).Any(), t));
        Assert.Equal(first, Tables(feed, "two", "--threads", "2"));
        Assert.Equal(first, Tables(feed, "three", "--threads", "1"));
        Assert.Equal(first, Tables(shuffled, "four", "--threads", "2"));
    }

    /// <summary>Four hundred shops, at eight of which the same twenty buyers buy.</summary>
    private static List<(string Buyer, string Seller)> MarketWithARing()
    {
        var random = new Random(2);
        return
        [
            .. Enumerable.Range(0, 6000).Select(_ => ($"c{random.Next(3000)}", $"t{random.Next(400)}")),
            .. Enumerable.Range(0, 20).SelectMany(b => Enumerable.Range(0, 8).Select(s => ($"r{b}", $"t{s}"))),
        ];
    }

    /// <summary>Adds that market to a feed's orders.</summary>
    private static void PlantRing(string orders)
    {
        var header = File.ReadLines(orders).First().Split(',');
        var random = new Random(3);
        File.AppendAllLines(orders, MarketWithARing().Select((order, i) =>
        {
            var row = new string[header.Length];
            var created = new DateTime(2026, 3, 1).AddMinutes(random.Next(60 * 24 * 60));
            (row[0], row[1], row[2], row[3]) = ("market", $"o{i}", order.Seller, created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            row[Array.IndexOf(header, "buyer_id")] = order.Buyer;
            return string.Join(',', row);
        }).ToArray());
    }

    private Dictionary<string, string> Tables(string feed, string name, params string[] more)
    {
        var directory = Path.Combine(_folder, name);
        Assert.Equal(0, Run(["scan", feed, "--out", directory, .. more]).Code);
        return Directory.EnumerateFiles(directory).Where(p => Path.GetExtension(p) is ".csv" or ".parquet").ToDictionary(p => Path.GetFileName(p), p => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(p))));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Out(string name) => Path.Combine(_folder, "out", name);

    private (int Code, string Error) Scan(string feed, params string[] more) => Run(["scan", feed, "--out", Out(""), .. more]);

    private static (int Code, string Error) Run(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        // The terminal library keeps the writer that it first saw, so this one is never disposed of.
        Console.SetOut(Silent);
        Console.SetError(written);
        try
        {
            return (Entry.Run(args), written.ToString());
        }
        finally
        {
            Console.SetError(error);
            Console.SetOut(output);
        }
    }
}
