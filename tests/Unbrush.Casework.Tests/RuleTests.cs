using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Proposals;

namespace Unbrush.Casework.Tests;

/// <summary>What rules are made of, each at its boundary: bounds, intervals, and what was decided before.</summary>
public sealed class RuleTests
{
    private static readonly Subject Shop = Subject.Parse("shop/taobao/s1");

    [Theory]
    [InlineData(4, false, true, false, true)]
    [InlineData(5, true, true, false, false)]
    [InlineData(6, true, false, true, false)]
    public void A_bound_holds_on_its_own_side(int value, bool atLeast, bool atMost, bool moreThan, bool below)
    {
        Assert.Equal(atLeast, new Bounds { AtLeast = new(5) }.Hold(value));
        Assert.Equal(atMost, new Bounds { AtMost = new(5) }.Hold(value));
        Assert.Equal(moreThan, new Bounds { MoreThan = new(5) }.Hold(value));
        Assert.Equal(below, new Bounds { Below = new(5) }.Hold(value));
        Assert.Equal(atLeast && below, new Bounds { AtLeast = new(5), Below = new(5) }.Hold(value));
        Assert.Equal(atLeast, new Bounds { AtLeast = new(0.05m) }.HoldShare(value, 100));
        Assert.Equal(atMost, new Bounds { AtMost = new(0.05m) }.HoldShare(value, 100));
        Assert.Equal(moreThan, new Bounds { MoreThan = new(0.05m) }.HoldShare(value, 100));
        Assert.Equal(below, new Bounds { Below = new(0.05m) }.HoldShare(value, 100));
        Assert.Equal(atMost && moreThan, new Bounds { AtMost = new(0.05m), MoreThan = new(0.05m) }.HoldShare(value, 100));
    }

    [Fact]
    public void A_bound_that_waits_to_be_filled_in_never_holds_and_none_always_does()
    {
        Assert.True(new Bounds().Hold(0));
        Assert.True(new Bounds().HoldShare(0, 1));
        Assert.False(new Bounds().HoldShare(0, 0)); // a share of nothing is no share
        foreach (var blank in (Bounds[])[new() { AtLeast = new(null) }, new() { AtMost = new(null) }, new() { MoreThan = new(null) }, new() { Below = new(null), AtLeast = new(0) }])
        {
            Assert.True(blank.IsBlank);
            Assert.False(blank.Hold(1));
            Assert.False(blank.HoldShare(1, 2));
        }
    }

    /// <summary>Wilson's interval for 8 of 10, as in Newcombe (1998).</summary>
    [Fact]
    public void A_rate_of_eight_in_ten_lies_between_49_and_94_percent()
    {
        Assert.Equal(0.4902m, Wilson.Low(8, 10), 4);
        Assert.Equal(0.9433m, Wilson.High(8, 10), 4);
        Assert.Equal((0m, 1m), (Wilson.Low(0, 0), Wilson.High(0, 0)));
        Assert.Equal((0m, 1m), (Wilson.Low(0, 5), Wilson.High(5, 5)));
    }

    /// <summary>A seller who is told at the very moment of the order did not know of it when it was made.</summary>
    [Theory]
    [InlineData(99, 0, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(101, 1, 0)]
    [InlineData(200, 1, 0)]
    [InlineData(201, 2, 1)]
    public void An_occasion_found_before_the_newest_order_counts_as_a_previous_occurrence(long lastAt, int all, int serious)
    {
        var history = new History();
        history.AddFound("taobao", Shop, new(FoundAt: 100, LastAt: 90, IsSerious: false, Number: 1));
        history.AddFound("taobao", Shop, new(FoundAt: 200, LastAt: 190, IsSerious: true, Number: 2));
        history.AddFound("taobao", Shop, new(FoundAt: 50, LastAt: 40, IsSerious: true, Number: 0)); // protection is no occurrence
        Assert.Equal((all, serious), history.Before("taobao", Shop, lastAt));
        Assert.Equal((0, 0), history.Before("aucl", Shop, lastAt));
        Assert.Equal((0, 0), history.Before("taobao", Subject.Parse("shop/jd/s1"), lastAt));
    }

    [Fact]
    public void What_was_used_or_cleared_on_the_same_evidence_founds_nothing_new()
    {
        var order = new Finding(Subject.Parse("order/taobao/o1"), "s1", "confirmed", 1, null, null, "no_parcel", "d1");
        var history = new History();
        Assert.True(history.IsOpen("taobao", order));
        history.AddCleared("taobao", order.Subject, "d1");
        Assert.False(history.IsOpen("taobao", order));
        Assert.True(history.IsOpen("taobao", order with { Digest = "d2" })); // other evidence
        Assert.True(history.IsOpen("aucl", order)); // another policy decides for itself
        history.AddUsed("taobao", order.Subject);
        Assert.False(history.IsOpen("taobao", order with { Digest = "d2" }));
    }

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void A_facility_is_found_up_to_its_newest_empty_parcel(long lastAt, bool isFound)
    {
        var history = new History();
        history.AddFound("courier", Shop, new(FoundAt: 100, LastAt: 90, IsSerious: false, Number: 1));
        Assert.Equal(isFound, history.IsFoundUpTo("courier", Shop, lastAt));
        Assert.False(History.None.IsFoundUpTo("courier", Shop, lastAt));
    }
}
