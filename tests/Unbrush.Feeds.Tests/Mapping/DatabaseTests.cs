using Unbrush.Casework.Tests;
using Unbrush.Core;

namespace Unbrush.Feeds.Tests.Mapping;

/// <summary>Queries of real servers, started for the tests.</summary>
public sealed class DatabaseTests(MariaDbServer maria) : IDisposable
{
    private const string Variable = "UNBRUSH_TEST_SHOP";
    private const string Tables = "tables:\n  orders:\n    columns: { platform: \"'x'\", order_id: id, seller_id: \"lower(shop)\", created_at: placed, amount: price, phone_key: \"phone_key(phone)\" }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_query_of_PostgreSQL_is_read_through_the_mapping_and_cannot_write()
    {
        Environment.SetEnvironmentVariable(Variable, PostgresServer.NewDatabase());
        using var import = Query("postgresql", "SELECT 7 AS id, 'Shop' AS shop, TIMESTAMPTZ '2021-06-11 10:00:00+02' AS placed, 9.50 AS price, '13800000001' AS phone");
        Assert.Equal([$"x|7|shop|2021-06-11 08:00:00|9.5|{import.Key("13800000001")}"], import.Rows("SELECT platform, order_id, seller_id, created_at, amount, phone_key FROM orders"));
        Assert.Contains("read-only", Refusal("postgresql", "CREATE TABLE evil (a int)"), StringComparison.Ordinal);
        Assert.Contains("one statement", Refusal("postgresql", "COMMIT; CREATE TABLE evil (a int)"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_MySQL_is_read_as_it_is_meant()
    {
        Environment.SetEnvironmentVariable(Variable, maria.Connect());
        maria.Execute("""
            CREATE OR REPLACE TABLE typed (id BIGINT UNSIGNED, shop VARCHAR(40), placed TIMESTAMP NULL, local DATETIME(6), price DECIMAL(12, 4), stars TINYINT(1), guid CHAR(36), day DATE, flag BIT(1), doubled DOUBLE, data BLOB, note TEXT);
            SET time_zone = '+00:00';
            INSERT INTO typed VALUES
              (18446744073709551615, '示例旗舰店😀', '2021-06-11 02:00:00', '2021-06-11 10:00:00.123456', 12345678.9001, 5, '6F9619FF-8B86-D011-B42D-00C04FC964FF', '2021-06-12', b'1', 0.25, 'ab', '第一行\n“第二行”,\t\'x\''),
              (1, 'a', NULL, '0000-00-00', NULL, NULL, 'no guid at all', '0000-00-00', NULL, NULL, NULL, NULL);
            """);
        using var import = Map("mysql", "SELECT * FROM typed", """
            tables:
              orders:
                columns: { platform: "'x'", order_id: id, seller_id: shop, created_at: "coalesce(placed, '2021-01-01 00:00:00')", paid_at: local, shipped_at: day, amount: price, buyer_id: guid, memo: note, campaign_id: "text(stars) || ' ' || text(doubled) || ' ' || flag || ' ' || data" }
            """);
        Assert.Equal(
            [
                // A TIMESTAMP is an instant whatever the server's zone; DATETIME and DATE are in the feed's; a zero date is nothing.
                "1|a|2020-12-31 16:00:00||||no guid at all||",
                "18446744073709551615|示例旗舰店😀|2021-06-11 02:00:00|2021-06-11 02:00:00|2021-06-11 16:00:00|12345678.9001|6F9619FF-8B86-D011-B42D-00C04FC964FF|第一行\n“第二行”,\t'x'|5 0.25 1 6162",
            ],
            import.Rows("SELECT order_id, seller_id, created_at, paid_at, shipped_at, amount, buyer_id, memo, campaign_id FROM orders ORDER BY 1"));
    }

    [Fact]
    public void A_big_result_of_MySQL_is_streamed()
    {
        Environment.SetEnvironmentVariable(Variable, maria.Connect());
        const int Rows = 200_000;
        var before = GC.GetTotalAllocatedBytes();
        using var import = Query("mysql", $"SELECT seq AS id, 'S' AS shop, TIMESTAMP '2021-06-11 10:00:00' AS placed, seq / 100 AS price, repeat('x', 500) AS phone FROM seq_1_to_{Rows}");
        Assert.Equal([$"{Rows}|20000100000"], import.Rows("SELECT count(*), sum(CAST(order_id AS BIGINT)) FROM orders"));
        GC.Collect();
        // A hundred megabytes went through; none of them stays.
        Assert.True(GC.GetTotalMemory(true) < 64 << 20, $"{GC.GetTotalMemory(false) >> 20} MiB are held of {(GC.GetTotalAllocatedBytes() - before) >> 20} allocated");
    }

    [Fact]
    public void A_query_of_MySQL_cannot_write_nor_hide_a_second_statement()
    {
        Environment.SetEnvironmentVariable(Variable, maria.Connect());
        maria.Execute("CREATE OR REPLACE TABLE kept (a INT); INSERT INTO kept VALUES (1)");
        Assert.Contains("READ ONLY", Refusal("mysql", "DELETE FROM kept"), StringComparison.Ordinal);
        Assert.Contains("one statement", Refusal("mysql", "SELECT 1 AS id; COMMIT; DROP TABLE kept"), StringComparison.Ordinal);
        Assert.Contains("writes a file", Refusal("mysql", "SELECT 1 INTO/**/OUTFILE '/tmp/unbrush-evil'"), StringComparison.Ordinal);
        maria.Execute("INSERT INTO kept SELECT a FROM kept");
    }

    [Fact]
    public void A_wrong_password_or_a_wrong_table_is_said_in_words_that_hold_no_password()
    {
        Environment.SetEnvironmentVariable(Variable, maria.Connect("wrong-horse"));
        var denied = Refusal("mysql", "SELECT 1 AS id");
        Assert.Contains("Access denied", denied, StringComparison.Ordinal);
        Assert.Contains(Variable, denied, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-horse", denied, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, maria.Connect());
        Assert.Contains("no_such", Refusal("mysql", "SELECT * FROM no_such"), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, "Server=127.0.0.1;Port=1;Password=wrong-horse;Nonsense=1");
        Assert.DoesNotContain("wrong-horse", Refusal("mysql", "SELECT 1 AS id"), StringComparison.Ordinal);
    }

    private string Refusal(string database, string query) => Assert.Throws<UnbrushException>(() => Query(database, query).Dispose()).Sentence.En;

    private Importing Query(string database, string query) => Map(database, query, Tables);

    private Importing Map(string database, string query, string tables)
    {
        var map = Path.Combine(_folder, "map.yaml");
        File.WriteAllText(map, $"source: {{ database: {database}, connection_variable: {Variable}, query: \"{query}\" }}\n{tables}");
        return Importing.With(new() { Map = map, MaxBad = 0.5 });
    }
}
