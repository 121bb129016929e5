using Unbrush.Core;
using Unbrush.Simulation.Evaluation;

namespace Unbrush.Simulation.Tests;

public sealed class EvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-judge-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Average_precision_is_what_brute_force_over_thresholds_gives() =>
        Gen.Select(Gen.Int[0, 6], Gen.Bool).Array[1, 60].Sample(items =>
        {
            var scored = items.Select(i => (Score: i.Item1 / 6.0, Guilty: i.Item2 ? 1L : 0L, All: 1L)).ToList();
            var guilty = items.Count(i => i.Item2);
            var expected = 0.0;
            var before = 0.0;
            foreach (var threshold in scored.Select(s => s.Score).Distinct().OrderDescending())
            {
                var above = items.Where(i => i.Item1 / 6.0 >= threshold).ToList();
                var recall = guilty == 0 ? 0 : (double)above.Count(i => i.Item2) / guilty;
                expected += (recall - before) * above.Count(i => i.Item2) / above.Count;
                before = recall;
            }

            var actual = Ranking.AveragePrecision(scored);
            if (guilty == 0)
                Assert.Null(actual);
            else
                Assert.Equal(expected, actual!.Value, 10);
        });

    [Fact]
    public void One_score_for_all_gives_the_base_rate() =>
        Assert.Equal(0.1, Ranking.AveragePrecision([(0.5, 10, 100)])!.Value, 10);

    [Fact]
    public void Everything_is_counted_on_a_hand_made_case()
    {
        Write("t/truth_orders", """
            platform,order_id,fake,victim,judged,scenario,role
            p,1,1,0,1,A1,brushed
            p,2,1,0,1,A1,brushed
            p,3,0,0,1,plain,genuine
            p,4,0,0,1,plain,genuine
            p,5,0,1,0,A13,hostile
            p,6,0,0,1,H7,genuine
            """);
        Write("t/truth_parcels", "carrier,waybill_no,created_at,empty,content,scenario\nc,01,2026-01-01 00:00:00,1,nothing,A1\nc,02,2026-01-01 00:00:00,0,goods,plain\nc,03,2026-01-01 00:00:00,1,nothing,A1\n");
        Write("t/truth_sellers", "platform,seller_id,brushing,victim,look_alike,orders,fakes\np,bad,1,0,,9,9\np,good,0,0,,9,0\np,hit,0,1,,9,0\np,told,0,0,,9,0\n");
        Write("t/truth_facilities", "carrier,facility_id,kind,sells_empties,degree,scenario,look_alike,parcels,empties\nc,O1,outlet,1,0.5,A1,,10,5\nc,O2,outlet,0,0,,,10,0\nc,O3,outlet,0,0,,H17b,10,0\n");
        Write("t/truth_buyers", "platform,buyer_id,role\np,b1,victim\np,b2,brusher\n");
        Write("f/orders", """
            platform,order_id,verdict,score
            p,1,confirmed,0.95
            p,2,review,0.65
            p,3,confirmed,0.85
            p,4,clean,0.05
            p,5,confirmed,0.9
            p,9,clean,0.1
            """);
        Write("f/parcels", "carrier,waybill_no,created_at,verdict\nc,01,2025-12-31T16:00:00Z,no_physical_parcel\nc,02,2025-12-31T16:00:00Z,no_physical_parcel\n");
        Write("f/sellers", "platform,seller_id,proposals\np,bad,\"[{\"\"code\"\":\"\"close_shop\"\"}]\"\np,good,\"[{\"\"code\"\":\"\"demote_shop\"\"}]\"\np,hit,\"[{\"\"code\"\":\"\"refer_regulator\"\"}]\"\np,told,\"[{\"\"code\"\":\"\"exclude_orders\"\"},{\"\"code\"\":\"\"request_explanation\"\"}]\"\n");
        Write("f/facilities", "carrier,facility_id,rank,rate,proposals\nc,O1,2,0.1,\nc,O2,1,0.2,\"[{\"\"code\"\":\"\"fine\"\"}]\"\nc,O3,3,0,\"[{\"\"code\"\":\"\"warn\"\"}]\"\n");
        Write("f/buyers", "platform,buyer_id,role\np,b1,brusher\np,b2,brusher\n");

        var j = Evaluator.Judge(Path.Combine(_folder, "t"), Path.Combine(_folder, "f"));

        Assert.Equal((5, 2), (j.Orders, j.Fakes));
        Assert.Equal((1 + (2.0 / 3)) / 2, j.AveragePrecision!.Value, 10);
        Assert.Equal(0.5, j.ConfirmedPrecision);
        Assert.Equal(0.5, j.ConfirmedRecall);
        Assert.Equal(1, j.CaughtRecall);
        Assert.Equal(0, j.GenuineInReview);
        Assert.Equal(1, j.WronglyConfirmed);
        Assert.Equal(10_000 / 3.0, j.WronglyConfirmedPer10000!.Value, 6);
        Assert.Equal((0.05 + 0.35 + 0.85 + 0.05) / 5, j.CalibrationError, 10);
        Assert.Equal((0.5, 0.5), (j.ParcelPrecision, j.ParcelRecall));
        Assert.Equal(0.5, j.OutletAveragePrecision);
        Assert.Equal(["p/good", "p/hit"], j.HonestSellersPunished);
        Assert.Equal(3, j.HonestSellers);
        Assert.Equal(["c/O2"], j.HonestFacilitiesPunished);
        Assert.Equal(1, j.HonestFacilities);
        Assert.Equal(["order p/5", "seller p/hit", "buyer p/b1"], j.VictimsPunished);
        Assert.Equal(1, j.UnknownOrders);
        Assert.Equal(4, j.Scenarios.Count);
        Assert.Equal(0.5, j.Scenarios.Single(s => s.Scenario == "A1").Confirmed);
    }

    [Fact]
    public void Parquet_findings_come_before_csv()
    {
        Write("t/truth_orders", "platform,order_id,fake,victim,judged,scenario,role\np,1,1,0,1,A1,brushed\np,2,0,0,1,plain,genuine\n");
        Write("f/orders", "platform,order_id,verdict,score\np,1,clean,0\np,2,confirmed,1\n");
        using (var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY (SELECT * FROM (VALUES ('p', '1', 'confirmed', 1.0), ('p', '2', 'clean', 0.0)) v(platform, order_id, verdict, score)) TO '{_folder}/f/orders.parquet'";
            command.ExecuteNonQuery();
        }

        var j = Evaluator.Judge(Path.Combine(_folder, "t"), Path.Combine(_folder, "f"));
        Assert.Equal(1, j.AveragePrecision);
        Assert.Equal(0, j.WronglyConfirmed);
        Assert.Null(j.OutletAveragePrecision);
    }

    [Fact]
    public void A_missing_table_is_said_with_its_folder()
    {
        Write("t/truth_orders", "platform,order_id,fake,victim,judged,scenario,role\n");
        Directory.CreateDirectory(Path.Combine(_folder, "f"));
        var error = Assert.Throws<UnbrushException>(() => Evaluator.Judge(Path.Combine(_folder, "t"), Path.Combine(_folder, "f")));
        Assert.Equal(ExitCode.Unreadable, error.Code);
        Assert.Contains("orders.parquet", error.Sentence.En, StringComparison.Ordinal);
        Assert.Contains("orders.csv", error.Sentence.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_table_is_said_with_the_mend()
    {
        Write("t/truth_orders", "platform,order_id\np,1\n");
        Write("f/orders", "platform,order_id,verdict,score\np,1,clean,0\n");
        var error = Assert.Throws<UnbrushException>(() => Evaluator.Judge(Path.Combine(_folder, "t"), Path.Combine(_folder, "f")));
        Assert.Equal(ExitCode.Unreadable, error.Code);
    }

    private void Write(string stem, string csv)
    {
        var path = Path.Combine(_folder, stem + ".csv");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, csv);
    }
}
