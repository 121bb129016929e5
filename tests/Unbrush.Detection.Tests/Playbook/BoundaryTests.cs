namespace Unbrush.Detection.Tests.Playbook;

/// <summary>The playbook's boundaries of detection: what must differ when one thing does.</summary>
public sealed class BoundaryTests
{
    private static readonly string Busy = Town.OutletOf("zto", Town.Shanghai, 0);

    private static Answer Answer => Answer.To("boundaries", town =>
    {
        // Sixteen shops more make the outlet busy, so that a handful of odd parcels is seen against its norm.
        var shops = Enumerable.Range(0, 16).Select(i => town.Open($"bd{i:D2}", Town.Shanghai, "zto", 0)).ToArray();
        for (var i = 0; i < 1600; i++)
            town.Sell(shops[i % 16], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        town.Told["two contradictions, buyer"] = Odd(town, "bd-2b", 12, Two, (t, d) => d.Confirmed(d.Delivered.Add(t.Hours(2, 40)), t.Words()));
        town.Told["two contradictions, auto"] = Odd(town, "bd-2a", 12, Two, (_, d) => d.Silent(d.Delivered.AddDays(10)));
        town.Told["two contradictions, null"] = Odd(town, "bd-2n", 12, Two, (_, d) =>
        {
            d.Silent(d.Delivered.AddDays(10)).Order["completed_by"] = null;
            return d;
        });
        town.Told["one contradiction, buyer"] = Odd(town, "bd-1b", 12, NoCourier, (t, d) => d.Confirmed(d.Delivered.Add(t.Hours(2, 40)), t.Words()));
        town.Told["weight alone"] = Odd(town, "bd-w", 12, Light, (t, d) => d.Confirmed(d.Delivered.Add(t.Hours(2, 40)), t.Words()));

        static void NoCourier(Town town, Deal deal) => deal.Scans.RemoveAll(s => s["action"] is "out_for_delivery");

        static void Two(Town town, Deal deal)
        {
            // No courier took it out, and nobody weighed it: two uploads of two places would have to be lost.
            NoCourier(town, deal);
            deal.Parcel!["weight_g"] = null;
            foreach (var scan in deal.Scans)
                scan["weight_g"] = null;
            deal.Scans.RemoveAll(s => ((string)s["facility_id"]!).EndsWith("-c", StringComparison.Ordinal));
        }

        static void Light(Town town, Deal deal)
        {
            // An envelope of a fiftieth of the goods' weight, whose way is in order.
            deal.Parcel!["weight_g"] = 16;
            foreach (var scan in deal.Scans.Where(s => s["weight_g"] is not null))
                scan["weight_g"] = 16;
        }
    });

    [Fact]
    public void Two_contradictions_make_no_parcel_and_one_does_not()
    {
        Answer.MostParcelsAre("no_physical_parcel", [.. Answer.Of("two contradictions, buyer"), .. Answer.Of("two contradictions, auto")], 0.75);
        Assert.Equal(0, Answer.ParcelShare(Answer.Of("one contradiction, buyer"), "no_physical_parcel"));
    }

    [Fact]
    public void The_buyers_own_confirmation_is_an_act_and_the_platforms_or_none_is_not()
    {
        Answer.MostAre("confirmed", Answer.Of("two contradictions, buyer"), 0.6);
        Answer.NoneIs("confirmed", Answer.Of("two contradictions, auto"));
        Answer.NoneIs("confirmed", Answer.Of("two contradictions, null"));
        Answer.MostAre("review", Answer.Of("two contradictions, auto"), 0.9);
        Answer.MostAre("review", Answer.Of("two contradictions, null"), 0.9);
    }

    [Fact]
    public void One_family_never_confirms_and_two_with_a_contradiction_do()
    {
        Assert.All(Answer.All("orders").Where(o => o["verdict"] == "confirmed"), o => Assert.True(int.Parse(o["families"], System.Globalization.CultureInfo.InvariantCulture) >= 2 && o["hard"] == "True"));
        Assert.All(Answer.Of("two contradictions, auto").Select(Answer.Order), o => Assert.Equal("1", o["families"]));
        Assert.All(Answer.Of("two contradictions, buyer").Select(Answer.Order), o => Assert.NotEqual("1", o["families"]));
    }

    [Fact]
    public void A_fiftieth_of_the_goods_weight_alone_never_goes_above_review()
    {
        Answer.NoneIs("confirmed", Answer.Of("weight alone"));
        Assert.Equal(0, Answer.ParcelShare(Answer.Of("weight alone"), "no_physical_parcel"));
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.5, false)]
    public void An_outlet_day_below_the_threshold_of_completeness_is_bad_data_and_above_it_is_not(double kept, bool isBad)
    {
        var answer = Answer.To($"complete {kept}", town =>
        {
            // An outlet's own uploads of six days are lost in part, whosever parcels they are.
            var shops = Enumerable.Range(0, 16).Select(i => town.Open($"bd{i:D2}", Town.Shanghai, "zto", 0)).ToArray();
            for (var i = 0; i < 1600; i++)
                town.Sell(shops[i % 16], town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
            var hit = town.Deals.Where(d => d.Shop.Outlet == Busy && d.Scan("picked_up").Time("scanned_at").Date is var day && day >= Town.Start.AddDays(30) && day < Town.Start.AddDays(36)).ToList();
            for (var i = 0; i < hit.Count; i++)
            {
                if ((i * 0.61803398875) % 1 < kept)
                    continue;
                hit[i].Parcel!["weight_g"] = null;
                hit[i].Scans.RemoveAll(s => (string)s["facility_id"]! == Busy && s["action"] is "picked_up" or "departed");
            }

            town.Told["hit"] = hit;
        });
        Assert.DoesNotContain(answer.All("parcels"), p => p["verdict"] == "no_physical_parcel");
        answer.NoneIs("confirmed", answer.Of("hit"));
        var bad = answer.Of("hit").Count(d => answer.Parcel(d)["verdict"] == "data_quality");
        Assert.True(bad > 0.3 * answer.Of("hit").Count == isBad, $"{bad} of {answer.Of("hit").Count} parcels are data_quality");
    }

    [Fact]
    public void A_parcel_of_which_only_the_signature_was_recorded_has_no_speed()
    {
        var answer = Answer.To("signature only", town =>
        {
            var lost = town.Deals.Where(d => d.Shop.Outlet == Busy && d.Person.City != Town.Shanghai).Take(60).ToList();
            foreach (var deal in lost)
                deal.Scans.RemoveAll(s => s["action"] is not "delivered");
            town.Told["signature only"] = lost;
        });
        answer.NoneIs("confirmed", answer.Of("signature only"));
        Assert.DoesNotContain("impossible_speed", answer.Of("signature only").SelectMany(answer.Signals));
    }

    [Fact]
    public void The_same_feed_gives_the_same_bytes_and_so_does_a_shuffled_one()
    {
        static Town Planted()
        {
            var town = new Town(7).Bustle(1500);
            var shop = town.Open("twice", Town.Jinhua, "zto", 0);
            for (var i = 0; i < 60; i++)
            {
                var deal = town.Sell(shop, town.People[i], town.At(20 + (i % 9)));
                PhantomParcelTests.Phantom(deal, [0, 6, 20, 44], "hand");
                deal.Confirmed(deal.Delivered.AddHours(2), town.Words());
            }

            return town;
        }

        var first = Answer.Of(Planted());
        Assert.Contains(first.All("parcels"), p => p["verdict"] is not "physical");
        Assert.Equal(first.Hash, Answer.Of(Planted()).Hash);
        Assert.Equal(first.Hash, Answer.Of(Planted(), shuffle: 3).Hash);
    }

    /// <summary>A shop of forty genuine orders and a dozen odd ones.</summary>
    private static List<Deal> Odd(Town town, string id, int count, Action<Town, Deal> change, Func<Town, Deal, Deal> end)
    {
        var shop = town.Open(id, Town.Shanghai, "zto", 0, null, (800, 49m), (850, 59m));
        for (var i = 0; i < 40; i++)
            town.Sell(shop, town.People[town.Next(0, 1200)], town.At(town.Next(0, Town.Days)));
        var abroad = town.People.Where(p => p.City != Town.Shanghai).ToArray();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var deal = town.Sell(shop, abroad[town.Next(0, abroad.Length)], town.At(10 + (4 * i)));
            change(town, deal);
            return end(town, deal);
        })];
    }
}
