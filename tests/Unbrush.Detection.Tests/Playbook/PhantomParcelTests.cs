namespace Unbrush.Detection.Tests.Playbook;

/// <summary>A1 with H19, A12, A16: numbers under which nothing travels.</summary>
public sealed class PhantomParcelTests
{
    private static readonly string Outlet = Town.OutletOf("zto", Town.Jinhua, 0);
    private static readonly string Skipping = Town.OutletOf("yto", Town.Quanzhou, 1);

    private static Answer NumberOnlyAnswer => Answer.To("NumberOnly", NumberOnly);

    private static Answer SkippedCentreAnswer => Answer.To("SkippedCentre", SkippedCentre);

    private static Answer CashOutAnswer => Answer.To("CashOut", CashOut);

    [Fact]
    public void A1_Numbers_without_parcels_are_found_and_bring_down_the_orders_whose_buyers_confirmed()
    {
        var numberOnly = NumberOnlyAnswer;
        var acted = numberOnly.Of("A1 confirmed");
        numberOnly.MostParcelsAre("no_physical_parcel", [.. acted, .. numberOnly.Of("A1 silent")]);
        numberOnly.MostAre("confirmed", acted);
        Assert.All(acted.Where(d => numberOnly.Order(d)["verdict"] == "confirmed"), d => Assert.Equal("False", numberOnly.Order(d)["counted"]));
    }

    [Fact]
    public void A1_Most_orders_that_the_platform_confirmed_by_itself_are_for_a_person()
    {
        NumberOnlyAnswer.MostAre("review", NumberOnlyAnswer.Of("A1 silent"), 0.85);
    }

    [Fact]
    public void A1_Nobody_whose_order_the_platform_confirmed_by_itself_is_a_brusher()
    {
        NumberOnlyAnswer.NoneIs("confirmed", NumberOnlyAnswer.Of("A1 silent"));
    }

    [Fact]
    public void A1_The_shop_loses_the_orders_and_its_rank_and_the_outlet_is_put_before_a_person()
    {
        var numberOnly = NumberOnlyAnswer;
        var seller = numberOnly.Seller(numberOnly.Of("A1 confirmed")[0].Shop);
        Assert.Contains(seller["verdict"], (string[])["review", "confirmed"]);
        Assert.Contains("exclude_orders", Answer.Proposals(seller));
        Assert.Contains("demote_shop", Answer.Proposals(seller));
        Assert.Equal("review", numberOnly.Facility(Outlet)["verdict"]);
    }

    [Fact]
    public void A1_A_facility_that_is_not_clean_says_why()
    {
        var facilities = NumberOnlyAnswer.All("facilities").Where(f => f["verdict"] != "clean").ToArray();
        Assert.Contains(facilities, f => f["facility_id"] == Outlet);
        Assert.Contains("doubtful_parcels", Answer.SignalsOf(NumberOnlyAnswer.Facility(Outlet)));
        Assert.All(facilities, f => Assert.NotEmpty(Answer.SignalsOf(f)));
    }

    [Fact]
    public void A1_A_shops_empties_do_not_pass_for_the_outage_of_a_small_outlet()
    {
        var answer = Answer.To("NumberOnly, small outlet", town => NumberOnly(town, isBusy: false));
        answer.MostParcelsAre("no_physical_parcel", [.. answer.Of("A1 confirmed"), .. answer.Of("A1 silent")]);
    }

    [Fact]
    public void H19_A_buyer_of_the_batch_who_complained_is_a_victim()
    {
        var numberOnly = NumberOnlyAnswer;
        var order = numberOnly.Order(numberOnly.Of("H19")[0]);
        Assert.Equal("victim", order["verdict"]);
        Assert.NotEqual("brusher", numberOnly.Buyer(numberOnly.Of("H19")[0].Person)["role"]);
    }

    [Fact]
    public void A12_Orders_under_parcels_that_skip_the_centre_are_for_a_person_and_fake_only_where_something_else_speaks_against_the_sale()
    {
        var orders = SkippedCentreAnswer.Of("A12");
        Assert.InRange(SkippedCentreAnswer.Share(orders, "review") + SkippedCentreAnswer.Share(orders, "confirmed"), 0.95, 1);
        Assert.All(
            orders.Where(d => SkippedCentreAnswer.Order(d)["verdict"] == "confirmed"),
            d => Assert.NotEmpty(SkippedCentreAnswer.Signals(d).Intersect(["acted_on_phantom", "praise_for_phantom", "copied_review", "ring_purchase"])));
    }

    [Fact]
    public void A12_Seven_hundred_kilometres_in_three_hours_without_a_centre_is_no_parcel()
    {
        var skippedCentre = SkippedCentreAnswer;
        skippedCentre.MostParcelsAre("no_physical_parcel", skippedCentre.Of("A12"));
        var outlet = skippedCentre.Facility(Skipping);
        Assert.Equal("review", outlet["verdict"]);
        Assert.Contains("fine", Answer.Proposals(outlet));
    }

    [Fact]
    public void A12_The_neighbours_of_the_outlet_that_skips_the_centre_stay_unsuspected()
    {
        var skippedCentre = SkippedCentreAnswer;
        Assert.Equal("clean", skippedCentre.Facility(Town.OutletOf("yto", Town.Quanzhou, 0))["verdict"]);
        Assert.DoesNotContain(skippedCentre.All("orders"), o => o["verdict"] == "confirmed" && o["seller_id"].StartsWith('s'));
    }

