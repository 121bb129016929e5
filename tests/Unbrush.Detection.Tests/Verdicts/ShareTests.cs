using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

public sealed class ShareTests
{
    [Fact]
    public void The_interval_holds_the_share_and_stays_within_bounds() =>
        Gen.Select(Gen.Int[1, 10_000], Gen.Double[0, 1]).Sample((n, part) =>
        {
            var share = Share.Of(Math.Floor(n * part), n);
            Assert.InRange(share.Rate, share.Low, share.High);
            Assert.InRange(share.Low, 0, 1);
            Assert.InRange(share.High, 0, 1);
        });

    /// <summary>Wilson's interval for 8 of 10, as in Newcombe (1998), table I rounding.</summary>
    [Fact]
    public void Eight_of_ten_reach_from_49_to_94_percent()
    {
        var share = Share.Of(8, 10);
        Assert.Equal(0.4902, share.Low, 3);
        Assert.Equal(0.9433, share.High, 3);
    }

    [Fact]
    public void Nothing_counted_says_nothing() => Assert.Equal(new(0, 0, 1), Share.Of(0, 0));

    [Fact]
    public void The_same_rate_weighs_more_the_more_was_counted() =>
        Assert.True(Share.Excess(50, 500, 0.01) > 5 * Share.Excess(5, 50, 0.01));

    [Fact]
    public void A_rate_below_the_peers_is_no_excess() => Assert.Equal(0, Share.Excess(1, 1000, 0.01));

    /// <summary>Against the likelihoods themselves: Poisson masses of the count at the observed rate and at the peers'.</summary>
    [Theory]
    [InlineData(5, 100, 0.01)]
    [InlineData(30, 40, 0.1)]
    [InlineData(2, 1, 0.5)]
    public void An_excess_is_ten_times_the_logarithm_of_the_likelihood_ratio(int hits, int n, double peers)
    {
        static double Mass(int k, double mean) => Enumerable.Range(1, k).Aggregate(Math.Exp(-mean), (p, i) => p * mean / i);
        Assert.Equal(10 * Math.Log10(Mass(hits, hits) / Mass(hits, n * peers)), Share.Excess(hits, n, peers), 9);
    }

    [Theory]
    [InlineData(0, 100, 0.01)]
    [InlineData(1, 100, 0.01)] // exactly what the peers have
    [InlineData(5, 100, 0)] // no peers' rate, nothing to compare with
    public void Where_there_is_no_excess_it_is_zero(double hits, long n, double peers) => Assert.Equal(0, Share.Excess(hits, n, peers));
}
