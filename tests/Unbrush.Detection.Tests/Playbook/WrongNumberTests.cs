namespace Unbrush.Detection.Tests.Playbook;

/// <summary>A2, A3, A4, A5: tracks that are not the order's, or end where nobody got anything.</summary>
public sealed class WrongNumberTests
{
    private static readonly string Wuxi = Town.OutletOf("zto", Town.Wuxi, 0);
    private static readonly string Signing = Town.OutletOf("yto", Town.Shenyang, 0);

    private static Answer ReusedAnswer => Answer.To("Reused", Reused);

    private static Answer SignedElsewhereAnswer => Answer.To("SignedElsewhere", SignedElsewhere);

    private static Answer EarlyPickupAnswer => Answer.To("EarlyPickup", EarlyPickup);

    private static Answer AutomaticSigningAnswer => Answer.To("AutomaticSigning", AutomaticSigning);

    [Fact]
    public void A2_The_order_that_the_track_fits_is_clean()
    {
        var reused = ReusedAnswer;
        reused.MostAre("clean", reused.Of("A2 fits"), 1);
    }

    [Fact]
    public void A2_Orders_on_a_number_of_another_place_are_for_a_person()
    {
        ReusedAnswer.NoneIs("confirmed", ReusedAnswer.Of("A2 silent"));
        ReusedAnswer.MostAre("review", ReusedAnswer.Of("A2 silent"), 1);
        Assert.All(ReusedAnswer.Of("A2 confirmed"), d => Assert.Contains(ReusedAnswer.Order(d)["verdict"], (string[])["review", "confirmed"]));
    }

    [Fact]
    public void A2_Orders_on_a_number_of_another_place_are_fake_where_the_buyer_confirmed()
    {
        var reused = ReusedAnswer;
        reused.MostAre("confirmed", reused.Of("A2 confirmed"), 1);
    }

    [Fact]
    public void A3_Goods_for_Chengdu_signed_in_Chengdu_are_no_fakes()
    {
        SignedElsewhereAnswer.NoneIs("confirmed", SignedElsewhereAnswer.Of("A3 at home"));
    }

    [Fact]
    public void A3_Goods_for_Chengdu_signed_in_Wuxi_and_confirmed_there_are_fake()
    {
        var signedElsewhere = SignedElsewhereAnswer;
        signedElsewhere.MostAre("confirmed", signedElsewhere.Of("A3 elsewhere"));
    }

    [Fact]
    public void A3_The_outlet_that_signs_for_another_city_is_put_before_a_person_and_the_shop_gets_proposals()
    {
        var signedElsewhere = SignedElsewhereAnswer;
        Assert.Contains("exclude_orders", Answer.Proposals(signedElsewhere.Seller(signedElsewhere.Of("A3 elsewhere")[0].Shop)));
        Assert.Equal("review", signedElsewhere.Facility(Wuxi)["verdict"]);
    }

    [Fact]
    public void A4_A_pick_up_before_payment_alone_is_for_a_person_and_with_the_money_back_a_fake()
    {
        var earlyPickup = EarlyPickupAnswer;
        earlyPickup.NoneIs("confirmed", earlyPickup.Of("A4 alone"));
        earlyPickup.MostAre("review", earlyPickup.Of("A4 alone"), 0.9);
        earlyPickup.MostAre("confirmed", earlyPickup.Of("A4 repaid"), 0.9);
    }

    [Fact]
    public void A5_No_order_is_confirmed_where_the_buyer_did_not_act()
    {
        AutomaticSigningAnswer.NoneIs("confirmed", AutomaticSigningAnswer.Of("A5 silent"));
    }

    [Fact]
    public void A5_Envelopes_signed_on_arrival_without_a_courier_are_no_parcels()
    {
        var automaticSigning = AutomaticSigningAnswer;
        List<Deal> all = [.. automaticSigning.Of("A5 confirmed"), .. automaticSigning.Of("A5 silent")];
        automaticSigning.MostParcelsAre("no_physical_parcel", all, 0.9);
        automaticSigning.MostAre("confirmed", automaticSigning.Of("A5 confirmed"), 0.9);
        automaticSigning.NoneIs("confirmed", automaticSigning.Of("A5 silent"));
        automaticSigning.MostAre("review", automaticSigning.Of("A5 silent"), 0.9);
    }

    [Fact]
    public void A5_The_outlet_that_signs_by_itself_is_put_before_a_person()
    {
        var automaticSigning = AutomaticSigningAnswer;
        var outlet = automaticSigning.Facility(Signing);
        Assert.Equal("review", outlet["verdict"]);
        Assert.Contains("signs_by_itself", Answer.SignalsOf(outlet));
        Assert.Contains("request_explanation", Answer.Proposals(outlet));
    }

    [Fact]
    public void A5_The_outlet_that_signs_by_itself_is_to_be_fined()
    {
        Assert.Contains("fine", Answer.Proposals(AutomaticSigningAnswer.Facility(Signing)));
    }

    /// <summary>One number, four orders, four buyers, three cities, nine days; the track goes to the first.</summary>
    private static void Reused(Town town)
    {
        var shop = town.Open("a2", Town.Hangzhou, "zto", 0);
        for (var i = 0; i < 60; i++)
            town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        int[] cities = [Town.Chengdu, Town.Wuhan, Town.Xian, Town.Wuhan];
        var deals = cities.Select((c, i) => town.Sell(shop, town.Settle($"a2b{i}", c, 400 + (90 * i)), town.At(30 + (3 * i)))).ToList();
        foreach (var deal in deals[1..])
        {
            deal.Unsent();
            deal.Link = new("parcel_orders", ("carrier", "zto"), ("waybill_no", deals[0].Parcel!["waybill_no"]), ("platform", Town.Platform), ("order_id", deal.Id), ("linked_at", deal.Paid.AddHours(3)));
        }

        deals[1].Confirmed(deals[1].Paid.AddDays(3), town.Words());
        deals[2].Confirmed(deals[2].Paid.AddDays(3), town.Words());
        deals[3].Silent(deals[3].Paid.AddDays(13));
        (town.Told["A2 fits"], town.Told["A2 confirmed"], town.Told["A2 silent"]) = (deals[..1], deals[1..3], deals[3..]);
    }

