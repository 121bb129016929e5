namespace Unbrush.Detection.Tests.Playbook;

/// <summary>H2 to H4, H6 to H9, H12, H13, H15 to H18b, H20: orders and parcels that look odd and are honest, all in one feed.</summary>
public sealed class InnocentOrderTests
{
    private static readonly string Stamping = Town.OutletOf("yto", Town.Jinhua, 0);

    private static Answer Answer => Answer.To("look-alikes", town =>
    {
        Office(town);
        Station(town);
        PhoneFilms(town);
        Digital(town);
        MergedAndSplit(town);
        CloudWarehouse(town);
        Recycled(town);
        PreSale(town);
        RefundOnly(town);
        Dormitory(town);
        ParcelsWithoutOrders(town);
        Relatives(town);
        Wholesale(town);
    });

    [Theory]
    [InlineData("H2")]
    [InlineData("H3")]
    [InlineData("H4")]
    [InlineData("H6")]
    [InlineData("H7")]
    [InlineData("H7b")]
    [InlineData("H8")]
    [InlineData("H9")]
    [InlineData("H12")]
    [InlineData("H13")]
    [InlineData("H15")]
    [InlineData("H18")]
    public void An_honest_look_alike_is_clean_and_costs_its_shop_nothing(string story)
    {
        var orders = Answer.Of(story);
        Answer.NoneIs("confirmed", orders);
        Answer.NoneIs("victim", orders);
        Assert.True(orders.Count(d => Answer.Order(d)["verdict"] is "clean" or "watch") >= 0.98 * orders.Count, string.Join(", ", orders.GroupBy(d => Answer.Order(d)["verdict"]).Select(g => $"{g.Count()} {g.Key}")) + " " + orders.Where(d => Answer.Order(d)["verdict"] is not ("clean" or "watch")).Select(d => Answer.Brief(Answer.Order(d))).FirstOrDefault());
        Assert.All(orders, d => Assert.Equal("True", Answer.Order(d)["counted"]));
        Assert.All(orders.Select(d => d.Shop).Distinct(), s => Answer.SparesWholly(Answer.Seller(s)));
        Assert.DoesNotContain(orders.Select(d => Answer.Buyer(d.Person)["role"]), r => r is "brusher");
    }

    [Fact]
    public void No_look_alike_is_confirmed_and_no_outlet_is_proposed_for_punishment()
    {
        Assert.DoesNotContain(Answer.All("orders"), o => o["verdict"] == "confirmed");
        Assert.DoesNotContain(Answer.All("parcels"), p => p["verdict"] == "no_physical_parcel");
        Assert.All(Answer.All("facilities"), f => Answer.SparesWholly(f));
        Assert.All(Answer.All("sellers"), s => Answer.SparesWholly(s));
    }

    [Fact]
    public void H8_A_warehouse_whose_weights_follow_the_goods_is_clean()
    {
        var sender = Answer.Sender("cloud-warehouse");
        Assert.Equal("clean", sender["verdict"]);
        Assert.True(double.Parse(sender["weight_correlation"], System.Globalization.CultureInfo.InvariantCulture) > 0.9, sender["weight_correlation"]);
        Assert.Contains("weight_follows_goods", Answer.SignalsOf(sender));
    }

    [Fact]
    public void H13_A_refund_through_the_platform_speaks_for_the_order()
    {
        Assert.Equal(12, Answer.Of("H13").Count(d => d.Order["refunded_at"] is not null));
        Assert.DoesNotContain(Answer.Of("H13").Where(d => d.Order["refunded_at"] is not null), d => Answer.Order(d)["verdict"] != "clean");
    }

    [Fact]
    public void H16_and_H17_Registered_replacements_and_time_tests_are_no_offence()
    {
        foreach (var number in (string[])["REPL001", "REPL002", "TEST001", "TEST002", "TEST003"])
            Assert.NotEqual("no_physical_parcel", Answer.One("parcels", "waybill_no", number)["verdict"]);
        Assert.Equal("clean", Answer.Facility(Town.OutletOf("zto", Town.Shanghai, 0))["verdict"]);
    }

    [Fact]
    public void H17b_A_stamp_that_headquarters_did_not_list_puts_the_outlet_before_a_person()
    {
        Assert.Equal("review", Answer.Facility(Stamping)["verdict"]);
        Answer.SparesWholly(Answer.Facility(Stamping));
    }

