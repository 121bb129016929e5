using System.Globalization;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>A review goes with its order; by itself it at most asks for a person.</summary>
public sealed class ReviewVerdictsTests(VerdictBench bench) : IClassFixture<VerdictBench>
{
    [Theory]
    [InlineData("confirmed", 0.99, "confirmed")]
    [InlineData("victim", 0.05, "victim")]
    [InlineData("review", 0.6, "review")]
    [InlineData("watch", 0.07, "watch")]
    [InlineData("clean", 0.01, "clean")]
    [InlineData("clean", 0.9, "review")]
    public void A_review_goes_with_its_order(string order, double score, string verdict)
    {
        Reviews();
        bench.Store.Execute(FormattableString.Invariant($"INSERT INTO verdict_order VALUES (7, {score}, '{order}')"));
        bench.Store.Execute("UPDATE fact_review SET order_no = 7 WHERE review_no = 1000");
        var row = Of();
        Assert.Equal(verdict, row[0]);
        Assert.Equal(row, bench.Row("SELECT verdict, score FROM verdict_review WHERE review_no = 1000"));
        if (verdict != "victim")
            Assert.Equal(score, double.Parse(row[1], CultureInfo.InvariantCulture), 2);
    }

    [Fact]
    public void A_victims_order_lends_its_review_no_score()
    {
        Reviews();
        var alone = double.Parse(Of()[1], CultureInfo.InvariantCulture);
        bench.Store.Execute("INSERT INTO verdict_order VALUES (7, 0.9, 'victim')");
        Assert.Equal(alone, double.Parse(Of()[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_review_without_an_order_is_never_more_than_a_persons_question()
    {
        Reviews();
        bench.Store.Execute("UPDATE fact_review SET order_no = NULL WHERE review_no = 1");
        Assert.Equal("clean", Of()[0]);
        bench.Say("near_duplicate_text", 1, 60, hard: true);
        Assert.Equal("review", Of()[0]);
    }

    [Fact]
    public void What_half_of_all_reviews_show_says_nothing_of_one()
    {
        Reviews();
        for (var review = 1; review <= 500; review++)
            bench.Say("near_duplicate_text", review, 60);
        Assert.Equal("clean", Of()[0]);
    }

    /// <summary>A thousand reviews, the first of order 7.</summary>
    private void Reviews() => bench.Lay("""
        CREATE TABLE fact_review AS
          SELECT CAST(i AS INTEGER) AS review_no, CASE WHEN i = 1 THEN 7 END AS order_no, CAST(NULL AS UBIGINT) AS listing, CAST(NULL AS INTEGER) AS buyer_no FROM range(1, 1001) t(i);
        CREATE TABLE verdict_order (order_no INTEGER, score DOUBLE, verdict VARCHAR);
        """);

    private string[] Of()
    {
        ReviewVerdicts.Reach(bench.Detector, bench.Store);
        return bench.Row("SELECT verdict, score FROM verdict_review WHERE review_no = 1");
    }
}
