using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;

namespace Unbrush.Detection.Tests.Evidence;

public sealed class AppraisalTests
{
    private static readonly EvidenceModel Model = new()
    {
        BaseRate = 0.02,
        BaseRateBounds = [0.001, 0.05],
        StrongEvidence = new() { From = 20, Genuine = 0.0004, Fake = 0.5, FakeWithoutTracks = 0.05, Prior = 200 },
        Context = [new() { Of = "seller", Weight = 10, Cap = [-6, 12] }],
    };

    [Fact]
    public void Weak_evidence_on_many_does_not_raise_the_base_rate()
    {
        var honest = Enumerable.Repeat(0, 10_001).Select((_, i) => Own(i % 4 == 0 ? 900 : -300)).ToArray();
        Assert.Equal(0.001, Appraisal.Of(honest, [], Model).BaseRate);
    }

    [Fact]
    public void The_base_rate_follows_how_many_have_strong_evidence()
    {
        // 104 of 10,000 have it, four of them by chance: 100 halves of 200 fakes, and the 4 of the prior's 200.
        var own = Enumerable.Range(0, 10_001).Select(i => Own(i is > 0 and <= 104 ? 2500 : -300)).ToArray();
        Assert.Equal((200 + 4) / 10_200.0, Appraisal.Of(own, [], Model).BaseRate, 9);
    }

    [Fact]
    public void Where_no_order_tells_much_by_itself_own_evidence_and_surroundings_together_raise_the_base_rate()
    {
        // Twenty shops of twenty orders with 18 dB each among 10,000: no strong evidence, yet shops that stand out whole.
        Weighed[] Orders(int centi) => [default, .. Enumerable.Range(0, 10_000).Select(i => Own(i < 400 ? centi : -300))];
        int[] shops = [0, .. Enumerable.Range(0, 10_000).Select(i => 1 + (i / 20))];
        Assert.Equal(0.001, Appraisal.Of(Orders(1800), [], Model).BaseRate);
        Assert.InRange(Appraisal.Of(Orders(1800), [new(Model.Context[0], shops)], Model).BaseRate, 0.02, 0.05);
        Assert.Equal(0.001, Appraisal.Of(Orders(500), [new(Model.Context[0], shops)], Model).BaseRate);
    }

    [Fact]
    public void What_everybody_shows_is_no_strong_evidence()
    {
        var own = Enumerable.Range(0, 10_001).Select(i => Own(2100)).ToArray();
        Assert.Equal(0.001, Appraisal.Of(own, [], Model).BaseRate);
    }

    [Fact]
    public void A_few_orders_leave_the_base_rate_near_the_prior() =>
        Assert.InRange(Appraisal.Of([default, Own(-300), Own(-300), Own(-300)], [], Model).BaseRate, 0.019, 0.02);

    [Fact]
    public void What_is_said_of_a_whole_group_does_not_come_back_as_its_company()
    {
        // A shop of twenty, each under a tip of 6 dB about the shop; elsewhere a hundred ordinary orders.
        int[] groups = [0, .. Enumerable.Repeat(1, 20), .. Enumerable.Range(2, 100)];
        Weighed[] Orders(int lent) => [default, .. Enumerable.Repeat(new Weighed(600, 1, 0, 0, 600, lent, 600), 20), .. Enumerable.Repeat(Own(-300), 100)];
        int Company(int lent) => Appraisal.Of(Orders(lent), [new(Model.Context[0], groups)], Model).Context[0][1];

        Assert.True(Company(lent: 600) > 300);
        Assert.True(Company(lent: 0) < 300);
    }

    [Fact]
    public void Without_tracks_fakes_seldom_show_strong_evidence()
    {
        var own = Enumerable.Range(0, 10_001).Select(i => Own(i is > 0 and <= 14 ? 2500 : -300) with { Speaking = 1 << (int)Family.Buyers }).ToArray();
        Assert.Equal((200 + 4) / 10_200.0, Appraisal.Of(own, [], Model).BaseRate, 9);
    }

    [Fact]
    public void A_feed_in_which_nothing_ever_speaks_stays_at_the_prior() =>
        Assert.Equal(0.02, Appraisal.Of([.. Enumerable.Repeat(Own(50) with { Speaking = 0 }, 10_001)], [], Model).BaseRate);

    [Theory]
    [InlineData(2000, 204 / 10_200.0)] // twenty decibans are strong
    [InlineData(1999, 0.001)]
    public void Evidence_is_strong_from_its_threshold_on(int centi, double rate)
    {
        var own = Enumerable.Range(0, 10_001).Select(i => Own(i is > 10_000 - 104 ? centi : -300)).ToArray();
        Assert.Equal(rate, Appraisal.Of(own, [], Model).BaseRate, 9);
    }