    [Fact]
    public void H18b_Sixty_relatives_at_the_launch_are_for_a_person()
    {
        Answer.NoneIs("confirmed", Answer.Of("H18b"));
        Answer.MostAre("review", Answer.Of("H18b"), 0.9);
    }

    [Fact]
    public void H20_One_wholesale_order_is_no_brushing_but_the_counter_is_looked_at()
    {
        Answer.NoneIs("confirmed", Answer.Of("H20"));
        var seller = Answer.Seller(Answer.Of("H20")[0].Shop);
        Assert.Equal("review", seller["verdict"]);
        Answer.SparesWholly(seller);
        Assert.Contains("wholesale_counter", Answer.SignalsOf(seller));
    }

    /// <summary>Forty colleagues order in an hour over one network to one office.</summary>
    private static void Office(Town town)
    {
        var shop = Town.Pick(town, 5);
        var at = town.At(33);
        town.Told["H2"] = [.. Enumerable.Range(0, 40).Select(i =>
        {
            var person = town.Settle($"h2b{i}", Town.Beijing, town.Next(380, 2000)) with { Zone = 1 };
            for (var k = 0; k < 3; k++)
                town.Sell(town.Shops[town.Next(0, 60)], person, town.At(town.Next(0, 30)));
            var deal = town.Sell(shop, person, at.AddMinutes(i));
            deal.Order.Set(("ip_key", "office-net"), ("address_key", "office"), ("address_kind", "office"));
            deal.Parcel!["recipient_key"] = "office";
            return deal;
        })];
    }

    /// <summary>A station books nine hundred parcels in between 18:02 and 18:04, with codes; they are collected later.</summary>
    private static void Station(Town town)
    {
        var station = "zto-0-s";
        town.Add("registers", ("kind", "pickup_point"), ("scope", "zto"), ("id", station), ("valid_from", Town.Start.AddDays(-100)));
        var evening = Town.Start.AddDays(41).AddHours(18).AddMinutes(2);
        var shops = town.Shops.Where(s => s.Carrier == "zto").ToArray();
        town.Told["H3"] = [.. Enumerable.Range(0, 900).Select(i =>
        {
            var deal = town.Sell(shops[town.Next(0, shops.Length)], town.Settle($"h3b{i}", Town.Beijing, town.Next(30, 2000)), town.At(35));
            var signed = evening.AddSeconds(town.Next(0, 120));
            foreach (var scan in deal.Scans.Where(s => s["action"] is "out_for_delivery"))
                scan["scanned_at"] = evening.Date.Add(town.Hours(7.5, 9.5));
            deal.Scans.RemoveAll(s => s["action"] is "delivered" or "collected");
            deal.Scans.Add(new("scans", ("carrier", "zto"), ("waybill_no", deal.Parcel!["waybill_no"]), ("scanned_at", signed), ("action", "delivered"), ("facility_id", station), ("operator_key", station + "-keeper"), ("signer", "station"), ("proof", "code")));
            deal.Scans.Add(new("scans", ("carrier", "zto"), ("waybill_no", deal.Parcel["waybill_no"]), ("scanned_at", signed.Add(town.Hours(0.2, 40))), ("action", "collected"), ("facility_id", station), ("signer", "recipient"), ("proof", "code")));
            return town.Chance() < 0.5 ? deal.Confirmed(deal.Scans[^1].Time("scanned_at").Add(town.Hours(0.5, 60))) : deal.Silent(signed.AddDays(11));
        })];
    }

