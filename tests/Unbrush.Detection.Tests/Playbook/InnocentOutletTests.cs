namespace Unbrush.Detection.Tests.Playbook;

/// <summary>H1, H5, H10, H11, H14: what a whole sale, outlet, hub or carrier shows is nobody's fraud.</summary>
public sealed class InnocentOutletTests
{
    private static readonly string Rounding = Town.OutletOf("zto", Town.Quanzhou, 0);
    private static readonly string Hasty = Town.OutletOf("yto", Town.Chengdu, 0);

    private static Answer Outlets => Answer.To("outlets", town =>
    {
        var near = town.People.Where(p => p.City == Town.Chengdu && p.Zone == 0).ToArray();
        for (var i = 0; i < 400; i++)
            town.Sell(town.Shops.Where(s => s.Carrier == "yto").ElementAt(i % 30), near[town.Next(0, near.Length)], town.At(15 + (i % 10)));
        foreach (var deal in town.Deals.Where(d => d.Parcel is not null))
        {
            // H5: one outlet writes 500 g on everything.
            if (deal.Shop.Outlet == Rounding)
            {
                deal.Parcel!["weight_g"] = 500;
                deal.Scan("picked_up")["weight_g"] = 500;
            }

            // H14: one outlet's couriers sign everything in one batch at ten, an hour after they left; people confirm the next day.
            if (deal.Scans.Any(s => s["action"] is "out_for_delivery" && (string)s["facility_id"]! == Hasty) && deal.Delivered is var done && (string)deal.Scan("delivered")["facility_id"]! == Hasty)
            {
                var left = deal.Scan("out_for_delivery").Time("scanned_at");
                deal.Scan("delivered").Set(("scanned_at", left.Date.AddHours(left.Hour < 10 ? 10 : left.Hour + 1)), ("signer", "courier"), ("proof", "none"));
                if (deal.Order["completed_by"] is "buyer")
                    deal.Confirmed(done.Date.AddDays(1).Add(town.Hours(8, 20)), town.Words());
                Tell(town, "H14", deal);
            }

            // H11: a hub's scans of two days are lost for three parcels in ten, whosever they are.
            foreach (var day in (int[])[25, 31])
            {
                if (deal.Scans.Any(s => Hub(s, day)) && town.Chance() < 0.3)
                {
                    deal.Scans.RemoveAll(s => Hub(s, day));
                    Tell(town, "H11", deal);
                }
            }

            if (deal.Shop.Outlet == Rounding)
                Tell(town, "H5", deal);
        }

        town.Add("registers", ("kind", "outage"), ("scope", "zto"), ("id", "zto-6-c"), ("valid_from", Town.Start.AddDays(25)), ("valid_to", Town.Start.AddDays(26)));
        town.Add("registers", ("kind", "outage"), ("scope", "zto"), ("id", "zto-6-c"), ("valid_from", Town.Start.AddDays(31)), ("valid_to", Town.Start.AddDays(32)));

        static bool Hub(Row scan, int day) => (string)scan["facility_id"]! == "zto-6-c" && scan.Time("scanned_at").Date == Town.Start.AddDays(day);
    });

    private static Answer Early => Answer.To("utc", town =>
    {
        foreach (var scan in town.Deals.Where(d => d.Shop.Carrier == "yto").SelectMany(d => d.Scans))
            scan["scanned_at"] = scan.Time("scanned_at").AddHours(-8);
        town.Told["H10"] = [.. town.Deals.Where(d => d.Shop.Carrier == "yto")];
    });

