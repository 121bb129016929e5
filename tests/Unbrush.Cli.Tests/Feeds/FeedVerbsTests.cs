using System.Globalization;

namespace Unbrush.Cli.Tests.Feeds;

/// <summary>The verbs that tell what files and numbers are, propose a mapping and give a workspace back.</summary>
[Collection("console")]
public sealed class FeedVerbsTests : IDisposable
{
    private const string Sheet = "Shop,Order No,Created,Total,Currency\nshop-1,A1,2026-03-01 10:00:00,12.50,CNY\nshop-1,A2,2026-03-02 10:00:00,13.50,CNY\n";

    private const string Orders = "platform,order_id,seller_id,created_at,amount\np,1,s,2026-03-01T10:00:00+08:00,12.5\np,2,s,2026-03-02T10:00:00+08:00,\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("en", "are those of Kuaidi100", "its name begins with")]
    [InlineData("zh", "快递100", "文件名以表名")]
    public void Identify_names_each_format_and_why(string language, string tracks, string table)
    {
        var (code, output, error) = Run("identify", Put("orders.csv", Orders), Put("t.json", """{"nu":"YT1","com":"yuantong","data":[{"context":"【杭州】已收入","ftime":"2021-06-14 10:00:00"}]}"""), "--language", language);
        Assert.Equal((0, ""), (code, error));
        // The table wraps its cells: what is looked for is looked for without the lines between.
        Assert.Contains("canonical", output, StringComparison.Ordinal);
        Assert.Contains("kuaidi100", output, StringComparison.Ordinal);
        Assert.Contains(Bare(language == "en" ? "Kuaidi100" : tracks), Bare(output), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Bare(table)[..4], Bare(output), StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_refuses_what_is_of_no_format_by_its_name_and_wants_files()
    {
        var (code, _, error) = Run("identify", Put("stranger.txt", "nothing that anybody knows\n"));
        Assert.Equal(3, code);
        Assert.Contains("stranger.txt", error, StringComparison.Ordinal);
        Assert.Equal(2, Run("identify").Code);
    }

    [Fact]
    public void Identify_says_what_each_file_is_though_one_is_of_no_format()
    {
        var (code, output, error) = Run("identify", Put("stranger.txt", "nothing that anybody knows\n"), Put("orders.csv", Orders), At("absent.csv"));
        Assert.Equal(3, code);
        Assert.Contains("canonical", output, StringComparison.Ordinal);
        Assert.Contains("unbrush map", error, StringComparison.Ordinal);
        Assert.Contains("absent.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_says_that_folders_within_a_folder_are_not_searched()
    {
        Directory.CreateDirectory(At("outer/inner"));
        File.WriteAllText(At("outer/inner/orders.csv"), Orders);
        Assert.Contains("not searched", Run("identify", At("outer")).Error, StringComparison.Ordinal);
        Assert.Contains("子目录", Run("identify", At("outer"), "--language", "zh").Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("identify", At("outer/inner")).Code);
    }

    [Fact]
    public void Identify_says_in_the_users_language_what_a_file_holds()
    {
        Assert.Contains(Bare("delimited text"), Bare(Run("identify", Put("orders.csv", Orders)).Out), StringComparison.Ordinal);
        Assert.Contains("分隔文本", Run("identify", At("orders.csv"), "--language", "zh").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RB123456785GB", "right")]
    [InlineData("RB123456784GB", "wrong")]
    public void Waybill_checks_the_digit(string number, string verdict)
    {
        var (code, output, _) = Run("waybill", number);
        Assert.Equal(0, code);
        Assert.Contains(verdict + " (", output, StringComparison.Ordinal);
        Assert.Contains("never that it was issued", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Waybill_says_in_both_languages_that_a_number_fits_nothing()
    {
        Assert.Contains("fits no pattern", Run("waybill", "?").Out, StringComparison.Ordinal);
        Assert.Contains("不符合任何已知的运单号规则", Run("waybill", "?", "--language", "zh").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Waybill_names_the_carrier_as_people_call_it_and_wants_a_number()
    {
        Assert.Contains("yto 圆通", Run("waybill", "YT1234567890123").Out, StringComparison.Ordinal);
        Assert.Equal(2, Run("waybill", " ").Code);
    }

    [Fact]
    public void Map_says_of_what_is_no_file_that_there_is_none()
    {
        var (code, _, error) = Run("map", At("absent.csv"), "--out", At("map.yaml"));
        Assert.Equal(3, code);
        Assert.Contains("There is no file", error, StringComparison.Ordinal);
        Assert.Contains("is a folder", Run("map", _folder, "--out", At("map.yaml")).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("map.yaml")));
    }

    [Fact]
    public void Map_says_of_a_known_format_that_it_needs_none()
    {
        var output = Run("map", Put("orders.csv", Orders), "--out", At("map.yaml")).Out;
        Assert.Contains("known format 'canonical'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("known format", Run("map", Put("sheet.csv", Sheet), "--out", At("map2.yaml")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_shows_a_cell_that_cannot_be_read_in_a_whole_sentence()
    {
        var output = Run("map", Put("sheet.csv", "Order No,Shop,Created\n,s,2026-03-01 10:00:00\nA1,s,soon\n"), "--out", At("map.yaml")).Out;
        Assert.Contains("row 2, column 'Order No (order_id)': a value is required here", output, StringComparison.Ordinal);
        Assert.Contains("'soon' is not a time", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_writes_a_mapping_that_import_takes_and_writes_over_none()
    {
        string sheet = Put("sheet.csv", Sheet), map = At("map.yaml");
        var (code, output, _) = Run("map", sheet, "--out", map);
        Assert.Equal(0, code);
        Assert.Contains("Mapping written to", output, StringComparison.Ordinal);
        Assert.Contains("order_id: \"[Order No]\"", File.ReadAllText(map), StringComparison.Ordinal);
        Assert.Contains("2 read", output, StringComparison.Ordinal);

        var again = Run("map", sheet, "--out", map);
        Assert.Equal(2, again.Code);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("map", sheet, "--out", map, "--force").Code);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Export_gives_back_what_was_imported_and_the_same_again(string format)
    {
        Assert.Equal(0, Run("import", Put("orders.csv", Orders), "--workspace", At("w")).Code);
        Assert.Equal(0, Run("export", "--workspace", At("w"), "--format", format, "--out", At("out")).Code);
        Assert.Equal(0, Run("import", At("out/orders." + format), "--workspace", At("w2")).Code);
        Assert.Equal(0, Run("export", "--workspace", At("w2"), "--format", format, "--out", At("out2")).Code);
        Assert.Equal(File.ReadAllBytes(At("out/orders." + format)), File.ReadAllBytes(At("out2/orders." + format)));
    }

    [Fact]
    public void Export_wants_a_workspace_and_a_format_that_it_knows()
    {
        Assert.Equal(2, Run("export").Code);
        Assert.Equal(0, Run("import", Put("orders.csv", Orders), "--workspace", At("w")).Code);
        Assert.Equal(2, Run("export", "--workspace", At("w"), "--format", "xml", "--out", At("out")).Code);
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static Said Run(params string[] arguments) => CommandLine.Run(arguments);

    private string At(string name) => Path.Combine(_folder, name);

    private string Put(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }
}
