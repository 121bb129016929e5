namespace Unbrush.Detection.Tests.Playbook;

/// <summary>A6, A7, A8, A9: parcels travel; the gifts, the money or the script tell.</summary>
public sealed class RepaidTradeTests
{
    private static Answer GiftWarehouseAnswer => Answer.To("GiftWarehouse", GiftWarehouse);

    private static Answer HeavyGiftAnswer => Answer.To("HeavyGift", HeavyGift);

    private static Answer OrganiserPaysAnswer => Answer.To("OrganiserPays", OrganiserPays);

    private static Answer SlowRampAnswer => Answer.To("SlowRamp", SlowRamp);

    [Fact]
    public void A6_A_sender_whose_weights_ignore_the_goods_is_for_a_person_and_confirms_nothing()
    {
        var giftWarehouse = GiftWarehouseAnswer;
        var orders = giftWarehouse.Of("A6");
        Assert.Equal("review", giftWarehouse.Sender("gift-warehouse")["verdict"]);
        giftWarehouse.NoneIs("confirmed", orders);
        giftWarehouse.MostParcelsAre("physical", orders, 0.9);
    }

    [Fact]
    public void A6_The_orders_of_a_gift_warehouse_are_for_a_person()
    {
        GiftWarehouseAnswer.MostAre("review", GiftWarehouseAnswer.Of("A6"), 0.8);
    }

    [Fact]
    public void A7_Goods_of_the_right_weight_whose_money_comes_back_are_fake()
    {
        HeavyGiftAnswer.MostAre("confirmed", HeavyGiftAnswer.Of("A7"));
    }

    [Fact]
    public void A7_The_parcels_of_repaid_orders_are_real_and_their_weight_is_silent()
    {
        var heavyGift = HeavyGiftAnswer;
        var orders = heavyGift.Of("A7");
        heavyGift.MostParcelsAre("physical", orders);
        Assert.DoesNotContain("below_catalogue", orders.SelectMany(heavyGift.Signals));
    }

    [Fact]
    public void A7_The_dense_block_of_buyers_and_shops_is_a_confirmed_ring()
    {
        var heavyGift = HeavyGiftAnswer;
        var ring = Assert.Single(heavyGift.Of("A7").Select(d => heavyGift.Order(d)["ring_id"]).Where(r => r.Length > 0).GroupBy(r => r), g => g.Count() > 150).Key;
        Assert.Equal("confirmed", heavyGift.One("rings", "ring_id", ring)["verdict"]);
    }

    [Fact]
    public void A8_Orders_that_one_wallet_pays_and_gets_back_in_full_are_fake()
    {
        OrganiserPaysAnswer.MostAre("confirmed", OrganiserPaysAnswer.Of("A8 returned"), 0.9);
    }

    [Fact]
    public void A8_Orders_that_one_wallet_pays_and_gets_back_in_full_are_at_least_for_a_person()
    {
        var organiserPays = OrganiserPaysAnswer;
        Assert.All(organiserPays.Of("A8 returned"), d => Assert.Contains(organiserPays.Order(d)["verdict"], (string[])["review", "confirmed"]));
        organiserPays.NoneIs("confirmed", organiserPays.Of("A8 kept"));
        organiserPays.MostParcelsAre("physical", organiserPays.Of("A8 returned"));
    }

    [Fact]
    public void A9_A_scripted_ramp_is_for_a_person_and_not_confirmed_without_a_contradiction()
    {
        var slowRamp = SlowRampAnswer;
        Assert.All(slowRamp.Of("A9").Select(slowRamp.Order).Where(o => o["verdict"] == "confirmed"), o => Assert.Equal("True", o["hard"]));
        Assert.InRange(slowRamp.Share(slowRamp.Of("A9"), "confirmed"), 0, 0.02);
        slowRamp.MostAre("review", slowRamp.Of("A9"), 0.8);
    }

