using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Demand;

/// <summary>Tips: some come from people who know, many from people who are angry.</summary>
internal static class Gossip
{
    public static void Spread(World world, Feed feed, Rng rng)
    {
        var p = world.Parameters;
        foreach (var (facility, day, count) in world.Tips)
        {
            var place = world.Network.Facilities[facility];
            for (var k = 0; k < count; k++)
                feed.Reports.Add(new(At(day + k), "insider_tip", "facility", world.Network.Carriers[place.Carrier].Code, place.Id, "employee", "网点向商家出售空包单号"));
        }

        for (var k = rng.Poisson(2 + (p.Orders / 40_000.0)); k > 0; k--)
        {
            var place = rng.Pick(world.Network.Carriers[rng.Below(p.Carriers)].Outlets);
            feed.Reports.Add(new(At(rng.Between(5, p.Days)), rng.Chance(0.4) ? "insider_tip" : "other", "facility", world.Network.Carriers[place.Carrier].Code, place.Id, rng.Chance(0.5) ? "public" : "employee", "网点有问题，请查"));
        }

        for (var k = rng.Poisson(3 + (p.Orders / 25_000.0)); k > 0; k--)
        {
            var seller = rng.Pick(world.Market.Sellers);
            feed.Reports.Add(new(At(rng.Between(5, p.Days)), rng.Chance(0.3) ? "insider_tip" : "other", "seller", world.Platforms[seller.Platform].Name, feed.SellerId(seller.Index), "public", "这家销量是刷的"));
        }

        foreach (var seller in world.Market.Sellers.Where(s => s.Brushing))
        {
            if (rng.Chance(0.06))
                feed.Reports.Add(new(At(rng.Between(10, p.Days)), "insider_tip", "seller", world.Platforms[seller.Platform].Name, feed.SellerId(seller.Index), rng.Chance(0.5) ? "employee" : "public", "店铺找人刷单"));
        }

        int At(int day) => ((p.FirstDay + day) * Clock.Day) + rng.Between(8 * Clock.Hour, 22 * Clock.Hour);
    }
}
