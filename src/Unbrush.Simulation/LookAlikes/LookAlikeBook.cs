using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>
/// Everything honest that looks guilty and needs a plan of its own. The rest of the playbook's look-alikes (light
/// goods, digital goods, merging, rounding scales, early signing, dormitories …) are habits of places and people.
/// </summary>
internal static class LookAlikeBook
{
    public static void Fill(World world, Rng rng)
    {
        var p = world.Parameters;
        var weight = p.Profile == Profile.Honest ? 2 : 1;
        for (var k = Math.Max(2, p.Orders / 60_000) * weight; k > 0; k--)
            LiveSale.Add(world, rng);
        for (var k = Math.Max(3, p.Orders / 8_000) * weight; k > 0; k--)
            OfficePurchase.Add(world, rng);
        for (var k = Math.Max(1, p.Orders / 150_000) * weight; k > 0; k--)
            Relatives.Add(world, rng);
        for (var k = Math.Max(2, p.Orders / 10_000) * weight; k > 0; k--)
            Wholesale.Add(world, rng);
        world.Scenarios.Add(new PrivateParcels(world, rng) { Code = "private" });
        world.Scenarios.Add(new Replacements(world, rng) { Code = "H16" });
        for (var k = Math.Max(1, p.Orders / 100_000); k > 0; k--)
        {
            TimeTests.Add(world, rng, true);
            TimeTests.Add(world, rng, false);
        }

        HubOutages(world, rng);
        foreach (var house in world.Market.Warehouses.Where(w => w.Registered))
        {
            foreach (var carrier in world.Network.Carriers)
                world.Registers.Add(new("warehouse", carrier.Code, Key(house.SenderKey), (p.FirstDay - 200) * Clock.Day, 0, "云仓"));
        }

        foreach (var outlet in world.Network.Facilities.Where(f => f.EveningBatch))
        {
            foreach (var station in outlet.Stations)
            {
                if (rng.Chance(p.RegisterShare))
                    world.Registers.Add(new("pickup_point", world.Network.Carriers[outlet.Carrier].Code, world.Network.Facilities[station].Id, (p.FirstDay - 100) * Clock.Day, 0, "驿站代收"));
            }
        }
    }

    public static string Key(ulong key) => key.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>H11: a hub loses a third of its scans on a day or two.</summary>
    private static void HubOutages(World world, Rng rng)
    {
        var p = world.Parameters;
        for (var k = rng.Between(1, 3) + (int)(p.Orders / 400_000); k > 0; k--)
        {
            var hub = rng.Pick(rng.Pick(world.Network.Carriers).Centres.Where(c => c.Hub).ToList());
            var day = p.FirstDay + rng.Between(5, p.Days - 5);
            var days = rng.Between(1, 3);
            hub.LookAlike = "H11";
            for (var d = 0; d < days; d++)
                world.Outages.Strike(hub.Index, day + d, rng.Between(0.2, 0.6));
            if (rng.Chance(p.RegisterShare))
                world.Registers.Add(new("outage", world.Network.Carriers[hub.Carrier].Code, hub.Id, day * Clock.Day, (day + days) * Clock.Day, "分拨系统故障"));
        }
    }
}
