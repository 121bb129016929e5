using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Tests.Verdicts;

/// <summary>The parts that a buyer may have played, each where it begins.</summary>
public sealed class BuyerRolesTests(VerdictBench bench) : IClassFixture<VerdictBench>
{
    [Theory]
    [InlineData(0, 0, "innocent")]
    [InlineData(0, 1, "unknown")] // a person must look first
    [InlineData(1, 0, "unknown")]
    [InlineData(2, 0, "unknown")] // an account that others abused
    [InlineData(3, 0, "brusher")]
    [InlineData(2, 5, "unknown")] // what a person must look at is no proof
    public void A_brusher_has_three_confirmed_orders(int confirmed, int review, string role)
    {
        Buyer([.. Enumerable.Repeat("confirmed", confirmed), .. Enumerable.Repeat("review", review), "clean"]);
        Assert.Equal(role, Role());
    }

    /// <summary>Complaints are told of orders; a role that looked for them among what is told of buyers never found one.</summary>
    [Theory]
    [InlineData("complaint_not_received")]
    [InlineData("unordered_parcel")]
    public void Who_complains_is_a_victim_and_never_a_brusher_whatever_his_other_orders_are(string complaint)
    {
        Buyer("victim", "confirmed", "confirmed", "confirmed", "review");
        bench.Say(complaint, 1);
        Assert.Equal("victim", Role());
    }

    [Fact]
    public void Who_asks_for_his_money_because_nothing_came_is_a_victim()
    {
        Buyer("victim");
        bench.Store.Execute("UPDATE fact_order SET refunded_by = 'buyer'");
        bench.Say("complaint_not_received", 1);
        Assert.Equal("victim", Role());
    }

    /// <summary>Where the feed does not say who took the orders back, the attackers passed for the shop's victims.</summary>
    [Theory]
    [InlineData("NULL")]
    [InlineData("'buyer'")]
    public void Of_hostile_orders_the_shop_is_the_victim_and_not_the_buyer(string refundedBy)
    {
        Buyer("victim", "clean");
        bench.Store.Execute($"UPDATE fact_order SET refunded_by = {refundedBy}");
        bench.Say("hostile_orders", 1);
        Assert.Equal("unknown", Role());
    }

    [Fact]
    public void Whose_name_stands_on_a_batch_that_people_complain_of_is_no_brusher()
    {
        Buyer("confirmed", "confirmed", "confirmed");
        bench.Store.Execute("INSERT INTO order_parcel VALUES (2, 9)");
        Assert.Equal("brusher", Role());
        bench.Say("batch_of_unordered", 9);
        Assert.Equal("unknown", Role());
    }

    [Fact]
    public void What_else_is_said_of_a_brushers_orders_and_of_himself_excuses_him_of_nothing()
    {
        Buyer("confirmed", "confirmed", "confirmed");
        bench.Say("ring_purchase", 1, 9);
        bench.Say("attacker_of_shop", 1, 9);
        Assert.Equal("brusher", Role());
    }

    [Fact]
    public void What_others_complain_of_and_what_stands_on_others_names_excuses_nobody()
    {
        Buyer("confirmed", "confirmed", "confirmed");
        bench.Store.Execute("INSERT INTO fact_buyer VALUES (2); INSERT INTO fact_order VALUES (4, 2, NULL), (5, 2, NULL); INSERT INTO verdict_order VALUES (4, 0.05, 'victim'), (5, 0.5, 'review'); INSERT INTO order_parcel VALUES (1, 8), (5, 9)");
        bench.Say("complaint_not_received", 4);
        bench.Say("batch_of_unordered", 9);
        Assert.Equal("brusher", Role());
        Assert.Equal(["victim"], bench.Row("SELECT role FROM verdict_buyer WHERE buyer_no = 2"));
    }

    [Fact]
    public void A_buyer_without_orders_is_innocent()
    {
        Buyer();
        Assert.Equal(["0", "0", "0", "0", "0", "innocent"], Row());
    }

    [Fact]
    public void Orders_are_counted_by_verdict_and_a_victims_order_lends_the_buyer_no_score()
    {
        Buyer("victim", "clean", "review", "review", "confirmed", "clean");
        bench.Store.Execute("UPDATE verdict_order SET score = 0.99 WHERE order_no = 1; INSERT INTO fact_buyer VALUES (2); INSERT INTO fact_order VALUES (7, 2, NULL); INSERT INTO verdict_order VALUES (7, 1, 'confirmed')");
        Assert.Equal(["6", "1", "2", "1", "0.6", "unknown"], Row());
    }

    /// <summary>One buyer, whose orders have these verdicts and the scores 0.1, 0.2 and so on.</summary>
    private void Buyer(params string[] verdicts)
    {
        bench.Lay("""
            CREATE TABLE fact_buyer (buyer_no INTEGER);
            CREATE TABLE fact_order (order_no INTEGER, buyer_no INTEGER, refunded_by VARCHAR);
            CREATE TABLE order_parcel (order_no INTEGER, parcel_no INTEGER);
            CREATE TABLE verdict_order (order_no INTEGER, score DOUBLE, verdict VARCHAR);
            INSERT INTO fact_buyer VALUES (1);
            """);
        for (var i = 0; i < verdicts.Length; i++)
            bench.Store.Execute($"INSERT INTO fact_order VALUES ({i + 1}, 1, NULL); INSERT INTO verdict_order VALUES ({i + 1}, {i + 1} / 10.0, '{verdicts[i]}')");
    }

    private string Role() => Row()[^1];

    private string[] Row()
    {
        BuyerRoles.Reach(bench.Detector, bench.Store);
        return bench.Row("SELECT orders, confirmed, review, victim, score, role FROM verdict_buyer WHERE buyer_no = 1");
    }
}
