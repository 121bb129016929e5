using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>
/// H17: headquarters send empty bags to time the network, and say so on the register. H17b: an outlet uses the same
/// stamp and is not on the list, which is for a person to look at.
/// </summary>
internal sealed class TimeTests : Scenario
{
    private readonly World _world;
    private readonly Facility _outlet;
    private readonly bool _listed;
    private readonly double _perDay;
    private readonly int _from;
    private readonly int _days;

    private TimeTests(World world, Facility outlet, bool listed, Rng rng)
    {
        _world = world;
        _outlet = outlet;
        _listed = listed;
        _perDay = rng.Between(0.5, 4.0);
        _from = world.Parameters.FirstDay + rng.Between(2, world.Parameters.Days / 2);
        _days = rng.Between(7, 30);
        outlet.LookAlike ??= listed ? "H17" : "H17b";
    }

    public static void Add(World world, Rng rng, bool listed)
    {
        var outlet = rng.Pick(rng.Pick(world.Network.Carriers).Outlets);
        world.Scenarios.Add(new TimeTests(world, outlet, listed, rng) { Code = listed ? "H17" : "H17b" });
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (day < _from || day >= _from + _days)
            return;
        for (var n = rng.Poisson(_perDay); n > 0; n--)
        {
            var city = _world.Atlas.DrawBuyerCity(rng);
            var at = (day * Clock.Day) + (int)(rng.Between(9.0, 18.0) * Clock.Hour);
            plan.Parcels.Add(new LooseParcel
            {
                Created = at,
                Customer = Mixer.Mix(3, (ulong)_outlet.Index),
                Scenario = _listed ? "H17" : "H17b",
                Content = "envelope",
                Remark = rng.Chance(0.8) ? "时效测试" : null,
                RegisterTest = _listed,
                Plan = new ParcelPlan
                {
                    Carrier = _outlet.Carrier,
                    Outlet = _outlet.Index,
                    City = city,
                    Zone = rng.Below(_world.Atlas.Cities[city].Zones.Length),
                    Address = Mixer.Mix((ulong)_outlet.Index, 17, (ulong)city),
                    Kind = AddressKind.Office,
                    Sender = Mixer.Mix((ulong)_outlet.Index, 18),
                    PickedUp = at + rng.Between(1200, 9000),
                    Grams = (float)rng.LogNormal(15, 0.2),
                    ForwardCity = -1,
                },
            });
        }
    }
}
