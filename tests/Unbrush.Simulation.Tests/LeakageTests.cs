namespace Unbrush.Simulation.Tests;

/// <summary>Nothing that carries no meaning may tell fakes from genuine orders.</summary>
public sealed class LeakageTests(StandardWorld standard) : IClassFixture<StandardWorld>
{
    private MadeWorld World => standard.World;

    [Theory]
    [InlineData("orders", "created_at")]
    [InlineData("parcels", "created_at")]
    [InlineData("scans", "scanned_at")]
    [InlineData("reviews", "reviewed_at")]
    public void Rows_come_in_the_order_of_their_own_times(string table, string time)
    {
        // A forger's early pick-up may lie further back than rows wait; a handful of such rows is no pattern. A carrier's clock
        // may be hours off: its rows come in the order of its own times.
        var late = World.Number($"""
            SELECT avg((t < best)::INT) FROM (
              SELECT t, max(t) OVER (PARTITION BY clock ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
              FROM (SELECT CAST({time} AS TIMESTAMP) AS t, {(table == "scans" ? "carrier" : "0")} AS clock, row_number() OVER () AS n FROM {table}))
            """);
        Assert.InRange(late, 0, 0.002);
    }

    [Fact]
    public void Order_ids_rise_with_time_for_fake_and_genuine_alike() =>
        Assert.Equal(0, World.Number("""
            SELECT count(*) FROM (
              SELECT CAST(order_id AS HUGEINT) - lag(CAST(order_id AS HUGEINT)) OVER (PARTITION BY platform ORDER BY created_at, CAST(order_id AS HUGEINT)) AS step
              FROM orders) WHERE step <= 0
            """));

    [Theory]
    [InlineData("CAST(right(order_id, 3) AS DOUBLE) / 1000")]
    [InlineData("CAST(right(buyer_id, 4) AS DOUBLE) / 10000")]
    [InlineData("date_part('second', CAST(created_at AS TIMESTAMP)) / 60")]
    [InlineData("date_part('second', CAST(shipped_at AS TIMESTAMP)) / 60")]
    public void Digits_without_meaning_are_alike(string number)
    {
        var rows = World.Rows($"SELECT fake, avg(x), count(x) FROM (SELECT t.fake, {number} AS x FROM orders o JOIN truth_orders t USING (platform, order_id)) GROUP BY fake ORDER BY fake");
        var fakes = Convert.ToDouble(rows[1][2]);
        // Uniform numbers: the mean's error is 0.29 over the root of the count; orders of one buyer share his digits.
        Assert.InRange(Math.Abs((double)rows[0][1]! - (double)rows[1][1]!), 0, 4 * 0.29 / Math.Sqrt(fakes / 4));
    }

    [Theory]
    [InlineData("ip_key")]
    [InlineData("payer_key")]
    [InlineData("address_key")]
    [InlineData("device_key")]
    public void Nulls_are_as_frequent_on_each_platform(string column)
    {
        foreach (var row in World.Rows($"""
            SELECT o.platform, avg((o.{column} IS NULL)::INT) FILTER (fake = '0'), avg((o.{column} IS NULL)::INT) FILTER (fake = '1'), count(*) FILTER (fake = '1')
            FROM orders o JOIN truth_orders t USING (platform, order_id) WHERE o.paid_at IS NOT NULL GROUP BY ALL HAVING count(*) FILTER (fake = '1') > 40
            """))
        {
            var genuine = (double)row[1]!;
            var tolerance = 0.01 + (4 * Math.Sqrt(Math.Max(genuine * (1 - genuine), 0.004) / Convert.ToDouble(row[3])));
            Assert.InRange((double)row[2]!, genuine - tolerance, genuine + tolerance);
        }
    }

    [Fact]
    public void Fees_remarks_and_keys_of_parcels_are_alike()
    {
        var rows = World.Rows("""
            SELECT t.empty, avg(CAST(fee AS DOUBLE)), avg((recipient_key IS NULL)::INT), avg((remark IS NULL)::INT), avg(length(waybill_no))
            FROM parcels p JOIN truth_parcels t USING (carrier, waybill_no, created_at) WHERE t.scenario NOT IN ('H16', 'H17', 'H17b', 'A11') GROUP BY ALL ORDER BY 1
            """);
        Assert.InRange((double)rows[1][1]! - (double)rows[0][1]!, -0.25, 0.25);
        Assert.InRange((double)rows[1][2]! - (double)rows[0][2]!, -0.06, 0.06);
        Assert.InRange((double)rows[1][3]! - (double)rows[0][3]!, -0.04, 0.04);
    }

    [Fact]
    public void No_file_of_the_feed_speaks_of_the_truth()
    {
        foreach (var file in Directory.GetFiles(World.Feed))
        {
            var header = File.ReadLines(file).First();
            foreach (var word in new[] { "fake", "scenario", "victim", "empty", "truth", "role" })
                Assert.DoesNotContain(word, header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_naive_rules_do_badly()
    {
        foreach (var seed in new ulong[] { 41, 42, 43 })
        {
            using var made = new MadeWorld(new SimulationOptions(seed, 20_000));
            var findings = Path.Combine(made.Root, "findings");
            Baseline.Rules.Apply(made.Feed, findings);
            var judgement = Evaluation.Evaluator.Judge(made.Truth, findings);
            Assert.True(judgement.AveragePrecision < 0.2, $"seed {seed}: {judgement.AveragePrecision}");
            Assert.True(judgement.WronglyConfirmedPer10000 > 300, $"seed {seed}: {judgement.WronglyConfirmedPer10000}");
        }
    }
}