    private static Answer LiveSale => Answer.To("live", town =>
    {
        var shop = town.Open("h1", Town.Hangzhou, "zto", 0, null, (350, 59m), (420, 79m));
        town.Add("registers", ("kind", "campaign"), ("scope", Town.Platform), ("id", "live-0418"), ("valid_from", Town.Start.AddDays(30)), ("valid_to", Town.Start.AddDays(40)));
        var people = town.Settle("h1b", 4700, 3, 2200);
        var start = Town.Start.AddDays(35).AddHours(20);
        town.Told["H1"] = [.. Enumerable.Range(0, 5000).Select(i =>
        {
            var deal = town.Sell(shop, people[i % 4700], start.AddSeconds(i * 0.24));
            deal.Order.Set(("source", "live"), ("campaign_id", "live-0418"));
            deal.Visit = new("visits", ("platform", Town.Platform), ("buyer_id", deal.Person.Id), ("listing_id", deal.Item["listing_id"]), ("visited_at", deal.Created.AddSeconds(-25)), ("source", "live"), ("dwell_s", 15 + town.Next(0, 21)), ("compared", 0), ("chatted", "false"), ("order_id", deal.Id));
            return deal;
        })];
    });

    [Fact]
    public void H1_A_registered_live_sale_of_five_thousand_orders_is_clean()
    {
        LiveSale.NoneIs("confirmed", LiveSale.Of("H1"));
        LiveSale.MostAre("clean", LiveSale.Of("H1"), 0.98);
        Answer.SparesWholly(LiveSale.Seller(LiveSale.Of("H1")[0].Shop));
        Assert.DoesNotContain(LiveSale.All("orders"), o => o["verdict"] == "confirmed");
    }

    [Fact]
    public void H5_Orders_of_an_outlet_that_rounds_for_everybody_are_confirmed_by_nothing()
    {
        Outlets.NoneIs("confirmed", Outlets.Of("H5"));
        Outlets.MostAre("clean", Outlets.Of("H5"), 0.9);
        Assert.All(Outlets.Of("H5").Select(d => d.Shop).Distinct(), s => Answer.SparesWholly(Outlets.Seller(s)));
        Answer.SparesWholly(Outlets.Facility(Rounding));
    }

    [Fact]
    public void H5_An_outlet_that_rounds_for_everybody_is_bad_data_and_its_orders_are_untouched()
    {
        Assert.DoesNotContain(Outlets.Of("H5").SelectMany(Outlets.Signals), s => s is "constant_weight" or "below_catalogue" or "above_catalogue");
        Assert.Equal("data_quality", Outlets.Facility(Rounding)["verdict"]);
    }

    [Fact]
    public void H10_A_carrier_that_writes_universal_time_is_bad_data_and_nothing_worse()
    {
        Early.NoneIs("confirmed", Early.Of("H10"));
        Early.NoneIs("review", Early.Of("H10"));
        Early.MostAre("data_quality", [.. Early.Of("H10").Where(d => d.Scan("picked_up").Time("scanned_at") < d.Paid)], 0.9);
        Assert.DoesNotContain(Early.All("parcels"), p => p["verdict"] == "no_physical_parcel");
        Assert.All(Early.All("facilities"), f => Answer.SparesWholly(f));
    }

    [Fact]
    public void H11_A_hub_that_lost_its_scans_makes_nobodys_parcel_empty()
    {
        Assert.NotEmpty(Outlets.Of("H11"));
        Outlets.NoneIs("confirmed", Outlets.Of("H11"));
        Outlets.NoneIs("review", Outlets.Of("H11"));
        Assert.DoesNotContain(Outlets.All("parcels"), p => p["verdict"] == "no_physical_parcel");
        Assert.Contains("outage_registered", Outlets.Of("H11").Where(d => d.Parcel is not null).SelectMany(d => Answer.SignalsOf(Outlets.Parcel(d))));
    }

    [Fact]
    public void H14_An_outlet_that_signs_early_for_its_target_is_a_matter_of_compliance_and_its_orders_clean()
    {
        Outlets.NoneIs("confirmed", Outlets.Of("H14"));
        Outlets.MostAre("clean", Outlets.Of("H14"), 0.97);
        Assert.Equal("review", Outlets.Facility(Hasty)["verdict"]);
        Answer.SparesWholly(Outlets.Facility(Hasty));
    }

    private static void Tell(Town town, string story, Deal deal)
    {
        if (!town.Told.TryGetValue(story, out var told))
            town.Told[story] = told = [];
        told.Add(deal);
    }
}
