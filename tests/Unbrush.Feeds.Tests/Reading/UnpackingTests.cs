using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests.Reading;

public sealed class UnpackingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_zip_of_exports_is_read_whole_and_its_stranger_left_out()
    {
        var path = Path.Combine(_folder, "feed.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(Importing.Fixture("taobao/ExportOrderList2016.csv"), "六月/ExportOrderList2016.csv");
            zip.CreateEntryFromFile(Importing.Fixture("taobao/ExportOrderList2018.csv"), "ExportOrderList2018.csv");
            using var readme = new StreamWriter(zip.CreateEntry("readme.txt").Open());
            readme.Write("示例");
        }

        using var import = Importing.Of(path);
        Assert.Equal(["3"], import.Rows("SELECT count(*) FROM orders"));
        Assert.True(import.HasNote("of no known table or format"));
    }

    [Fact]
    public void A_packed_tar_is_read()
    {
        var path = Path.Combine(_folder, "feed.tar.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
            tar.WriteEntry(Importing.Fixture("kuaidi100/query.json"), "a/query.json");
        using var import = Importing.Of(path);
        Assert.Equal(["8"], import.Rows("SELECT count(*) FROM scans"));
    }

    [Fact]
    public void A_link_in_an_archive_is_not_followed()
    {
        var path = Path.Combine(_folder, "links.tar");
        using (var tar = new System.Formats.Tar.TarWriter(File.Create(path)))
        {
            tar.WriteEntry(Importing.Fixture("canonical/orders.csv"), "orders.csv");
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.SymbolicLink, "reviews.csv") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.HardLink, "scans.csv") { LinkName = "/etc/passwd" });
        }

        using var import = Importing.With(new() { MaxBad = 1 }, path);
        Assert.Equal(["orders"], import.Report.Files.Select(f => f.Table).Distinct());
    }

    [Theory]
    [InlineData("../../evil.csv")]
    [InlineData("/etc/evil.csv")]
    [InlineData("a\\..\\..\\evil.csv")]
    public void A_place_outside_the_archive_is_refused(string name)
    {
        var path = Path.Combine(_folder, "evil.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
            zip.CreateEntry(name);
        using var unpacking = new Unpacking(_folder);
        Assert.Contains("outside", Assert.Throws<UnbrushException>(() => unpacking.Open(path)).Sentence.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.csv.zst")]
    [InlineData("orders.csv.gz")]
    [InlineData("scans.ndjson.zst")]
    [InlineData("scans.ndjson.gz")]
    public void A_packed_file_that_unpacks_to_far_too_much_is_refused_by_its_name(string name)
    {
        var path = Path.Combine(_folder, name);
        using (Stream packed = name.EndsWith("zst", StringComparison.Ordinal) ? new ZstdSharp.CompressionStream(File.Create(path), 19, leaveOpen: false) : new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
        {
            packed.Write(name.StartsWith("orders", StringComparison.Ordinal) ? "platform,order_id,seller_id,created_at\n"u8 : "{\"carrier\":\"yto\",\"waybill_no\":\"1\",\"scanned_at\":\"2026-03-01T00:00:00Z\",\"action\":\"arrived\"}\n"u8);
            var blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)'\n');
            for (var i = 0; i < 80; i++)
                packed.Write(blanks);
        }

        var e = Assert.Throws<UnbrushException>(() => Importing.With(new() { MaxBad = 1 }, path));
        Assert.Contains("times its size", e.Sentence.En, StringComparison.Ordinal);
        Assert.Contains(name, e.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_fills_the_disk()
    {
        var path = Path.Combine(_folder, "bomb.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var bomb = zip.CreateEntry("orders.csv", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
                bomb.Write(zeros);
        }

        using var unpacking = new Unpacking(_folder);
        Assert.Contains("times its size", Assert.Throws<UnbrushException>(() => unpacking.Open(path)).Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_whether_or_not_its_trailer_tells()
    {
        var path = Path.Combine(_folder, "orders.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize))
        {
            gzip.Write("platform,order_id\n"u8);
            var zeros = new byte[1 << 20];
            Array.Fill(zeros, (byte)'0');
            for (var i = 0; i < 100; i++)
                gzip.Write(zeros);
        }

        Assert.Contains("times its size", Assert.Throws<UnbrushException>(() => FileSample.Of(path)).Sentence.En, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length - 4).Clear();
        File.WriteAllBytes(path, bytes);
        using var stream = FileSample.Of(path).Open();
        Assert.ThrowsAny<Exception>(() => stream.CopyTo(Stream.Null));
    }

    [Fact]
    public void What_it_unpacks_goes_with_it()
    {
        var path = Path.Combine(_folder, "feed.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
            zip.CreateEntryFromFile(Importing.Fixture("kuaidi100/query.json"), "query.json");
        string inside;
        using (var unpacking = new Unpacking(_folder))
            Assert.True(File.Exists(inside = unpacking.Open(path)[0]));
        Assert.False(File.Exists(inside));
    }

    [Fact]
    public void A_workbook_is_read_as_the_sheets_it_holds()
    {
        var path = Path.Combine(_folder, "台账.xlsx");
        Book(path, ["序号", "接单时间", "旺旺名称", "实际发生金额", "买手垫付金额", "商家支付总佣金", "淘宝订单编号"], ["1", "2021-06-11 09:05:00", "tb_example_01", "99", "99", "5", "100000000000000001"]);
        using var import = Importing.Of(path);
        Assert.Equal(["order|taobao|100000000000000001|fake"], import.Rows("SELECT subject_kind, scope, subject_id, label FROM labels"));
    }

    [Fact]
    public void An_order_number_kept_as_a_number_is_quarantined()
    {
        var path = Path.Combine(_folder, "台账.xlsx");
        Book(path, ["接单时间", "买手垫付金额", "淘宝订单编号"], ["2021-06-11 09:05:00", "99", "#123457000000000000"], ["2021-06-11 09:05:00", "99", "100000000000000001"]);
        using var import = Importing.Of(path);
        Assert.Contains("rounded", Assert.Single(import.Report.Quarantine).Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_workbook_is_named_and_nothing_else_happens()
    {
        var path = Path.Combine(_folder, "broken.xlsx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var part = new StreamWriter(zip.CreateEntry("xl/workbook.xml").Open());
            part.Write("<workbook");
        }

        using var unpacking = new Unpacking(_folder);
        Assert.Contains("broken.xlsx", Assert.Throws<UnbrushException>(() => unpacking.Open(path)).Sentence.En, StringComparison.Ordinal);
    }

    /// <summary>A workbook of one sheet; a cell that begins with # is a number.</summary>
    internal static void Book(string path, params string[][] rows)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Part(zip, "[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
        Part(zip, "_rels/.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part(zip, "xl/workbook.xml", """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="刷单" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        Part(zip, "xl/_rels/workbook.xml.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
        var sheet = new StringBuilder("""<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>""");
        for (var r = 0; r < rows.Length; r++)
        {
            sheet.Append($"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Length; c++)
            {
                var at = $"{(char)('A' + c)}{r + 1}";
                sheet.Append(rows[r][c].StartsWith('#') ? $"<c r=\"{at}\"><v>{rows[r][c][1..]}</v></c>" : $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{rows[r][c]}</t></is></c>");
            }

            sheet.Append("</row>");
        }

        Part(zip, "xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString());
    }

    private static void Part(ZipArchive zip, string name, string text)
    {
        using var part = new StreamWriter(zip.CreateEntry(name).Open());
        part.Write(text);
    }
}
