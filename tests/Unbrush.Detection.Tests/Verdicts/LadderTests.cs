using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

public sealed class LadderTests
{
    private static readonly Thresholds Rungs = new() { Watch = 0.1, Review = 0.5, Confirmed = 0.99 };

    [Theory]
    [InlineData(2, 1, 0.995, Verdict.Confirmed)]
    [InlineData(1, 2, 0.995, Verdict.Review)] // one family, however many contradictions
    [InlineData(3, 0, 0.999, Verdict.Review)] // weight alone never confirms
    [InlineData(2, 1, 0.98, Verdict.Review)]
    [InlineData(0, 0, 0.49, Verdict.Watch)]
    [InlineData(0, 0, 0.09, Verdict.Clean)]
    public void An_order_needs_two_families_and_a_contradiction(byte families, byte hard, double score, Verdict expected) =>
        Assert.Equal(expected, Ladder.OfOrder(Of(0, families, hard), score, Rungs));

    [Fact]
    public void A_closed_money_loop_stands_in_for_a_contradiction() =>
        Assert.Equal(Verdict.Confirmed, Ladder.OfOrder(Of(0, 2, 0, Effect.ClosedLoop), 0.999, Rungs));

    [Fact]
    public void Who_complains_is_a_victim_whatever_weighs_against_the_order() =>
        Assert.Equal(Verdict.Victim, Ladder.OfOrder(Of(9000, 4, 3, Effect.Victim), 0.9999, Rungs));

    [Theory]
    [InlineData(2, 0.999, ParcelVerdict.NoPhysicalParcel)]
    [InlineData(1, 0.999, ParcelVerdict.Review)] // one contradiction asks a person
    [InlineData(2, 0.98, ParcelVerdict.Review)]
    [InlineData(0, 0.2, ParcelVerdict.Physical)]
    public void A_parcel_needs_two_independent_contradictions(byte hard, double score, ParcelVerdict expected) =>
        Assert.Equal(expected, Ladder.OfParcel(Of(0, 1, hard), score, isKnown: true, Rungs));

    [Fact]
    public void A_parcel_without_a_scan_is_unknown() =>
        Assert.Equal(ParcelVerdict.Unknown, Ladder.OfParcel(default, 0.02, isKnown: false, Rungs));

    [Fact]
    public void Data_that_cannot_carry_a_verdict_say_so_instead_of_clean() =>
        Assert.Equal(Verdict.DataQuality, Ladder.OfOrder(Of(0, 0, 0, Effect.DataQuality), 0.05, Rungs));