    [Fact]
    public void The_total_is_base_rate_own_evidence_and_surroundings_and_the_score_its_calibrated_odds()
    {
        // What most show, 1 dB, is no evidence against anybody.
        var own = Enumerable.Range(0, 1001).Select(i => Own(i <= 20 ? 900 : i <= 900 ? 100 : -500)).ToArray();
        int[] groups = [0, .. Enumerable.Range(1, 1000).Select(i => i <= 20 ? 1 : 2 + (i % 40))];
        var model = new EvidenceModel { BaseRate = Model.BaseRate, BaseRateBounds = Model.BaseRateBounds, StrongEvidence = Model.StrongEvidence, ContextRounds = 1, Calibration = [[-40, -50], [40, 30]] };
        var appraisal = Appraisal.Of(own, [new(Model.Context[0], groups)], model);
        var lent = new int[1001];
        ContextPrior.LeaveOneOut(groups.AsSpan(1), [.. own.Skip(1).Select(w => (int)(new Decibans(appraisal.BaseCenti + w.Centi).ToProbability() * ContextPrior.One))], Model.Context[0], lent.AsSpan(1));
        Assert.Equal(lent, appraisal.Context[0]);
        Assert.Equal(Decibans.OfProbability(appraisal.BaseRate).Centi - 100, appraisal.BaseCenti);
        Assert.True(appraisal.Context[0][1] > 0 && appraisal.Context[0][950] < 0);
        for (var i = 1; i <= 1000; i++)
        {
            Assert.Equal(appraisal.BaseCenti + own[i].Centi + appraisal.Context[0][i], appraisal.Total[i]);
            Assert.Equal(1 / (1 + Math.Pow(10, -((appraisal.Total[i] / 100.0) - 10) / 10)), appraisal.Score[i], 3);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_strongest_surroundings_count_whole_and_the_next_less_for_and_against_apart(int many)
    {
        // Every subject stands in a group of each kind; each kind alone lends undamped.
        var random = Enumerable.Range(0, 400).Select(i => (i * 7919) % 400).ToArray();
        var own = new Weighed[401];
        for (var i = 1; i <= 400; i++)
            own[i] = Own((random[i - 1] - 250) * 10);
        var kinds = new[] { 12, 9, 25, 31 }.Take(many).Select((of, s) => new Surroundings(new() { Of = $"kind{s}", Weight = 3, Cap = [-8, 12] }, [0, .. Enumerable.Range(1, 400).Select(i => 1 + (((random[i - 1] / of) + (s * 3)) % 13))])).ToArray();
        var model = new EvidenceModel { BaseRate = 0.02, StrongEvidence = Model.StrongEvidence, Damping = [1, 0.5, 0.25], ContextRounds = 1 };
        var alone = kinds.Select(k => Appraisal.Of(own, [k], model).Context[0]).ToArray();
        var together = Appraisal.Of(own, kinds, model).Context;
        for (var i = 1; i <= 400; i++)
        {
            foreach (var side in Enumerable.Range(0, many).GroupBy(s => alone[s][i] >= 0))
            {
                var rank = 0;
                foreach (var s in side.OrderByDescending(s => Math.Abs(alone[s][i])))
                    Assert.Equal((int)Math.Round(alone[s][i] * model.Damping[Math.Min(rank++, 2)], MidpointRounding.AwayFromZero), together[s][i]);
            }
        }

        Assert.Contains(Enumerable.Range(1, 400), i => alone.Count(a => a[i] > 0) >= Math.Min(many, 3));
        Assert.Contains(Enumerable.Range(1, 400), i => alone.Count(a => a[i] < 0) >= Math.Min(many, 3));
    }

    [Fact]
    public void In_the_second_round_brushers_name_their_shop_and_the_shop_its_other_brushers()
    {
        // Buyer 1 bought, with strong evidence, at many shops; once also at shop 1, where he alone links to buyer 2's single order.
        var own = Enumerable.Range(0, 601).Select(i => Own(i is >= 1 and <= 10 ? 2500 : -300)).ToArray();
        int[] buyers = [0, .. Enumerable.Range(1, 600).Select(i => i <= 11 ? 1 : i + 100)];
        int[] shops = [0, .. Enumerable.Range(1, 600).Select(i => i is 11 or 12 ? 1 : 2 + (i % 50))];
        int Lent(int rounds) => Appraisal.Of(own, [new(new() { Of = "buyer", Weight = 4, Cap = [-3, 10] }, buyers), new(new() { Of = "seller", Weight = 2, Cap = [-6, 12] }, shops)], new() { BaseRate = 0.02, StrongEvidence = Model.StrongEvidence, ContextRounds = rounds }).Context[1][12];
        Assert.True(Lent(1) <= 0);
        Assert.True(Lent(2) > 200);
        Assert.True(Lent(3) > 0);
    }

    /// <summary>Nobody, who stands at index 0, was counted among the members: in a feed of four he drew the mean down by a fifth.</summary>
    [Fact]
    public void In_a_small_feed_in_which_everybody_looks_alike_no_group_lends_anything() =>
        Assert.Equal([0, 0, 0, 0, 0], Appraisal.Of([default, Own(500), Own(500), Own(500), Own(500)], [new(Model.Context[0], [0, 1, 1, 1, 1])], Model).Context[0]);

    [Fact]
    public void Nobody_is_appraised_in_an_empty_feed() => Assert.Equal([0.0], Appraisal.Of(new Weighed[1], [], Model).Score);

    [Fact]
    public void What_the_typical_subject_shows_is_the_median_and_never_an_excuse()
    {
        Assert.Equal(Decibans.OfProbability(0.02).Centi - 200, Start(200, 700, -300));
        Assert.Equal(Decibans.OfProbability(0.02).Centi, Start(-100, 900, -200)); // what speaks for most makes nobody else look worse

        static int Start(params int[] centi) => Appraisal.Of([default, .. centi.Select(c => Own(c) with { Speaking = 0 })], [], Model).BaseCenti;
    }

    private static Weighed Own(int centi) => new(centi, 1 << (int)Family.Logistics, 0, 0, Math.Max(0, centi), centi, 0);
}
