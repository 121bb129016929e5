using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests;

/// <summary>What every format owes to a file that has grown, that speaks of something new, or that is cut: walked over every fixture.</summary>
public sealed class EveryFormatTests : IDisposable
{
    private const string New = "zz_unbrush_new";

    /// <summary>A code of each folder's format, one that nobody knows in its place, and what the note must name; null where the format has no codes.</summary>
    private static readonly Dictionary<string, (string File, string Known, string Unknown, string Named)?> Codes = new(StringComparer.Ordinal)
    {
        ["17track"] = ("push.json", "InTransit", "ZzTransit", "ZzTransit_Departure"),
        ["aftership"] = ("tracking.json", "InTransit", "ZzTransit", "ZzTransit_003"),
        ["alipay"] = null,
        ["amazon"] = ("shop1.txt", "Shipped - Delivered to Buyer", "Zz Status", "Zz Status"),
        ["brushing_platforms"] = ("orders.json", "\"taskType\": 2", "\"taskType\": 99", "99"),
        ["cainiao"] = ("push.ndjson", "\"GTMS_DO_ARRIVE\"", "\"ZZ_ARRIVE\"", "ZZ_ARRIVE"),
        ["canonical"] = ("scans.csv", "accepted", "zz_accepted", "zz_accepted"),
        ["carriers"] = ("mixed.csv", "DEPARTURE", "ZZDEP", "ZZDEP"),
        ["epcis"] = ("document.json", "receiving", "zzreceiving", "zzreceiving"),
        ["kdniao"] = ("official.json", "\"Action\": \"1\"", "\"Action\": \"Z99\"", "Z99"),
        ["kuaidi100"] = ("query.json", "\"status\": \"签收\"", "\"statusCode\": \"Z99\"", "Z99"),
        ["olist"] = ("olist_orders_dataset.csv", ",delivered,", ",zz_delivered,", "zz_delivered"),
        ["pinduoduo"] = ("shop9-orders.csv", "已发货", "示例状态", "示例状态"),
        ["seller_ledger"] = null,
        ["shopee"] = null,
        ["shopify"] = ("orders_export_1.csv", "\"paid\"", "\"zz_paid\"", "zz_paid"),
        ["taobao"] = ("ExportOrderList2016.csv", "交易成功", "示例状态", "示例状态"),
        ["top"] = ("trades.json", "TRADE_FINISHED", "TRADE_ZZ", "TRADE_ZZ"),
        ["upu"] = ("emsevt.json", "\"EMI\"", "\"ZZQ\"", "ZZQ"),
        ["wechat"] = ("path.json", "300003", "999003", "999003"),
        ["woocommerce"] = ("orders.json", "\"completed\"", "\"zz_done\"", "zz_done"),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-every-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Fixtures() =>
        [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Folders() => [.. Directory.GetDirectories(Root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_new_column_or_member_is_noted_by_name_and_changes_nothing_else(string fixture)
    {
        var path = Importing.Fixture(fixture);
        using var before = Importing.With(new() { MaxBad = 1 }, Among(path, path));
        using var after = Importing.With(new() { MaxBad = 1 }, Among(path, Grown(path)));
        Assert.Contains(after.Report.Notes, n => n.Text.En.Contains(New, StringComparison.Ordinal) && n.Text.Zh.Contains(New, StringComparison.Ordinal) && n.File == Path.GetFileName(path));
        Assert.Equal(before.Report.Files.Select(f => (f.Table, f.Kept)), after.Report.Files.Select(f => (f.Table, f.Kept)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_unknown_code_is_noted_by_name(string folder)
    {
        Assert.True(Codes.TryGetValue(folder, out var code), $"name a code of the format in fixtures/{folder}, or null");
        if (code is not { } c)
            return;
        var path = Importing.Fixture(folder + "/" + c.File);
        var encoding = FileSample.Of(path).Encoding;
        var text = encoding.GetString(File.ReadAllBytes(path));
        Assert.Contains(c.Known, text, StringComparison.Ordinal);
        using var import = Importing.With(new() { MaxBad = 1 }, Among(path, Put(path, encoding.GetBytes(text.Replace(c.Known, c.Unknown, StringComparison.Ordinal)))));
        Assert.Contains(import.Report.Notes, n => n.Text.En.Contains(c.Named, StringComparison.Ordinal) && n.Text.Zh.Contains(c.Named, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_cut_file_names_itself_and_its_row_and_the_rest_survives(string fixture)
    {
        var path = Importing.Fixture(fixture);
        var bytes = File.ReadAllBytes(path);
        var sample = FileSample.Of(path);
        // Within the last record: of a sheet behind the first cell of its last line, of JSON a little before the end.
        var text = bytes.AsSpan().TrimEnd("\r\n"u8);
        var last = text.LastIndexOf((byte)'\n') + 1;
        var cut = sample.Content == Content.Delimited ? last + Math.Max(1, Math.Min(5, (text.Length - last) / 4)) : sample.Content == Content.Ndjson ? last + Math.Max(1, (text.Length - last) / 2) : text.Length - 8;
        var isWhole = sample.Content == Content.Json || last == 0 || (sample.Content == Content.Delimited && bytes.AsSpan(0, last).Count((byte)'\n') < 2);
        try
        {
            using var import = Importing.With(new() { MaxBad = 1 }, Among(path, Put(path, bytes[..cut])));
            import.AssertNothingIsLost();
            Assert.Contains(import.Report.Quarantine, q => q.File == Path.GetFileName(path) && q.Row > 0);
            using var whole = Importing.With(new() { MaxBad = 1 }, Among(path, path));
            if (!isWhole)
                Assert.True(import.Report.Files.Sum(f => f.Kept) > 0 || whole.Report.Files.Sum(f => f.Read) < 3, "nothing survived");
        }
        catch (UnbrushException e)
        {
            // A document that is one record is refused whole, by its name.
            Assert.True(isWhole, e.Sentence.En);
            Assert.Contains(Path.GetFileName(path), e.Sentence.En, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Sheets))]
    public void What_cannot_be_read_in_a_sheet_is_named_by_the_column_that_the_user_sees(string fixture)
    {
        var path = Importing.Fixture(fixture);
        var sample = FileSample.Of(path);
        var lines = sample.Encoding.GetString(File.ReadAllBytes(path)).Split('\n');
        var head = Array.FindIndex(lines, l => !l.TrimStart('\uFEFF').StartsWith('#'));
        var header = Header.Of(lines[head].TrimStart('\uFEFF'));
        var cells = Cells(lines[head + 1].TrimEnd('\r'), header.Delimiter);
        Assert.Equal(header.Names.Count, cells.Count);
        // The first row again and again, each time with another cell that no column takes: neither a time nor a number.
        var broken = header.Names.Select((_, column) => string.Join(header.Delimiter, cells.Select((c, i) => i == column ? "\"2021-99-99 99:99:99\"" : c)));
        using var import = Importing.With(new() { MaxBad = 1 }, Put(path, sample.Encoding.GetBytes(string.Join('\n', [.. lines[..(head + 1)].Select(l => l.TrimEnd('\r')), .. broken, ""]))));
        var isNamed = false;
        foreach (var cell in import.Report.Quarantine.Where(q => q.Column.Length > 0))
        {
            string[] theirs = header.IndexOf(cell.Column) >= 0 ? [cell.Column] : cell.Column[..Math.Max(0, cell.Column.LastIndexOf(" (", StringComparison.Ordinal))].Split(" / ");
            Assert.All(theirs, t => Assert.True(header.IndexOf(t) >= 0, $"{header.Names[(int)cell.Row - head - 2]}: '{cell.Column}' is no column of the file"));
            isNamed |= theirs.Contains(header.Names[(int)cell.Row - head - 2]);
        }

        Assert.True(isNamed, "no column was named");
    }

    public static TheoryData<string> Sheets() =>
        ["alipay/bill.csv", "amazon/shop1.txt", "brushing_platforms/numbers.csv", "carriers/mixed.csv", "pinduoduo/shop9-orders.csv", "seller_ledger/ledger.csv", "shopee/order_brush_order.csv", "shopify/orders_export_1.csv", "taobao/ExportOrderList2021a.csv", "taobao/ExportOrderDetailList2021.csv"];

    private static string Root => Path.Combine(AppContext.BaseDirectory, "fixtures");

    /// <summary>A file in the place of a fixture, with the other files of its folder where one is nothing without them.</summary>
    private static string[] Among(string fixture, string instead) =>
        Path.GetFileName(Path.GetDirectoryName(fixture)) == "olist" ? [instead, .. Directory.GetFiles(Path.GetDirectoryName(fixture)!).Where(f => f != fixture).Order(StringComparer.Ordinal)] : [instead];

    private string Put(string like, byte[] bytes)
    {
        var path = Path.Combine(_folder, Path.GetFileName(like));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A copy with one column or member more.</summary>
    private string Grown(string path)
    {
        var sample = FileSample.Of(path);
        if (sample.Content == Content.Delimited)
            return Put(path, Widened(sample));
        var text = sample.Encoding.GetString(File.ReadAllBytes(path));
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        // The first object is a record or the wrapper of one.
        return Put(path, sample.Encoding.GetBytes(text.Insert(brace + 1, $"\"{New}\": 1, ")));
    }

    private static byte[] Widened(FileSample sample)
    {
        var delimiter = Header.Of(sample.Text).Delimiter;
        var lines = sample.Encoding.GetString(File.ReadAllBytes(sample.Path)).Split('\n');
        var width = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var bare = lines[i].TrimEnd('\r');
            if (bare.TrimStart('\uFEFF').StartsWith('#') && width == 0 || bare.Length == 0)
                continue;
            var end = lines[i][bare.Length..];
            // A row that is short already stays short; a record over several lines takes its cell on the last.
            var cells = Count(bare, delimiter);
            if (width == 0)
            {
                width = cells;
                lines[i] = bare + delimiter + New + end;
            }
            else if (cells >= width)
            {
                lines[i] = bare + delimiter + "1" + end;
            }
        }

        return sample.Encoding.GetBytes(string.Join('\n', lines));
    }

    private static List<string> Cells(string line, char delimiter)
    {
        var cells = new List<string> { "" };
        foreach (var c in line)
        {
            if (c == delimiter && (!cells[^1].StartsWith('"') || cells[^1].Count(q => q == '"') % 2 == 0))
                cells.Add("");
            else
                cells[^1] += c;
        }

        return cells;
    }

    private static int Count(string line, char delimiter)
    {
        var cells = 1;
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && (quoted || i == 0 || line[i - 1] == delimiter || line[i - 1] == '"'))
                quoted = !quoted;
            else if (line[i] == delimiter && !quoted)
                cells++;
        }

        return cells;
    }
}