    [Fact]
    public void Worse_evidence_never_gives_a_better_verdict() =>
        Gen.Select(Gen.Byte[0, 4], Gen.Byte[0, 3], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((families, hard, a, b) =>
            Assert.True(Ladder.OfOrder(Of(0, families, hard), Math.Min(a, b), Rungs) <= Ladder.OfOrder(Of(0, families, hard), Math.Max(a, b), Rungs)));

    [Theory]
    [InlineData(400, Verdict.Confirmed)]
    [InlineData(399, Verdict.Review)] // no parcel came, and nothing but that is said against the sale: the buyer may have been robbed
    public void An_order_needs_evidence_against_the_sale_itself(int sale, Verdict expected) =>
        Assert.Equal(expected, Ladder.OfOrder(new(4000, 0b11, 2, 0, 2000, 4000, sale), 0.999, new() { Watch = 0.1, Review = 0.5, Confirmed = 0.99, OwnEvidence = 26, SaleEvidence = 4 }));

    [Theory]
    [InlineData(2600, Verdict.Confirmed)]
    [InlineData(2599, Verdict.Review)] // nobody is convicted by the company that he is in
    public void An_order_needs_evidence_of_its_own(int own, Verdict expected) =>
        Assert.Equal(expected, Ladder.OfOrder(new(own, 0b11, 2, 0, 2000, own, 2000), 0.999, new() { Watch = 0.1, Review = 0.5, Confirmed = 0.99, OwnEvidence = 26, SaleEvidence = 4 }));

    [Fact]
    public void An_order_on_which_anothers_name_may_stand_is_never_confirmed() =>
        Assert.Equal(Verdict.Review, Ladder.OfOrder(Of(9000, 4, 3, Effect.HoldsBack), 0.9999, Rungs));

    [Fact]
    public void What_an_innocent_cause_explains_stays_clean_whatever_weighs_against_it()
    {
        Assert.Equal(Verdict.Clean, Ladder.OfOrder(Of(9000, 4, 3, Effect.Clears), 0.9999, Rungs));
        Assert.Equal(ParcelVerdict.Physical, Ladder.OfParcel(Of(9000, 1, 3, Effect.Clears), 0.9999, isKnown: false, Rungs));
        Assert.Equal(Verdict.Clean, Ladder.OfMany(Of(9000, 4, 3, Effect.Clears), 0.9999, Rungs));
    }

    [Fact]
    public void What_is_said_of_a_whole_shop_is_half_its_orders_own()
    {
        var rungs = new Thresholds { Watch = 0.1, Review = 0.5, Confirmed = 0.99, OwnEvidence = 26, SaleEvidence = 4 };
        Assert.Equal(Verdict.Review, Ladder.OfOrder(new(3400, 0b11, 1, 0, 1500, 1798, 1500), 0.999, rungs));
        Assert.Equal(Verdict.Confirmed, Ladder.OfOrder(new(3400, 0b11, 1, 0, 1500, 1800, 1500), 0.999, rungs));
    }

    [Theory]
    [InlineData(0.99, Verdict.Confirmed, ParcelVerdict.NoPhysicalParcel)]
    [InlineData(0.9899, Verdict.Review, ParcelVerdict.Review)]
    [InlineData(0.5, Verdict.Review, ParcelVerdict.Review)]
    [InlineData(0.4999, Verdict.Watch, ParcelVerdict.Physical)]
    [InlineData(0.1, Verdict.Watch, ParcelVerdict.Physical)]
    [InlineData(0.0999, Verdict.Clean, ParcelVerdict.Physical)]
    public void Each_rung_begins_at_its_threshold(double score, Verdict order, ParcelVerdict parcel)
    {
        Assert.Equal(order, Ladder.OfOrder(Of(0, 2, 2), score, Rungs));
        Assert.Equal(parcel, Ladder.OfParcel(Of(0, 1, 2), score, isKnown: true, Rungs));
        Assert.Equal(order == Verdict.Confirmed ? Verdict.Review : order, Ladder.OfMany(Of(9000, 4, 3), score, Rungs)); // who stands for many is never confirmed by a score
    }

    [Theory]
    [InlineData(Effect.AsksReview, 0.01, Verdict.Review)] // a person looks, whatever the weight
    [InlineData(Effect.DataQuality, 0.49, Verdict.DataQuality)]
    [InlineData(Effect.DataQuality, 0.5, Verdict.Review)]
    public void An_effect_stands_where_the_score_alone_does_not_reach(Effect effect, double score, Verdict expected)
    {
        Assert.Equal(expected, Ladder.OfOrder(Of(0, 1, 0, effect), score, Rungs));
        Assert.Equal(expected, Ladder.OfMany(Of(0, 1, 0, effect), score, Rungs));
        Assert.Equal(expected == Verdict.Review ? ParcelVerdict.Review : ParcelVerdict.DataQuality, Ladder.OfParcel(Of(0, 1, 0, effect), score, isKnown: true, Rungs));
    }

    [Theory]
    [InlineData(2000, ParcelVerdict.NoPhysicalParcel)]
    [InlineData(1999, ParcelVerdict.Review)] // an outlet's bad name alone empties no parcel
    public void A_parcel_needs_evidence_of_its_own(int own, ParcelVerdict expected) =>
        Assert.Equal(expected, Ladder.OfParcel(Of(own, 1, 2), 0.999, isKnown: true, new() { Watch = 0.1, Review = 0.5, Confirmed = 0.99, OwnEvidence = 20 }));

    [Theory]
    [InlineData(2600, Verdict.Confirmed)]
    [InlineData(2599, Verdict.Review)]
    public void A_sale_that_stands_condemned_by_itself_is_not_redeemed_by_a_parcel_that_travelled(int sale, Verdict expected) =>
        Assert.Equal(expected, Ladder.OfOrder(new(1000, 0b110, 0, 1 << (int)Effect.ClosedLoop, 2000, 1000, sale), 0.999, new() { Watch = 0.1, Review = 0.5, Confirmed = 0.99, OwnEvidence = 26, SaleEvidence = 4 }));

    private static Weighed Of(int centi, byte families, byte hard, Effect effect = Effect.None) =>
        new(centi, (byte)((1 << families) - 1), hard, (byte)(effect == Effect.None ? 0 : 1 << (int)effect), 0, centi, 0);
}
