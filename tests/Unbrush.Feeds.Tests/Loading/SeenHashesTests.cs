using DuckDB.NET.Data;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tests.Loading;

public sealed class SeenHashesTests
{
    [Fact]
    public void A_hash_is_known_exactly_where_it_was_seen_before() =>
        // Few values in the upper bits, which name the place, make many hashes meet there.
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40]).SelectMany((upper, lower) => Gen.ULong[1, (ulong)lower].Select(Gen.ULong[0, (ulong)upper], (low, high) => (high << 62) | low).Array[0, 60]).Sample(hashes =>
        {
            var seen = new SeenHashes(0);
            var known = new HashSet<ulong>();
            return Array.TrueForAll(hashes, h => seen.Add(h) == known.Add(h));
        });

    [Theory]
    [InlineData("1, 2, 3", true)]
    [InlineData("1, 2, 1", false)]
    public void A_row_that_stands_twice_in_a_table_is_seen(string ids, bool areDifferent)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var context = new ImportContext(connection, new(), new(new byte[32]));
        // The last rows lie in another chunk than the first.
        context.Execute($"CREATE TABLE t AS SELECT unnest([{ids}]) + 0 AS id UNION ALL SELECT range + 10 FROM range(5000)");
        Assert.Equal(areDifferent, SeenHashes.AreDifferent(context, "id", "t", 5003));
        context.Execute("INSERT INTO t VALUES (5009)");
        Assert.False(SeenHashes.AreDifferent(context, "id", "t", 5004));
    }

    [Fact]
    public void A_statement_that_fails_says_why()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var context = new ImportContext(connection, new(), new(new byte[32]));
        Assert.Contains("no_such_table", Assert.Throws<DuckDBException>(() => SeenHashes.AreDifferent(context, "id", "no_such_table", 1)).Message, StringComparison.Ordinal);
    }
}