    /// <summary>Eighty orders to Chengdu; sixty are signed at one outlet in Wuxi.</summary>
    private static void SignedElsewhere(Town town)
    {
        var shop = town.Open("a3", Town.Shanghai, "zto", 0);
        var people = Enumerable.Range(0, 80).Select(i => town.Settle($"a3b{i}", Town.Chengdu, 60 + (12 * i))).ToArray();
        var stand = town.People.First(p => p.City == Town.Wuxi && p.Zone == 0);
        var deals = people.Select((p, i) => town.Sell(shop, p, town.At(10 + (i / 2)))).ToList();
        foreach (var deal in deals[..60])
        {
            deal.Scans = town.Way("zto", (string)deal.Parcel!["waybill_no"]!, shop.Outlet, shop.City, stand, deal.Scan("picked_up").Time("scanned_at"), (int)deal.Parcel["weight_g"]!);
            var done = deal.Scan("delivered");
            done["facility_id"] = Wuxi;
            deal.Confirmed(done.Time("scanned_at").Add(town.Hours(1, 40)), town.Words());
        }

        (town.Told["A3 elsewhere"], town.Told["A3 at home"]) = (deals[..60], deals[60..]);
    }

    /// <summary>Forty-five pick-ups two to thirty hours before payment; the seller repays twenty-two of them.</summary>
    private static void EarlyPickup(Town town)
    {
        var shop = town.Open("a4", Town.Guangzhou, "yto", 0);
        for (var i = 0; i < 100; i++)
            town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        var deals = Enumerable.Range(0, 45).Select(i => town.Sell(shop, town.Settle($"a4b{i}", i % 12, 100 + (20 * i)), town.At(15 + i))).ToList();
        foreach (var deal in deals)
        {
            var paid = deal.Scan("picked_up").Time("scanned_at").Add(town.Hours(2, 30));
            var late = paid - deal.Paid;
            deal.Order.Set(("created_at", deal.Created + late), ("paid_at", paid));
            deal.Payments[0]["paid_at"] = paid;
            deal.Visit?.Set(("visited_at", deal.Visit.Time("visited_at") + late));
            deal.Silent(deal.Delivered.AddDays(10));
        }

        foreach (var deal in deals[23..])
            deal.Transfer(deal.Paid.Add(town.Hours(120, 300)), shop.Wallet, deal.Person.Wallet, (decimal)deal.Order["amount"]! + 5);
        (town.Told["A4 alone"], town.Told["A4 repaid"]) = (deals[..23], deals[23..]);
    }

    /// <summary>Five hundred envelopes for goods of 800 g in a day, signed four seconds after they reached the outlet.</summary>
    private static void AutomaticSigning(Town town)
    {
        var shops = Enumerable.Range(0, 5).Select(i => town.Open($"a5-{i}", Town.Jinhua, "yto", 1, null, (800, 45m))).ToArray();
        for (var i = 0; i < 300; i++)
            town.Sell(shops[i % 5], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        // The outlet is a busy one: it takes out what forty other shops send to its quarter.
        var honest = Enumerable.Range(0, 40).Select(i => town.Open($"s5{i:D2}", i % 2 == 0 ? Town.Hangzhou : Town.Chengdu, "yto", 0)).ToArray();
        var near = Enumerable.Range(0, 300).Select(i => town.Settle($"n5b{i}", Town.Shenyang, town.Next(60, 1500)) with { Zone = 0 }).ToArray();
        for (var i = 0; i < 1200; i++)
            town.Sell(honest[i % 40], near[town.Next(0, 300)], town.At(town.Next(0, Town.Days)));
        var deals = Enumerable.Range(0, 500).Select(i =>
        {
            var person = town.Settle($"a5b{i}", Town.Shenyang, town.Next(60, 1500)) with { Zone = 0 };
            var deal = town.Sell(shops[i % 5], person, town.At(30));
            var grams = town.Next(10, 21);
            deal.Parcel!["weight_g"] = grams;
            deal.Scans = town.Way("yto", (string)deal.Parcel["waybill_no"]!, shops[i % 5].Outlet, Town.Jinhua, person, deal.Scan("picked_up").Time("scanned_at"), grams);
            deal.Scans.RemoveAll(s => s["action"] is "out_for_delivery" or "collected");
            var arrived = deal.Scans.LastOrDefault(s => s["action"] is "arrived" && (string)s["facility_id"]! == Signing);
            deal.Scan("delivered").Set(("scanned_at", arrived?.Time("scanned_at").AddSeconds(town.Next(2, 7)) ?? deal.Delivered), ("facility_id", Signing), ("operator_key", null), ("signer", "other"), ("proof", "none"));
            return i < 300 ? deal.Confirmed(deal.Delivered.Add(town.Hours(1, 40)), town.Words()) : deal.Silent(deal.Delivered.AddDays(10));
        }).ToList();
        (town.Told["A5 confirmed"], town.Told["A5 silent"]) = (deals[..300], deals[300..]);
    }
}
