using System.Text.Json;
using Unbrush.Core;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>What puts an outlet before a person and what does not, at each boundary: never the bare count.</summary>
public sealed class FacilityVerdictsTests(VerdictBench bench) : IClassFixture<VerdictBench>
{
    [Theory]
    [InlineData(0, 1000, "clean")]
    [InlineData(4, 4, "watch")] // four are no pattern, whatever their share
    [InlineData(5, 5, "review")]
    [InlineData(5, 5118, "review")]
    [InlineData(5, 5119, "watch")] // as many are wrongly found at an outlet of that size
    public void An_outlet_is_judged_by_how_far_it_exceeds_what_chance_gives_at_its_size(int empties, int parcels, string verdict)
    {
        Outlets((empties, parcels), (0, 20000));
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Equal(verdict == "review", Codes(row).Contains("warn"));
        Assert.Equal(verdict == "review", Codes(row).Contains("fine"));
        Assert.Equal(verdict == "review", Codes(row).Contains("refer_headquarters"));
        Assert.Equal(verdict != "review", Codes(row).Length == 0);
    }

    [Theory]
    [InlineData(323, "review")] // the interval begins at 12.92 %, just above twice what the peers have
    [InlineData(324, "watch")] // and just below
    public void What_the_whole_carrier_does_singles_no_outlet_out(int peersEmpties, string verdict)
    {
        Outlets((150, 1000), (peersEmpties, 5000));
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Equal(peersEmpties / 5000.0, double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), 6);
    }

    [Theory]
    [InlineData(10, "review")]
    [InlineData(9, "watch")] // too few places to say that the worst of them is the odd one
    public void One_outlet_that_makes_most_of_the_others_empties_is_nobodys_peer(int places, string verdict)
    {
        Outlets([(8, 70), (400, 600), .. Enumerable.Repeat((0, 100), places - 1)]);
        Assert.Equal(verdict, Of()[0]);
        Outlets([(8, 70), (19, 600), .. Enumerable.Repeat((0, 100), places - 1)]); // of a handful one place has most by chance
        Assert.NotEqual("0", Of()[1]);
    }

    [Fact]
    public void Another_carriers_outlets_are_no_peers()
    {
        Outlets((150, 1000), (324, 5000));
        bench.Store.Execute("UPDATE fact_facility SET carrier = 'sto' WHERE facility_no = 2");
        Assert.Equal(["review", "0"], Of()[..2]);
    }

    [Fact]
    public void What_a_centre_weighed_left_the_outlet_and_is_no_number_sold()
    {
        Outlets((60, 100), (0, 5000));
        bench.Store.Execute("UPDATE fact_parcel SET centre_weighings = 1 WHERE origin_no = 1");
        Assert.Equal("watch", Of()[0]);
        Assert.Empty(Codes(Of()));
    }

    [Fact]
    public void A_parcel_counts_where_it_entered_the_network_and_one_of_unknown_origin_nowhere()
    {
        Outlets((3, 10), (0, 50));
        bench.Store.Execute("UPDATE fact_parcel SET origin_no = NULL WHERE parcel_no = 1");
        Assert.Equal(["9", "2"], Row("SELECT parcels, empties FROM verdict_facility WHERE facility_no = 1"));
    }

    [Theory]
    [InlineData(0.0999, "clean")] // what is not even watched adds up to nothing
    [InlineData(0.1, "watch")]
    public void Many_parcels_that_a_person_must_look_at_put_an_outlet_on_watch_and_accuse_it_of_nothing(double score, string verdict)
    {
        Outlets((0, 1000), (0, 5000));
        bench.Store.Execute(FormattableString.Invariant($"UPDATE verdict_parcel SET verdict = 'review', score = {score} WHERE parcel_no <= 200"));
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Empty(Codes(row));
    }

    [Theory]
    [InlineData(28, 0, "clean")]
    [InlineData(29, 0, "watch")]
    [InlineData(57, 1, "clean")] // an empty bag that a centre weighed is half the outlet's doing
    [InlineData(58, 1, "watch")]
    public void Suspicion_adds_up_and_counts_half_where_a_centre_weighed_the_bag(int doubtful, int weighings, string verdict)
    {
        Outlets((0, 1000), (0, 5000));
        bench.Store.Execute($"UPDATE verdict_parcel SET verdict = 'review', score = 0.1 WHERE parcel_no <= {doubtful}; UPDATE fact_parcel SET centre_weighings = {weighings}");
        Assert.Equal(verdict, Of()[0]);
    }

    [Theory]
    [InlineData("early_signing_outlet_wide", 0, "review", "request_explanation")]
    [InlineData("unbalanced_centre", 10, "review", "request_explanation")]
    [InlineData("unbalanced_centre", 9, "clean", "")]
    [InlineData("rounds_weights", 0, "data_quality", "")]
    public void What_is_said_of_the_outlet_itself_asks_and_does_not_punish(string signal, int decibans, string verdict, string codes)
    {
        Outlets((0, 1000), (0, 5000));
        bench.Say(signal, 1, decibans);
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Equal(codes, string.Join(',', Codes(row)));
    }

    [Fact]
    public void The_rank_goes_by_excess_times_rate_and_not_by_the_bare_count()
    {
        // A large outlet with as many as its peers, a small one nearly all of whose parcels are empty, and one between; the others are as good as each other.
        Outlets((60, 60000), (30, 40), (40, 400), (0, 50), (0, 50));
        Assert.Equal(["3,1,2,4,5"], Row("SELECT string_agg(rank, ',' ORDER BY facility_no) FROM verdict_facility"));
    }

    [Fact]
    public void Completeness_is_what_is_present_of_what_was_expected_on_all_days()
    {
        Outlets((0, 10), (0, 10));
        bench.Store.Execute("INSERT INTO fact_outlet_day VALUES (1, 100, 40), (1, 300, 300), (2, 0, 0)");
        Assert.Equal(["0.85", "1"], Row("SELECT max(complete) FILTER (WHERE facility_no = 1), max(complete) FILTER (WHERE facility_no = 2) FROM verdict_facility"));
    }

    [Theory]
    [InlineData(60, true, "review")]
    [InlineData(4, true, "clean")] // four are no pattern
    [InlineData(60, false, "clean")] // that they were empty shows elsewhere: the place signed for what it was brought
    public void A_place_that_signs_for_empties_by_itself_is_to_be_fined_though_they_came_from_others(int empties, bool showsInSigning, string verdict)
    {
        Outlets((0, 100), (60, 5000));
        var signal = bench.Detector.Catalogue.NumberOf(showsInSigning ? "signed_on_arrival" : "weighing_missing");
        bench.Store.Execute($"""
            UPDATE fact_parcel SET delivered_no = CASE WHEN parcel_no BETWEEN 101 AND {100 + empties} THEN 1 ELSE 2 END;
            INSERT INTO evidence_parcel SELECT {signal}, parcel_no, 1, 0, true, 900, NULL FROM verdict_parcel WHERE verdict = 'no_physical_parcel'
            """);
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Equal(verdict == "review", Codes(row).Contains("fine"));
        Assert.Equal(verdict == "review" ? "request_explanation,warn,fine,refer_headquarters" : "", string.Join(',', Codes(row)));
    }

    [Theory]
    [InlineData(100, 0.0499, "warn,fine,refer_headquarters")]
    [InlineData(100, 0.05, "warn,fine,block_stock,refer_headquarters")]
    [InlineData(500, 0.1999, "warn,fine,block_stock,refer_headquarters")]
    [InlineData(99, 0.2, "warn,fine,block_stock,refer_headquarters")]
    [InlineData(100, 0.2, "warn,fine,block_stock,suspend_facility,refer_headquarters")]
    [InlineData(499, 0.2, "warn,fine,block_stock,suspend_facility,refer_headquarters")]
    [InlineData(500, 0.2, "warn,fine,block_stock,suspend_facility,expel_facility,refer_headquarters")]
    [InlineData(100, 0.1, "warn,fine,block_stock,suspend_facility,expel_facility,refer_headquarters", true)]
    [InlineData(99, 0.2, "warn,fine,block_stock,refer_headquarters", true)]
    [InlineData(500, 0.0999, "warn,fine,block_stock,refer_headquarters", true)]
    public void The_harder_measures_need_a_sure_rate_and_a_count_which_are_less_where_people_tell_of_it(long empties, double low, string codes, bool isTold = false)
    {
        var row = new[] { "", "", Proposals.ForFacility(empties, new(0.3, low, 0.5), 0.01, isTold, Language.En) };
        Assert.Equal(codes, string.Join(',', Codes(row)));
        Assert.Contains($"{empties} parcels that never travelled", row[2], StringComparison.Ordinal);
        Assert.Contains($"有 {empties} 个包裹并未实际运输", Proposals.ForFacility(empties, new(0.3, low, 0.5), 0.01, isTold, Language.Zh), StringComparison.Ordinal);
    }

    /// <summary>Outlets of one carrier, each with so many empty parcels of so many.</summary>
    private void Outlets(params (int Empties, int Parcels)[] outlets)
    {
        bench.Lay("""
            CREATE TABLE fact_facility (facility_no INTEGER, carrier VARCHAR);
            CREATE TABLE fact_parcel (parcel_no INTEGER, origin_no INTEGER, delivered_no INTEGER, centre_weighings INTEGER);
            CREATE TABLE verdict_parcel (parcel_no INTEGER, score DOUBLE, verdict VARCHAR);
            CREATE TABLE fact_outlet_day (facility_no INTEGER, expected INTEGER, present INTEGER);
            """);
        var parcel = 0;
        for (var i = 0; i < outlets.Length; i++)
        {
            bench.Store.Execute($"""
                INSERT INTO fact_facility VALUES ({i + 1}, 'zto');
                INSERT INTO fact_parcel SELECT i + {parcel + 1}, {i + 1}, NULL, 0 FROM range({outlets[i].Parcels}) t(i);
                INSERT INTO verdict_parcel SELECT i + {parcel + 1}, CASE WHEN i < {outlets[i].Empties} THEN 1 ELSE 0.01 END, CASE WHEN i < {outlets[i].Empties} THEN 'no_physical_parcel' ELSE 'physical' END FROM range({outlets[i].Parcels}) t(i);
                """);
            parcel += outlets[i].Parcels;
        }
    }

    private string[] Of() => Row("SELECT verdict, peer_rate, proposals FROM verdict_facility WHERE facility_no = 1");

    private string[] Row(string sql)
    {
        FacilityVerdicts.Reach(bench.Detector, bench.Store);
        return bench.Row(sql);
    }

    private static string[] Codes(string[] row) =>
        [.. JsonDocument.Parse(row[2]).RootElement.EnumerateArray().Select(p => p.GetProperty("code").GetString()!)];
}
