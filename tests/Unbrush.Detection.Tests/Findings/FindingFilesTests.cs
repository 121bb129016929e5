using Unbrush.Detection.Findings;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Findings;

public sealed class FindingFilesTests
{
    /// <summary>The database writes what it computes row by row in any order it likes, unless told: seen from a quarter of a million rows on.</summary>
    [Fact]
    public void Half_a_million_rows_stand_in_the_order_of_their_keys()
    {
        const int Rows = 500_000;
        var directory = Directory.CreateTempSubdirectory("unbrush-files-").FullName;
        try
        {
            using var store = new DuckDbStore(new() { Threads = 4 });
            foreach (var name in (string[])["parcels", "reviews", "sellers", "buyers", "facilities", "senders", "rings", "ring_members", "notes", "quarantine"])
                store.Execute($"CREATE TABLE finding_{name} (k VARCHAR)");
            store.Execute($"CREATE TABLE finding_orders AS SELECT 'shop' AS platform, printf('%08d', i) AS order_id, TIMESTAMP '2026-03-01 00:00:00' AS created_at, repeat('because ', CAST(i % 40 AS BIGINT)) AS reasons FROM range({Rows}) t(i)");
            new FindingFiles(store).Write(directory, cancel: TestContext.Current.CancellationToken);

            var last = "";
            var rows = 0;
            foreach (var line in File.ReadLines(Path.Combine(directory, "orders.csv")).Skip(1))
            {
                var key = line[5..13];
                Assert.True(string.CompareOrdinal(last, key) < 0, $"{key} stands behind {last}");
                last = key;
                rows++;
            }

            Assert.Equal(Rows, rows);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