    /// <summary>One sender for thirty-eight shops in a week, everything between 90 and 110 g.</summary>
    private static void GiftWarehouse(Town town)
    {
        var shops = Enumerable.Range(0, 38).Select(i => town.Open($"a6-{i:D2}", Town.Jinhua, "zto", 1)).ToArray();
        var deals = Enumerable.Range(0, 912).Select(i =>
        {
            var deal = town.Sell(shops[i % 38], town.People[town.Next(0, 1200)], town.At(30 + (i % 7)));
            var grams = town.Next(90, 111);
            var waybill = (string)deal.Parcel!["waybill_no"]!;
            deal.Parcel.Set(("sender_key", "gift-warehouse"), ("weight_g", grams));
            deal.Scans = town.Way("zto", waybill, deal.Shop.Outlet, deal.Shop.City, deal.Person, deal.Scan("picked_up").Time("scanned_at"), grams);
            return deal;
        }).ToList();
        town.Told["A6"] = deals;
    }

    /// <summary>Thirty buyers at twelve shops, washing liquid of the right weight, repaid with a commission after days.</summary>
    private static void HeavyGift(Town town)
    {
        var shops = Enumerable.Range(0, 12).Select(i => town.Open($"a7-{i:D2}", i % 2 == 0 ? Town.Guangzhou : Town.Hangzhou, "zto", i % 4 / 2, null, (950, 69m + i))).ToArray();
        var people = town.Settle("a7b", 30, 200, 1500);
        foreach (var shop in shops)
        {
            for (var i = 0; i < 40; i++)
                town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        }

        town.Told["A7"] = [.. shops.SelectMany(s => people.Select(p =>
        {
            var deal = town.Sell(s, p, town.At(town.Next(5, 40)));
            deal.Confirmed(deal.Scans[^1].Time("scanned_at").Add(town.Hours(1, 30)), town.Words());
            return deal.Transfer(deal.Paid.Add(town.Hours(24 * 5, 24 * 17)), s.Wallet, p.Wallet, (decimal)deal.Order["amount"]! + town.Next(3, 9));
        }))];
    }

    /// <summary>One wallet pays for sixty buyers; thirty of the orders come back in full.</summary>
    private static void OrganiserPays(Town town)
    {
        var shop = town.Open("a8", Town.Shanghai, "yto", 0);
        for (var i = 0; i < 120; i++)
            town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        var people = town.Settle("a8b", 60, 100, 1500);
        var deals = people.Select((p, i) =>
        {
            var deal = town.Sell(shop, p, town.At(10 + (i / 2)));
            deal.Order["payer_key"] = "organiser";
            deal.Payments[0]["payer_key"] = "organiser";
            // Coupons make each amount its own: of equal ones nobody could say which came back.
            deal.Order["amount"] = deal.Payments[0]["amount"] = (decimal)deal.Order["amount"]! + (20 * i) + 0.37m;
            return i < 30 ? deal.Transfer(deal.Paid.Add(town.Hours(48, 240)), shop.Wallet, "organiser", (decimal)deal.Order["amount"]!) : deal;
        }).ToList();
        (town.Told["A8 returned"], town.Told["A8 kept"]) = (deals[..30], deals[30..]);
    }

    /// <summary>Two, three, five, seven … orders a day for thirty days: six minutes, three items, a chat.</summary>
    private static void SlowRamp(Town town)
    {
        var shop = town.Open("a9", Town.Hangzhou, "yto", 1);
        var people = town.Settle("a9b", 250, 60, 1500);
        var deals = new List<Deal>();
        for (var day = 0; day < 30; day++)
        {
            for (var i = 0; i < (int)(2 + (day * 0.6)); i++)
            {
                var deal = town.Sell(shop, people[deals.Count % 250], town.At(20 + day));
                deal.Visit = new("visits", ("platform", Town.Platform), ("buyer_id", deal.Person.Id), ("listing_id", deal.Item["listing_id"]), ("visited_at", deal.Created.AddMinutes(-8)), ("source", "search"), ("keyword", "storage box blue"), ("dwell_s", 360 + town.Next(-20, 21) + town.Next(-20, 21)), ("compared", 3), ("chatted", "true"), ("order_id", deal.Id));
                deals.Add(deal);
            }
        }

        town.Told["A9"] = deals;
    }
}
