using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>Does a sender ship goods or cover? At most a person's question.</summary>
public sealed class SenderVerdictsTests(VerdictBench bench) : IClassFixture<VerdictBench>
{
    [Theory]
    [InlineData("many_unrelated_shops", 8, "clean")] // a cloud warehouse has many, too
    [InlineData("many_unrelated_shops", 60, "review")] // weight alone condemns no sender
    [InlineData("sender_of_unordered", 6, "review")]
    [InlineData("weight_uncorrelated", 0, "review")]
    [InlineData("registered_warehouse", -8, "clean")]
    public void A_sender_is_never_more_than_a_persons_question(string signal, int decibans, string verdict)
    {
        bench.Lay("CREATE TABLE fact_sender AS SELECT CAST(i AS INTEGER) AS sender_no FROM range(1, 101) t(i)");
        foreach (var sender in (int[])[1, 100])
            bench.Say(signal, sender, decibans);
        SenderVerdicts.Reach(bench.Detector, bench.Store);
        Assert.Equal([verdict], bench.Row("SELECT verdict FROM verdict_sender WHERE sender_no = 1"));
        Assert.Equal([verdict], bench.Row("SELECT verdict FROM verdict_sender WHERE sender_no = 100"));
        Assert.Equal(["98"], bench.Row("SELECT count(*) FROM verdict_sender WHERE verdict = 'clean' AND sender_no NOT IN (1, 100)"));
    }
}
