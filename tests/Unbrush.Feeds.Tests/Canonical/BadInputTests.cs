using System.IO.Compression;
using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests.Canonical;

/// <summary>Everything that a feed may hold and should not: it gets a clear sentence and loses nothing.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "platform,order_id,seller_id,created_at,amount,memo\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("zz,platform,order_id,created_at,seller_id,memo\n1,p,a,2026-03-01T00:00:00Z,s,店\n1,p,b,2026-03-01T00:00:00Z,s,@\n1,p,c,2026-03-01T00:00:00Z,s,店\n")]
    [InlineData("platform,order_id,seller_id,created_at,zz,memo\np,a,s,2026-03-01T00:00:00Z,,店\np,b,s,2026-03-01T00:00:00Z,,@\np,c,s,2026-03-01T00:00:00Z,,店\n")]
    [InlineData("platform,order_id,seller_id,created_at,zz,memo\np,a,s,2026-03-01T00:00:00Z,,店\np,b,s,2026-03-01T00:00:00Z,@,\np,c,s,2026-03-01T00:00:00Z,,店\n")]
    public void Illegal_bytes_beside_an_unknown_column_set_one_row_aside_and_leave_the_database_sound(string text)
    {
        var path = Path.Combine(_folder, "orders.csv");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(text).Select(b => b == (byte)'@' ? (byte)0xE3 : b)]);
        using var import = Importing.With(new() { MaxBad = 1 }, path);
        Assert.Equal(["a", "c"], import.Rows("SELECT order_id FROM orders ORDER BY 1"));
        var cell = Assert.Single(import.Report.Quarantine);
        Assert.Equal(("orders.csv", 3L), (cell.File, cell.Row));
    }

    [Fact]
    public void An_import_that_fails_lets_go_of_its_files()
    {
        // Refused by its header while its bytes are still being hashed.
        var path = Path.Combine(_folder, "orders.csv");
        File.WriteAllText(path, "platform,order_id\n" + new string('x', 1 << 27));
        Assert.Throws<UnbrushException>(() => Importing.Of(path).Dispose());
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_missing_required_column_is_named_with_the_file_and_the_columns_found()
    {
        var e = Refused(Put("orders.csv", "platform,order_id,created_at\np,1,2026-03-01T00:00:00Z\n"));
        Assert.Equal(ExitCode.Unreadable, e.Code);
        Assert.Contains("orders.csv", e.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("'seller_id'", e.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("platform, order_id, created_at", e.Sentence.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount", "p,b,s,2026-03-01T00:00:00Z,twelve,")]
    [InlineData("amount", "p,b,s,2026-03-01T00:00:00Z,-1,")]
    [InlineData("created_at", "p,b,s,yesterday,1,")]
    [InlineData("created_at", "p,b,s,1999-12-31T23:59:59Z,1,")]
    [InlineData("created_at", "p,b,s,2099-01-01T00:00:00Z,1,")]
    [InlineData("created_at", "p,b,s,infinity,1,")]
    [InlineData("seller_id", "p,b,,2026-03-01T00:00:00Z,1,")]
    public void A_bad_cell_is_quarantined_with_row_column_and_value(string column, string row)
    {
        using var import = Lenient(Put("orders.csv", Header + Rows(5) + row + "\n" + Rows(3, 100)));
        var cell = Assert.Single(import.Report.Quarantine);
        Assert.Equal(("orders.csv", 7L, column), (cell.File, cell.Row, cell.Column));
        Assert.Contains(cell.Value, row, StringComparison.Ordinal);
        Assert.NotEmpty(cell.Reason.Zh);
        Assert.Equal(["8"], import.Rows("SELECT count(*) FROM orders"));
        import.AssertNothingIsLost();
    }

    [Theory]
    [InlineData("p,b,s\n", 7)]
    [InlineData("p,b,s,2026-03-01T00:00:00Z,1,m,surplus\n", 7)]
    [InlineData("p,b,s,2026-03-01T00:00:00Z,1,\"a\"b\n", 7)]
    [InlineData("p,b,s,2026-03-01T00:00:00Z,1,\"never closed\n", 7)]
    public void A_line_that_is_no_record_is_quarantined_and_the_rest_is_read(string line, long row)
    {
        using var import = Lenient(Put("orders.csv", Header + Rows(5) + line + Rows(3, 100)));
        Assert.Equal(row, Assert.Single(import.Report.Quarantine).Row);
        Assert.Equal(["8"], import.Rows("SELECT count(*) FROM orders"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Rows_behind_a_cell_over_several_lines_and_blank_lines_keep_their_numbers()
    {
        using var import = Lenient(Put("orders.csv", Header + "p,a,s,2026-03-01T00:00:00Z,1,\"two\nlines\"\n\n" + Rows(4) + "p,b,s,never,1,\n"));
        Assert.Equal(8, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNothingIsLost();
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\r\nb")]
    [InlineData("a\nb")]
    public void A_line_end_within_a_cell_is_not_taken_for_the_files(string memo)
    {
        using var import = Lenient(Put("orders.csv", Header + $"p,a,s,2026-03-01T00:00:00Z,1,\"{memo}\"\n" + Rows(3) + "p,b\n"));
        Assert.Equal([memo], import.Rows("SELECT memo FROM orders WHERE order_id = 'a'"));
        Assert.Equal(6, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_bare_cell_may_hold_quotes_in_a_file_with_a_bad_row()
    {
        using var import = Lenient(Put("orders.csv", Header + "p,a,s,2026-03-01T00:00:00Z,1,5\" pipe\n" + Rows(3) + "p,b\n"));
        Assert.Equal(["5\" pipe"], import.Rows("SELECT memo FROM orders WHERE order_id = 'a'"));
    }

    [Fact]
    public void More_bad_rows_than_allowed_fail_the_file_and_leave_nothing()
    {
        var path = Put("orders.csv", Header + Rows(50) + "p,b,s,never,1,\n");
        var e = Refused(path);
        Assert.Equal(ExitCode.TooManyBadRows, e.Code);
        Assert.Contains("row 52", e.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("never", e.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Exactly_one_in_a_hundred_bad_rows_is_still_read()
    {
        using var import = Importing.With(new(), Put("orders.csv", Header + Rows(99) + "p,b,s,never,1,\n"));
        Assert.Equal(["99"], import.Rows("SELECT count(*) FROM orders"));
    }

    [Fact]
    public void A_row_in_another_encoding_is_quarantined_and_the_rest_stays_UTF_8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + Rows(20, memo: "好评返现")), .. CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("p,b,s,2026-03-01T00:00:00Z,1,杭州市\n"), .. Encoding.UTF8.GetBytes(Rows(5, 100, "晚上发货"))];
        using var import = Lenient(Put("orders.csv", bytes));
        Assert.Equal(22, Assert.Single(import.Report.Quarantine).Row);
        Assert.Equal(["20|5"], import.Rows("SELECT count(*) FILTER (memo = '好评返现'), count(*) FILTER (memo = '晚上发货') FROM orders"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void GB18030_is_detected_and_read_whole()
    {
        using var import = Importing.With(new(), Put("orders.csv", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Header + Rows(2000, memo: "顺丰，加急"[..2]) + "p,b,s,2026-03-01T00:00:00Z,1,𠮷\n")));
        Assert.Equal(["2000|1"], import.Rows("SELECT count(*) FILTER (memo = '顺丰'), count(*) FILTER (memo = '𠮷') FROM orders"));
    }

    [Theory]
    [InlineData("orders.csv.gz")]
    [InlineData("orders.csv.zst")]
    [InlineData("orders.ndjson.gz")]
    public void A_packed_file_is_read_and_a_cut_one_is_refused(string name)
    {
        var text = name.Contains("json", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"platform\":\"p\",\"order_id\":\"{i * 7919 % 100003}\",\"seller_id\":\"s\",\"created_at\":\"2026-03-01T00:00:00Z\"}}\n"))
            : Header + string.Concat(Enumerable.Range(0, 5000).Select(i => $"p,{i * 7919 % 100003},s,2026-03-01T00:00:00Z,{i},\n"));
        var packed = Pack(name, Encoding.UTF8.GetBytes(text));
        using (var import = Importing.With(new(), Put(name, packed)))
            Assert.Equal(["5000"], import.Rows("SELECT count(*) FROM orders"));

        var e = Refused(Put(name, packed[..(packed.Length * 2 / 3)]));
        Assert.Equal(ExitCode.Unreadable, e.Code);
        Assert.Contains(name, e.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_a_file_of_zeros_and_a_cut_Parquet_file_are_refused_by_name()
    {
        Assert.Equal(ExitCode.Unreadable, Refused(Put("orders.csv", "")).Code);
        Assert.Contains("zero", Refused(Put("orders.csv", new byte[4096])).Sentence.En, StringComparison.Ordinal);
        using (var import = Importing.With(new(), Put("listings.csv", "platform,listing_id,seller_id\np,1,s\n")))
        {
            using var command = import.Connection.CreateCommand();
            command.CommandText = $"COPY listings TO '{Path.Combine(_folder, "listings.parquet")}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }

        var whole = File.ReadAllBytes(Path.Combine(_folder, "listings.parquet"));
        var e = Refused(Put("listings.parquet", whole[..(whole.Length / 2)]));
        Assert.Equal(ExitCode.Unreadable, e.Code);
        Assert.Contains("listings.parquet", e.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_is_a_table_without_rows() =>
        Assert.Equal(["0"], Importing.With(new(), Put("orders.csv", Header)).Rows("SELECT count(*) FROM orders"));

    [Fact]
    public void A_zero_tail_costs_only_itself()
    {
        using var import = Lenient(Put("orders.csv", [.. Encoding.UTF8.GetBytes(Header + Rows(3000)), .. new byte[100]]));
        Assert.Equal(["3000"], import.Rows("SELECT count(*) FROM orders"));
        Assert.Equal(3002, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_cell_of_ten_megabytes_is_kept()
    {
        using var import = Lenient(Put("orders.csv", Header + Rows(3) + $"p,b,s,2026-03-01T00:00:00Z,1,{new string('x', 10_000_000)}\n" + Rows(3, 100)));
        Assert.Equal(["10000000|7"], import.Rows("SELECT max(length(memo)), count(*) FROM orders"));
        Assert.Empty(import.Report.Quarantine);
    }

    [Fact]
    public void A_formula_is_kept_as_the_text_it_is()
    {
        using var import = Importing.With(new(), Put("orders.csv", Header + "p,1,s,2026-03-01T00:00:00Z,1,=cmd|' /C calc'!A0\n"));
        Assert.Equal(["=cmd|' /C calc'!A0"], import.Rows("SELECT memo FROM orders"));
    }

    [Fact]
    public void A_header_may_have_a_byte_order_mark_blanks_capitals_any_order_and_CRLF()
    {
        using var import = Importing.With(new(), Put("Orders-2026.csv", "\uFEFFSeller_ID , ORDER_ID,platform,created_at\r\ns,1,p,2026-03-01T00:00:00Z\r\n"));
        Assert.Equal(["p|1|s"], import.Rows("SELECT platform, order_id, seller_id FROM orders"));
    }

    [Fact]
    public void Unknown_columns_and_columns_that_stand_twice_are_noted()
    {
        using var import = Importing.With(new(), Put("orders.csv", "platform,order_id,seller_id,created_at,colour,memo,memo\np,1,s,2026-03-01T00:00:00Z,red,first,second\n"));
        Assert.True(import.HasNote("colour"));
        Assert.True(import.HasNote("'memo' stands 2 times"));
        Assert.Equal(["first"], import.Rows("SELECT memo FROM orders"));
    }

    [Fact]
    public void References_to_nothing_are_kept()
    {
        using var import = Importing.With(new(), Put("parcel_orders.csv", "carrier,waybill_no,platform,order_id\nc,w,p,nobody\n"));
        Assert.Equal(["nobody"], import.Rows("SELECT order_id FROM parcel_orders"));
    }

    [Fact]
    public void Json_lines_may_be_odd_and_only_what_is_no_object_is_lost()
    {
        var lines = string.Concat(Enumerable.Range(0, 3000).Select(i => $"{{\"platform\":\"p\",\"order_id\":{i},\"seller_id\":\"s\",\"created_at\":\"2026-03-01T00:00:00Z\"}}\n"));
        using var import = Lenient(Put("orders.ndjson", lines
            + "{\"platform\":\"p\",\"order_id\":\"late\",\"seller_id\":{\"a\":[1]},\"created_at\":\"2026-03-01T00:00:00Z\",\"memo\":\"here\",\"amount\":1.50}\n"
            + "{\"platform\":\"p\",\"order_id\":\"cut\n[1]\n5\n"));
        Assert.Equal(["3001"], import.Rows("SELECT count(*) FROM orders"));
        Assert.Equal(["""{"a":[1]}|here|1.5"""], import.Rows("SELECT seller_id, memo, amount FROM orders WHERE order_id = 'late'"));
        Assert.Equal([3002L, 3003, 3004], import.Report.Quarantine.Select(c => c.Row));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_stray_picture_in_a_folder_is_noted_and_not_read()
    {
        Put("orders.csv", Header + Rows(1));
        Put("photo.png", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]);
        using var import = Importing.With(new(), _folder);
        Assert.Contains(import.Report.Notes, n => n.File == "photo.png");
    }

    [Fact]
    public void Times_without_seconds_and_in_basic_form_are_times()
    {
        using var import = Importing.With(new(), Put("orders.csv", Header
            + "p,1,s,2026-03-01T10:00+08:00,1,\np,2,s,2026-03-01T02:00Z,1,\np,3,s,20260301T100000+0800,1,\np,4,s,2026-03-01 10:00,1,\np,5,s,2026/03/01 10:00:00,1,\n"));
        Assert.Equal(["5|1|2026-03-01 02:00:00"], import.Rows("SELECT count(*), count(DISTINCT created_at), min(created_at) FROM orders"));
    }

    [Fact]
    public void Half_a_piece_is_no_count()
    {
        using var import = Lenient(Put("order_items.csv", "platform,order_id,listing_id,quantity\np,1,l,1.5\np,2,l,2.0\np,3,l,0x10\np,4,l,4\n"));
        Assert.Equal(["2|2", "4|4"], import.Rows("SELECT order_id, quantity FROM order_items ORDER BY 1"));
        import.AssertNothingIsLost();
    }

    private static Importing Lenient(string path) => Importing.With(new() { MaxBad = 0.9 }, path);

    private static UnbrushException Refused(string path) => Assert.Throws<UnbrushException>(() => Importing.With(new(), path));

    private static string Rows(int count, int from = 0, string memo = "") =>
        string.Concat(Enumerable.Range(from, count).Select(i => $"p,{i},s,2026-03-01T00:00:00Z,1,{memo}\n"));

    private static byte[] Pack(string name, byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (Stream stream = name.EndsWith("gz", StringComparison.Ordinal) ? new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true) : new ZstdSharp.CompressionStream(memory, leaveOpen: true))
            stream.Write(bytes);
        return memory.ToArray();
    }

    private string Put(string name, string text) => Put(name, Encoding.UTF8.GetBytes(text));

    private string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