    [Fact]
    public void A16_Telephones_confirmed_before_they_could_come_are_cash_out_for_finance()
    {
        var cashOut = CashOutAnswer;
        var orders = cashOut.Of("A16");
        cashOut.MostAre("confirmed", orders);
        Assert.Contains("cash_out", cashOut.Signals(orders[0]));
        Assert.Contains("refer_finance", Answer.Proposals(cashOut.Seller(orders[0].Shop)));
    }

    /// <summary>A shop of forty days, 300 orders in twenty: 280 confirmed with five stars, twenty by the platform.</summary>
    private static void NumberOnly(Town town)
    {
        NumberOnly(town, isBusy: true);
    }

    private static void NumberOnly(Town town, bool isBusy)
    {
        // The outlet is a busy one: fifteen more shops ship real goods there.
        var honest = Enumerable.Range(0, 15).Select(i => town.Open($"s1{i:D2}", Town.Jinhua, "zto", 0)).ToArray();
        for (var i = 0; isBusy && i < 1200; i++)
            town.Sell(honest[i % 15], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        var shop = town.Open("a1", Town.Jinhua, "zto", 0, Town.Start.AddDays(18));
        var people = town.Settle("a1b", 150, 30, 900);
        var deals = Enumerable.Range(0, 301).Select(i => town.Sell(shop, people[i % 150], town.At(38 + (i % 20)))).ToList();
        for (var i = 0; i < deals.Count; i++)
        {
            Phantom(deals[i], [0, 6, 20, 44], Outlet + "-insider");
            if (i < 280)
                deals[i].Confirmed(deals[i].Delivered.Add(town.Hours(1, 30)), town.Words());
            else
                deals[i].Silent(deals[i].Delivered.AddDays(10));
        }

        town.Told["A1 confirmed"] = deals[..280];
        town.Told["A1 silent"] = deals[280..300];
        town.Told["H19"] = deals[300..];
        town.Add("reports", ("report_id", "h19"), ("reported_at", deals[300].Delivered.AddDays(1)), ("kind", "not_received"), ("subject_kind", "order"), ("subject_platform", Town.Platform), ("subject_id", deals[300].Id), ("reporter", "recipient"), ("text", "Shown as signed; I have nothing."));
    }

    /// <summary>Four scans at fixed hours, nothing weighed, no centre, no vehicle, one hand, a doorman at a house.</summary>
    internal static void Phantom(Deal deal, double[] hours, string hand)
    {
        var to = Town.OutletOf(deal.Shop.Carrier, deal.Person.City, deal.Person.Zone);
        var start = deal.Scan("picked_up").Time("scanned_at");
        (string Action, string Place)[] told = [("picked_up", deal.Shop.Outlet), ("departed", deal.Shop.Outlet), ("arrived", to), ("delivered", to)];
        deal.Parcel!["weight_g"] = null;
        deal.Scans = [.. told.Select((t, i) => new Row("scans", ("carrier", deal.Shop.Carrier), ("waybill_no", deal.Parcel["waybill_no"]), ("scanned_at", start.AddHours(hours[i])), ("action", t.Action), ("facility_id", t.Place), ("operator_key", hand)))];
        deal.Scans[^1].Set(("signer", "doorman"), ("proof", "none"));
    }

    /// <summary>Two hundred parcels of one outlet to Wuhan in three hours; four shops that ship there anyway.</summary>
    private static void SkippedCentre(Town town)
    {
        var shops = Enumerable.Range(0, 4).Select(i => town.Open($"a12-{i}", Town.Quanzhou, "yto", 1)).ToArray();
        var people = town.People.Where(p => p.City == Town.Wuhan).ToArray();
        for (var i = 0; i < 80; i++)
            town.Sell(shops[i % 4], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        town.Told["A12"] = [.. Enumerable.Range(0, 200).Select(i =>
        {
            var deal = town.Sell(shops[i % 4], people[town.Next(0, people.Length)], town.At(20 + (i % 15)));
            var picked = deal.Scan("picked_up");
            var last = deal.Scan("delivered");
            var shift = picked.Time("scanned_at").Add(town.Hours(2.8, 3.2)) - last.Time("scanned_at");
            foreach (var scan in deal.Scans)
            {
                if (scan != picked)
                    scan["scanned_at"] = scan.Time("scanned_at") + shift;
            }

            deal.Scans.RemoveAll(s => !(s["action"] is "picked_up" or "delivered" or "collected"));
            return deal;
        })];
    }

    /// <summary>Four hundred telephones of 4,999 yuan, confirmed within a day; the payout goes on to three wallets.</summary>
    private static void CashOut(Town town)
    {
        var shop = town.Open("a16", Town.Shanghai, "zto", 1, null, (400, 4999m));
        var people = town.Settle("a16b", 400, 60, 1500);
        town.Told["A16"] = [.. people.Select((p, i) =>
        {
            var deal = town.Sell(shop, p, town.At(25 + (i % 20)));
            Phantom(deal, [0, 1.5 + town.Chance(), 9 + (3 * town.Chance()), 14 + (4 * town.Chance())], Town.OutletOf("zto", Town.Shanghai, 1) + "-clerk");
            deal.Confirmed(deal.Paid.Add(town.Hours(8, 23)));
            deal.Payments.Add(new("payments", ("payment_id", "out" + deal.Id), ("paid_at", deal.Paid.AddDays(1)), ("payer_key", "till"), ("payee_key", shop.Wallet), ("amount", 4999m), ("kind", "payout"), ("platform", Town.Platform), ("order_id", deal.Id)));
            return deal.Transfer(deal.Paid.AddDays(1).Add(town.Hours(1, 8)), shop.Wallet, $"payee{i % 3}", 4899m);
        })];
    }
}
