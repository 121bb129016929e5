namespace Unbrush.Simulation.Tests;

public sealed class TruthTests(StandardWorld standard) : IClassFixture<StandardWorld>
{
    private MadeWorld World => standard.World;

    [Fact]
    public void Truth_knows_every_order_once_and_no_other()
    {
        Assert.Equal(World.Summary.Orders, World.Number("SELECT count(*) FROM truth_orders JOIN orders USING (platform, order_id)"));
        Assert.Equal(World.Summary.Orders, World.Number("SELECT count(*) FROM truth_orders"));
        Assert.Equal(World.Summary.Fakes, World.Number("SELECT count(*) FROM truth_orders WHERE fake = '1'"));
        Assert.Equal(World.Summary.Parcels, World.Number("SELECT count(*) FROM truth_parcels JOIN parcels USING (carrier, waybill_no, created_at)"));
    }

    [Fact]
    public void Fakes_are_a_few_in_a_hundred_and_victims_are_none_of_them()
    {
        Assert.InRange((double)World.Summary.Fakes / World.Summary.Orders, 0.018, 0.042);
        Assert.Equal(0, World.Number("SELECT count(*) FROM truth_orders WHERE fake = '1' AND victim = '1'"));
        Assert.True(World.Number("SELECT count(*) FROM truth_orders WHERE victim = '1'") > 10);
        Assert.Equal(0, World.Number("SELECT count(*) FROM truth_orders WHERE victim = '1' AND judged = '1'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Whose_name_others_used_never_brushes_of_their_own_will(ulong seed)
    {
        using var made = new MadeWorld(new SimulationOptions(seed, 20_000));
        var roles = made.Rows("""
            SELECT b.role, count(*) FILTER (t.fake = '1'), count(*) FILTER (t.scenario = 'A14')
            FROM orders o JOIN truth_orders t USING (platform, order_id) JOIN truth_buyers b USING (platform, buyer_id)
            WHERE (platform, buyer_id) IN (SELECT (platform, buyer_id) FROM orders JOIN truth_orders USING (platform, order_id) WHERE scenario = 'A14') GROUP BY ALL
            """);
        var only = Assert.Single(roles);
        Assert.Equal(("victim", 0L), ((string)only[0]!, (long)only[1]!));
        Assert.True((long)only[2]! > 10);
        Assert.Equal(0, made.Number("SELECT count(*) FROM orders o JOIN truth_orders t USING (platform, order_id) JOIN truth_buyers b USING (platform, buyer_id) WHERE b.role = 'victim' AND t.fake = '1'"));
    }

    [Fact]
    public void An_honest_world_has_no_fake_and_all_look_alikes()
    {
        using var honest = new MadeWorld(new SimulationOptions(31, 20_000, Profile.Honest));
        Assert.Equal(0, honest.Summary.Fakes);
        Assert.Equal(0, honest.Summary.Victims);
        Assert.Equal(0, honest.Number("SELECT count(*) FROM truth_sellers WHERE brushing = '1'"));
        Assert.Equal(0, honest.Number("SELECT count(*) FROM truth_facilities WHERE sells_empties = '1'"));
        Assert.Equal(0, honest.Number("SELECT count(*) FROM truth_parcels WHERE empty = '1'"));
        foreach (var code in new[] { "H1", "H2", "H7", "H18", "H20" })
            Assert.True(honest.Number($"SELECT count(*) FROM truth_orders WHERE scenario = '{code}'") > 0, code);
    }

    [Fact]
    public void Every_attack_of_the_playbook_that_a_feed_can_show_is_there()
    {
        foreach (var code in "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A12 A13 A14 A16 A17 H19".Split(' '))
            Assert.True(World.Number($"SELECT count(*) FROM truth_orders WHERE scenario = '{code}'") > 0, code);
        Assert.True(World.Number("SELECT count(*) FROM truth_parcels WHERE scenario = 'A11'") > 0);
    }

    [Fact]
    public void Every_look_alike_is_there_as_an_order_a_parcel_or_a_habit()
    {
        foreach (var code in "H1 H2 H7 H18 H18b H20".Split(' '))
            Assert.True(World.Number($"SELECT count(*) FROM truth_orders WHERE scenario = '{code}'") > 0, code);
        foreach (var code in "H16 H17 H17b".Split(' '))
            Assert.True(World.Number($"SELECT count(*) FROM truth_parcels WHERE scenario = '{code}'") > 0, code);
        foreach (var code in "H3 H5 H11 H14".Split(' '))
            Assert.True(World.Number($"SELECT count(*) FROM truth_facilities WHERE look_alike = '{code}'") > 0, code);
        Assert.True(World.Number("SELECT count(*) FROM listings WHERE CAST(weight_g AS DOUBLE) < 30") > 0, "H4");
        Assert.True(World.Number("SELECT count(*) FROM orders WHERE fulfilment = 'digital'") > 0, "H6");
        Assert.True(World.Number("SELECT count(*) FROM (SELECT 1 FROM parcel_orders GROUP BY platform, order_id HAVING count(*) > 1)") > 0, "H7b");
        Assert.True(World.Number("SELECT count(*) FROM registers WHERE kind = 'warehouse'") > 0, "H8");
        Assert.True(World.Number("SELECT count(*) FROM orders WHERE promised_at IS NOT NULL") > 0, "H12");
        Assert.True(World.Number("SELECT count(*) FROM orders WHERE refunded_by = 'platform'") > 0, "H13");
        Assert.True(World.Number("SELECT count(*) FROM orders WHERE phone_key IS NULL") > 0, "H15");
    }

    [Fact]
    public void Some_worlds_recycle_numbers_and_some_write_utc()
    {
        var recycled = false;
        var shifted = false;
        for (var seed = 1UL; seed < 30 && !(recycled && shifted); seed++)
        {
            var world = new World(new SimulationOptions(seed, 2000));
            recycled |= world.Network.Carriers.Any(c => c.RecycleDays > 0);
            shifted |= world.Network.Carriers.Any(c => c.ClockOffset == -8 * 3600);
        }

        Assert.True(recycled && shifted);
    }

    [Fact]
    public void Brushers_also_buy_for_themselves_and_their_shops_also_sell()
    {
        var own = World.Number("""
            SELECT count(*) FROM orders o JOIN truth_orders t USING (platform, order_id) JOIN truth_buyers b USING (platform, buyer_id)
            WHERE b.role = 'brusher' AND t.fake = '0'
            """);
        Assert.True(own > World.Summary.Fakes / 4, $"{own} genuine orders of brushers");
        Assert.True(World.Number("SELECT sum(CAST(orders AS INT) - CAST(fakes AS INT)) FROM truth_sellers WHERE brushing = '1'") > World.Summary.Fakes / 2);
    }

    [Fact]
    public void A_reported_brusher_of_a_mix_up_is_a_victim_who_may_complain() =>
        Assert.True(World.Number("""
            SELECT count(*) FROM reports r JOIN truth_orders t ON r.subject_platform = t.platform AND r.subject_id = t.order_id
            WHERE t.scenario = 'H19' AND r.kind IN ('not_received', 'empty_parcel')
            """) > 0);
}
