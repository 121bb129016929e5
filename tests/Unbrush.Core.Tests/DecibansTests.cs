using Unbrush.Core.Evidence;

namespace Unbrush.Core.Tests;

public sealed class DecibansTests
{
    [Fact]
    public void Ten_decibans_multiply_the_odds_by_ten()
    {
        var even = Decibans.OfProbability(0.5);
        Assert.Equal(Decibans.Zero, even);
        Assert.Equal(10.0 / 11, (even + Decibans.Of(10)).ToProbability(), 12);
    }

    [Fact]
    public void Sums_do_not_depend_on_order() =>
        Gen.Double[-50, 50].Array[1, 50].Sample(weights =>
        {
            var forward = weights.Select(Decibans.Of).Aggregate(Decibans.Zero, (a, b) => a + b);
            var backward = weights.Reverse().Select(Decibans.Of).Aggregate(Decibans.Zero, (a, b) => a + b);
            Assert.Equal(forward, backward);
        });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1001)]
    public void A_weight_beyond_reason_is_refused(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Decibans.Of(weight));
}