    /// <summary>Telephone films of twenty grams.</summary>
    private static void PhoneFilms(Town town)
    {
        var shop = town.Open("h4", Town.Guangzhou, "zto", 0, null, (20, 9.9m), (22, 12.9m));
        town.Told["H4"] = [.. Enumerable.Range(0, 150).Select(_ => town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days))))];
    }

    /// <summary>Top-ups: nothing to send.</summary>
    private static void Digital(Town town)
    {
        var shop = town.Open("h6", Town.Hangzhou, "zto", 0, null, (0, 50m), (0, 100m));
        town.Told["H6"] = [.. Enumerable.Range(0, 120).Select(_ =>
        {
            var deal = town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days))).Unsent();
            deal.Order.Set(("fulfilment", "digital"), ("shipped_at", null));
            return deal.Confirmed(deal.Paid.Add(town.Hours(0.1, 40)), town.Words());
        })];
    }

    /// <summary>Three orders of ten minutes in one parcel; one order in three parcels.</summary>
    private static void MergedAndSplit(Town town)
    {
        town.Told["H7"] = [];
        town.Told["H7b"] = [];
        for (var i = 0; i < 12; i++)
        {
            var shop = Town.Pick(town, 3 * i);
            var person = town.People[town.Next(0, 1200)];
            var at = town.At(town.Next(0, Town.Days));
            var deals = Enumerable.Range(0, 3).Select(k => town.Sell(shop, person, at.AddMinutes(4 * k))).ToArray();
            var grams = deals.Sum(d => shop.Goods.Single(g => g.Id == (string)d.Item["listing_id"]!).Grams);
            town.Send(deals[0], grams);
            foreach (var deal in deals[1..])
            {
                deal.Parcel = null;
                deal.Scans.Clear();
                deal.Link!["waybill_no"] = deals[0].Parcel!["waybill_no"];
            }

            foreach (var deal in deals)
                deal.Silent(deals[0].Delivered.AddDays(10));
            town.Told["H7"].AddRange(deals);

            var split = town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)), shop.Goods[0], 3);
            for (var k = 0; k < 3; k++)
            {
                var part = town.Sell(shop, split.Person, split.Created, shop.Goods[0]);
                town.Deals.Remove(part);
                part.Link!["order_id"] = split.Id;
                if (k == 0)
                    (split.Parcel, split.Link, split.Scans) = (part.Parcel, part.Link, part.Scans);
                else
                    split.Payments.AddRange([part.Parcel!, part.Link, .. part.Scans]);
            }

            split.Silent(split.Delivered.AddDays(12));
            town.Told["H7b"].Add(split);
        }
    }

    /// <summary>A registered warehouse sends for sixty shops what they sold.</summary>
    private static void CloudWarehouse(Town town)
    {
        town.Add("registers", ("kind", "warehouse"), ("scope", "yto"), ("id", "cloud-warehouse"), ("valid_from", Town.Start.AddDays(-200)));
        var shops = Enumerable.Range(0, 60).Select(i => town.Open($"h8-{i:D2}", Town.Hangzhou, "yto", 0)).ToArray();
        town.Told["H8"] = [.. Enumerable.Range(0, 600).Select(i =>
        {
            var deal = town.Sell(shops[i % 60], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
            deal.Parcel!["sender_key"] = "cloud-warehouse";
            return deal;
        })];
    }

    /// <summary>Numbers that served another parcel four hundred days before, whose track is closed.</summary>
    private static void Recycled(Town town)
    {
        town.Told["H9"] = [.. Enumerable.Range(0, 20).Select(i =>
        {
            var deal = town.Sell(Town.Pick(town, 2 * i), town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
            var old = town.People[town.Next(0, 1200)];
            var picked = deal.Scan("picked_up").Time("scanned_at").AddDays(-400);
            town.Add("parcels", ("carrier", deal.Shop.Carrier), ("waybill_no", deal.Parcel!["waybill_no"]), ("created_at", picked.AddHours(-1)), ("sender_key", "sender-of-old"), ("sender_region", Town.Region(deal.Shop.City)), ("recipient_key", old.Address), ("recipient_region", Town.Region(old.City)), ("origin_facility", deal.Shop.Outlet), ("weight_g", 400));
            foreach (var scan in town.Way(deal.Shop.Carrier, (string)deal.Parcel["waybill_no"]!, deal.Shop.Outlet, deal.Shop.City, old, picked, 400))
                deal.Payments.Add(scan);
            return deal;
        })];
    }

    /// <summary>Thirty-five days between payment and pick-up, as promised.</summary>
    private static void PreSale(Town town)
    {
        var shop = town.Open("h12", Town.Quanzhou, "zto", 1);
        town.Told["H12"] = [.. Enumerable.Range(0, 80).Select(_ =>
        {
            var deal = town.Sell(shop, town.People[town.Next(0, 1200)], town.At(38 + town.Next(0, 10)));
            deal.Order.Set(("created_at", deal.Created.AddDays(-35)), ("paid_at", deal.Paid.AddDays(-35)), ("promised_at", deal.Paid.AddDays(3)));
            deal.Payments[0]["paid_at"] = deal.Paid;
            deal.Visit?.Set(("visited_at", deal.Visit.Time("visited_at").AddDays(-35)));
            return deal;
        })];
    }

    /// <summary>Two hundred orders, twelve of which the platform refunds without return.</summary>
    private static void RefundOnly(Town town)
    {
        var shop = town.Open("h13", Town.Shanghai, "yto", 1);
        town.Told["H13"] = [.. Enumerable.Range(0, 200).Select(i =>
        {
            var deal = town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
            return i % 17 == 0 ? deal.Refunded(deal.Delivered.Add(town.Hours(5, 90)), "platform", "damaged, refund without return") : deal;
        })];
    }

    /// <summary>A hundred and twenty students at one address, their numbers masked.</summary>
    private static void Dormitory(Town town)
    {
        var shop = Town.Pick(town, 11);
        town.Told["H15"] = [.. Enumerable.Range(0, 120).Select(i =>
        {
            var deal = town.Sell(shop, town.Settle($"h15b{i}", Town.Wuhan, town.Next(30, 1200)), town.At(town.Next(10, 50)));
            deal.Order.Set(("address_key", "dormitory-7"), ("address_kind", "dormitory"), ("phone_key", null));
            deal.Parcel!["recipient_key"] = "dormitory-7";
            return deal;
        })];
    }

    /// <summary>Replacements with a ticket, listed time tests, and stamps of one outlet that no list holds.</summary>
    private static void ParcelsWithoutOrders(Town town)
    {
        for (var i = 1; i <= 3; i++)
        {
            if (i < 3)
            {
                Loose(town, $"REPL00{i}", Town.OutletOf("zto", Town.Shanghai, 1), "sender-s01", null);
                town.Add("registers", ("kind", "replacement"), ("scope", "zto"), ("id", $"REPL00{i}"), ("valid_from", Town.Start));
            }

            Loose(town, $"TEST00{i}", Town.OutletOf("zto", Town.Shanghai, 0), "headquarters", "时效测试");
            town.Add("registers", ("kind", "time_test"), ("scope", "zto"), ("id", $"TEST00{i}"), ("valid_from", Town.Start));
        }

        for (var i = 0; i < 40; i++)
            Loose(town, $"FAKETEST{i:D2}", Stamping, "stamper", "时效测试");
    }

    private static void Loose(Town town, string number, string outlet, string sender, string? remark)
    {
        var carrier = outlet[..3];
        var city = int.Parse(outlet.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        var to = town.People[town.Next(0, 1200)];
        var picked = Town.Start.AddDays(town.Next(5, 50)).Add(town.Hours(15.2, 19));
        town.Add("parcels", ("carrier", carrier), ("waybill_no", number), ("created_at", picked.AddHours(-1)), ("sender_key", sender), ("sender_region", Town.Region(city)), ("recipient_key", to.Address), ("recipient_region", Town.Region(to.City)), ("origin_facility", outlet), ("weight_g", 300), ("remark", remark));
        foreach (var scan in town.Way(carrier, number, outlet, city, to, picked, 300))
            town.Deals[0].Payments.Add(scan);
    }

    /// <summary>Three relatives in a shop of two thousand orders; sixty at a launch.</summary>
    private static void Relatives(Town town)
    {
        var large = town.Open("h18", Town.Guangzhou, "yto", 1);
        for (var i = 0; i < 1997; i++)
            town.Sell(large, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        town.Told["H18"] = [.. Enumerable.Range(0, 3).Select(i => Kin(town, large, $"h18b{i}", 20 + i))];
        var fresh = town.Open("h18b", Town.Hangzhou, "zto", 1, Town.Start.AddDays(39));
        for (var i = 0; i < 60; i++)
            town.Sell(fresh, town.People[town.Next(0, 1200)], town.At(46 + (i % 12)));
        town.Told["H18b"] = [.. Enumerable.Range(0, 60).Select(i => Kin(town, fresh, $"h18c{i}", 40 + (i % 5)))];
    }

    /// <summary>Somebody whose telephone, as the shop's owner's, is the shop's.</summary>
    private static Deal Kin(Town town, Shop shop, string id, int day)
    {
        var person = town.Settle(id, shop.City, town.Next(100, 2000));
        town.Add("buyers", ("platform", Town.Platform), ("buyer_id", id), ("registered_at", Town.Start.AddDays(-400)), ("identity_key", "owner-" + shop.Id));
        return town.Sell(shop, person, town.At(day));
    }

    /// <summary>One order of a hundred thousand pieces.</summary>
    private static void Wholesale(Town town)
    {
        var shop = town.Open("h20", Town.Jinhua, "zto", 1, null, (30, 1.2m), (45, 2m));
        for (var i = 0; i < 80; i++)
            town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        town.Told["H20"] = [town.Sell(shop, town.Settle("h20b", Town.Beijing, 900), town.At(25), shop.Goods[0], 100_000)];
    }
}
