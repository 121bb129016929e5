using Unbrush.Core.Feed;

namespace Unbrush.Simulation.Tests;

public sealed class FeedTests
{
    [Theory]
    [InlineData(Profile.Standard)]
    [InlineData(Profile.Evasive)]
    [InlineData(Profile.Honest)]
    [InlineData(Profile.Sparse)]
    [InlineData(Profile.OrdersOnly)]
    public void Every_cell_obeys_the_feed_contract(Profile profile)
    {
        using var made = new MadeWorld(new SimulationOptions(21, 3000, profile));
        foreach (var file in Directory.GetFiles(made.Feed))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var table = FeedSchema.Find(name);
            Assert.True(table is not null, $"{name} is no table of the feed.");
            var header = File.ReadLines(file).First().Split(',');
            foreach (var column in header)
            {
                Assert.True(table.Has(column), $"{name}.{column} is no column of the feed.");
                var bad = Bad(table[column]);
                var count = made.Number($"SELECT count(*) FROM {name} WHERE {bad.Replace("?", $"\"{column}\"", StringComparison.Ordinal)}");
                Assert.True(count == 0, $"{count} cells of {name}.{column} break the contract.");
            }

            foreach (var required in table.Columns.Where(c => c.IsRequired))
                Assert.Contains(required.Name, header);
            var keys = table.Key.Where(header.Contains).ToList();
            var doubles = made.Number($"SELECT count(*) - count(DISTINCT ({string.Join(", ", keys.Select(k => $"coalesce(\"{k}\", '')"))})) FROM {name}");
            // A machine may scan a parcel twice within one second; the contract reads it once.
            Assert.True(name == "scans" || name == "visits" ? doubles <= 3 : doubles == 0, $"{doubles} rows of {name} have a key that another has.");
        }
    }

    [Theory]
    [InlineData(Profile.Standard, 16)]
    [InlineData(Profile.Evasive, 16)]
    [InlineData(Profile.Honest, 16)]
    [InlineData(Profile.Sparse, 4)]
    [InlineData(Profile.OrdersOnly, 1)]
    public void A_profile_has_its_tables_and_no_other(Profile profile, int tables)
    {
        using var made = new MadeWorld(new SimulationOptions(22, 1500, profile));
        var names = Directory.GetFiles(made.Feed).Select(Path.GetFileNameWithoutExtension).Order().ToArray();
        Assert.Equal(tables, names.Length);
        if (profile == Profile.Sparse)
            Assert.Equal(["orders", "parcel_orders", "parcels", "scans"], names);
    }

    [Theory]
    [InlineData("order_items", "platform, order_id", "orders", "platform, order_id")]
    [InlineData("order_items", "platform, listing_id", "listings", "platform, listing_id")]
    [InlineData("listings", "platform, seller_id", "sellers", "platform, seller_id")]
    [InlineData("orders", "platform, seller_id", "sellers", "platform, seller_id")]
    [InlineData("orders", "platform, buyer_id", "buyers", "platform, buyer_id")]
    [InlineData("parcel_orders", "carrier, waybill_no", "parcels", "carrier, waybill_no")]
    [InlineData("parcel_orders", "platform, order_id", "orders", "platform, order_id")]
    [InlineData("scans", "carrier, waybill_no", "parcels", "carrier, waybill_no")]
    [InlineData("scans", "carrier, facility_id", "facilities", "carrier, facility_id")]
    [InlineData("scans", "carrier, next_facility", "facilities", "carrier, facility_id")]
    [InlineData("parcels", "carrier, origin_facility", "facilities", "carrier, facility_id")]
    [InlineData("facilities", "carrier, parent_id", "facilities", "carrier, facility_id")]
    [InlineData("payments", "platform, order_id", "orders", "platform, order_id")]
    [InlineData("reviews", "platform, order_id", "orders", "platform, order_id")]
    [InlineData("reviews", "platform, listing_id", "listings", "platform, listing_id")]
    [InlineData("visits", "platform, order_id", "orders", "platform, order_id")]
    [InlineData("visits", "platform, buyer_id", "buyers", "platform, buyer_id")]
    public void References_point_to_something(string table, string columns, string target, string key)
    {
        using var made = new MadeWorld(new SimulationOptions(23, 4000));
        var theirs = key.Split(", ");
        var ours = columns.Split(", ");
        var match = string.Join(" AND ", ours.Zip(theirs, (o, t) => $"s.{o} = t.{t}"));
        var lost = made.Number($"SELECT count(*) FROM {table} s WHERE {string.Join(" AND ", ours.Select(o => $"s.{o} IS NOT NULL"))} AND NOT EXISTS (SELECT 1 FROM {target} t WHERE {match})");
        Assert.Equal(0, lost);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_with_truth_or_without()
    {
        var options = new SimulationOptions(24, 3000, Profile.Evasive);
        using var one = new MadeWorld(options);
        using var two = new MadeWorld(options);
        using var bare = new MadeWorld(options, withTruth: false);
        Assert.False(Directory.Exists(bare.Truth));
        foreach (var file in Directory.GetFiles(one.Feed))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(two.Feed, Path.GetFileName(file))));
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(bare.Feed, Path.GetFileName(file))));
        }

        foreach (var file in Directory.GetFiles(one.Truth))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(two.Truth, Path.GetFileName(file))));
    }

    [Fact]
    public void Another_seed_is_another_world()
    {
        using var one = new MadeWorld(new SimulationOptions(1, 1500));
        using var two = new MadeWorld(new SimulationOptions(2, 1500));
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(one.Feed, "orders.csv")), File.ReadAllBytes(Path.Combine(two.Feed, "orders.csv")));
        Assert.NotEqual(
            one.Rows("SELECT carrier, count(*) FROM facilities GROUP BY ALL ORDER BY ALL").Select(r => r[0] + "/" + r[1]),
            two.Rows("SELECT carrier, count(*) FROM facilities GROUP BY ALL ORDER BY ALL").Select(r => r[0] + "/" + r[1]));
    }

    [Fact]
    public void About_as_many_orders_are_made_as_were_asked_for()
    {
        foreach (var orders in new[] { 500, 5000, 30_000 })
        {
            using var made = new MadeWorld(new SimulationOptions(25, orders), withTruth: false);
            Assert.InRange(made.Summary.Orders, orders * 0.9, orders * 1.1);
        }
    }

    [Fact]
    public void Parquet_holds_what_csv_holds()
    {
        using var made = new MadeWorld(new SimulationOptions(26, 1500), withTruth: false);
        var before = made.Number("SELECT count(*) FROM scans");
        ParquetFolder.Convert(made.Feed);
        Assert.Empty(Directory.GetFiles(made.Feed, "*.csv"));
        Assert.Equal(before, made.Number($"SELECT count(*) FROM read_parquet('{made.Feed}/scans.parquet')"));
        Assert.Equal("TIMESTAMP", made.Rows($"SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet('{made.Feed}/scans.parquet')) WHERE column_name = 'scanned_at'")[0][0]);
    }

    /// <summary>A condition that is true of a cell that breaks the contract; <c>?</c> stands for the cell.</summary>
    private static string Bad(FeedColumn column)
    {
        var wrong = column.Type switch
        {
            FeedType.Integer => "TRY_CAST(? AS INTEGER) IS NULL",
            FeedType.Money or FeedType.Grams => "TRY_CAST(? AS DECIMAL(18, 4)) IS NULL",
            FeedType.Real => "TRY_CAST(? AS DOUBLE) IS NULL",
            FeedType.Instant => "TRY_CAST(? AS TIMESTAMP) IS NULL",
            FeedType.Word => $"? NOT IN ({string.Join(", ", column.Words!.Select(w => $"'{w}'"))})",
            FeedType.Key => "NOT regexp_full_match(?, '[0-9a-f]{10,64}')",
            _ => "length(?) = 0",
        };
        if (column.Minimum is { } low)
            wrong += $" OR TRY_CAST(? AS DOUBLE) < {low}";
        if (column.Maximum is { } high)
            wrong += $" OR TRY_CAST(? AS DOUBLE) > {high}";
        return column.IsRequired ? $"? IS NULL OR {wrong}" : $"? IS NOT NULL AND ({wrong})";
    }
}
