using System.Text.Json;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>What puts a shop before a person and what does not, at each boundary.</summary>
public sealed class SellerVerdictsTests(VerdictBench bench) : IClassFixture<VerdictBench>
{
    [Theory]
    [InlineData(0, 100, "clean")]
    [InlineData(1, 100, "watch")] // no single order punishes a shop
    [InlineData(4, 4, "watch")] // nor do four, whatever their share
    [InlineData(5, 100, "review")]
    [InlineData(5, 620, "review")]
    [InlineData(5, 621, "watch")] // as many wrong confirmations may befall an honest shop of that size
    [InlineData(25, 90, "review")] // the interval reaches below a fifth
    [InlineData(26, 90, "confirmed")]
    public void A_shop_is_judged_on_its_share_of_confirmed_orders_with_its_interval(int confirmed, int orders, string verdict)
    {
        Shop(orders, (confirmed, "confirmed", 0.999));
        Assert.Equal(verdict, Of()[0]);
    }

    [Theory]
    [InlineData(2, 2, 0.9, "watch")]
    [InlineData(3, 19, 0.9, "review")]
    [InlineData(3, 20, 0.9, "watch")] // one in a hundred is wrong, and of twenty three may be
    [InlineData(3, 19, 0.3, "watch")] // three doubts are not three fakes
    public void Orders_that_a_person_must_look_at_put_a_shop_before_a_person_where_there_are_more_than_chance_gives(int review, int orders, double score, string verdict)
    {
        Shop(orders, (review, "review", score));
        Assert.Equal(verdict, Of()[0]);
        Assert.Equal(review >= 3 ? ["request_explanation"] : [], Codes());
    }

    [Theory]
    [InlineData(0, 100, false, "")]
    [InlineData(4, 10, true, "exclude_orders")] // excluded, and nothing that punishes
    [InlineData(5, 100, false, "exclude_orders,demote_items")]
    [InlineData(5, 620, false, "exclude_orders,demote_items")]
    [InlineData(5, 621, false, "exclude_orders")]
    [InlineData(19, 100, false, "exclude_orders,demote_items")]
    [InlineData(20, 100, false, "exclude_orders,demote_items,demote_shop")]
    [InlineData(5, 100, true, "exclude_orders,demote_items,refer_finance")]
    public void Measures_are_proposed_only_beyond_doubt_and_by_count(int confirmed, int orders, bool cashOut, string codes)
    {
        Shop(orders, (confirmed, "confirmed", 0.999));
        if (cashOut)
            bench.Say("cash_out", 1);
        Assert.Equal(codes, string.Join(',', Codes()));
    }

    [Fact]
    public void What_is_only_watched_is_shown_to_nobody_and_asks_nothing_of_the_shop()
    {
        Shop(10, (5, "watch", 0.09));
        Assert.Equal(["clean", "0"], Of()[..2]);
        Assert.Empty(Codes());
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(3, "protect")]
    public void A_shop_to_which_it_was_done_is_protected_and_keeps_its_verdict(int victims, string codes)
    {
        Shop(10, (victims, "victim", 0.05));
        Assert.Equal(codes, string.Join(',', Codes()));
        Assert.Equal("clean", Of()[0]);
    }

    [Fact]
    public void Reviews_of_confirmed_orders_are_proposed_to_be_hidden_and_counted()
    {
        Shop(10, (2, "confirmed", 0.999));
        bench.Store.Execute("INSERT INTO fact_review VALUES (1, 1), (2, 3); INSERT INTO verdict_review VALUES (1, 'confirmed'), (2, 'clean')");
        Assert.Equal(["exclude_orders", "hide_reviews"], Codes());
        Assert.Contains("1 review belongs to confirmed fake orders.", Of()[4], StringComparison.Ordinal);
        bench.Store.Execute("INSERT INTO fact_review VALUES (3, 2); INSERT INTO verdict_review VALUES (3, 'confirmed')");
        Assert.Contains("2 reviews belong to confirmed fake orders.", Of()[4], StringComparison.Ordinal);
    }

    [Fact]
    public void The_share_of_fakes_is_the_sum_of_what_is_confirmed_or_must_be_looked_at()
    {
        Shop(100, (6, "confirmed", 1), (4, "review", 0.5), (10, "watch", 0.09), (10, "victim", 0.05));
        var row = Of();
        Assert.Equal("0.08", row[1]);
        var interval = Share.Of(8, 100);
        Assert.Equal([interval.Low.ToString(System.Globalization.CultureInfo.InvariantCulture), interval.High.ToString(System.Globalization.CultureInfo.InvariantCulture)], row[2..4]);
        Assert.Contains("6 of 100 orders are confirmed fakes (6.00 %, 95 % interval 2.78 % to 12.48 %).", row[4].Replace("%", " %", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seller_of_unordered", 0, "review")] // whatever else speaks, a person looks
    [InlineData("complaints_against_shop", 5, "watch")]
    [InlineData("complaints_against_shop", 4, "clean")]
    public void What_is_said_of_the_shop_itself_at_most_asks_for_a_person(string signal, int decibans, string verdict)
    {
        Shop(10);
        bench.Say(signal, 2, decibans);
        Assert.Equal(verdict, Of()[0]);
        Assert.Empty(Codes());
    }

    [Fact]
    public void A_shop_without_orders_is_clean_and_nothing_is_known_of_its_share()
    {
        Shop(0);
        Assert.Equal(["clean", "0", "0", "1", "[]"], Of());
    }

    /// <summary>Beside one that sells nothing, a shop of so many orders, of which so many have a verdict and a score; the rest are clean.</summary>
    private void Shop(int orders, params (int Count, string Verdict, double Score)[] judged)
    {
        bench.Lay("""
            CREATE TABLE fact_seller AS SELECT CAST(i AS INTEGER) AS seller_no FROM range(1, 3) t(i);
            CREATE TABLE fact_order (order_no INTEGER, seller_no INTEGER);
            CREATE TABLE verdict_order (order_no INTEGER, score DOUBLE, verdict VARCHAR);
            CREATE TABLE fact_review (review_no INTEGER, order_no INTEGER);
            CREATE TABLE verdict_review (review_no INTEGER, verdict VARCHAR);
            """);
        var kinds = judged.SelectMany(j => Enumerable.Repeat((j.Verdict, j.Score), j.Count)).Concat(Enumerable.Repeat(("clean", 0.01), orders)).Take(orders).ToArray();
        bench.Store.Append("fact_order", Enumerable.Range(1, orders).ToArray(), Enumerable.Repeat(2, orders).ToArray());
        bench.Store.Append("verdict_order", Enumerable.Range(1, orders).ToArray(), kinds.Select(k => k.Item2).ToArray(), kinds.Select(k => k.Item1).ToArray());
    }

    private string[] Of()
    {
        SellerVerdicts.Reach(bench.Detector, bench.Store);
        return bench.Row("SELECT verdict, share_fake, share_fake_low, share_fake_high, proposals FROM verdict_seller WHERE seller_no = 2");
    }

    private string[] Codes() =>
        [.. JsonDocument.Parse(Of()[4]).RootElement.EnumerateArray().Select(p => p.GetProperty("code").GetString()!)];
}
