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

    private static Weighed Own(int centi) => new(centi, 1 << (int)Family.Logistics, 0, 0, Math.Max(0, centi), centi, 0);
}
