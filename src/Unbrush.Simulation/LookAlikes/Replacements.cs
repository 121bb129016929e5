using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>H16: a part that was missing, or a sample, follows by itself: a parcel without an order, mostly with a ticket.</summary>
internal sealed class Replacements(World world, Rng rng) : Scenario
{
    private readonly double _share = rng.Between(0.003, 0.012);

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        var p = world.Parameters;
        for (var n = rng.Poisson(p.Orders * _share / p.Days); n > 0; n--)
        {
            if (world.Demand.Shop(-1, day, rng) is not { } seller)
                continue;
            var buyer = world.Buyers.Any(seller.Platform, rng);
            var at = (day * Clock.Day) + (int)(rng.Between(9.0, 17.0) * Clock.Hour);
            plan.Parcels.Add(new LooseParcel
            {
                Created = at,
                Customer = seller.OwnStock ? Mixer.Mix(2, (ulong)seller.Index) : Mixer.Mix(3, (ulong)seller.Outlets[0]),
                Scenario = "H16",
                Remark = rng.Chance(0.4) ? "补发" : null,
                RegisterReplacement = rng.Chance(p.RegisterShare),
                Plan = new ParcelPlan
                {
                    Carrier = seller.Carriers[0],
                    Outlet = seller.Outlets[0],
                    City = world.Buyers.City[buyer],
                    Zone = world.Buyers.Zone[buyer],
                    Address = world.Buyers.AddressKey(buyer),
                    Kind = world.Buyers.Kind[buyer],
                    Sender = seller.SenderKey,
                    PickedUp = at + rng.Between(1800, 14000),
                    Grams = (float)rng.LogNormal(90, 0.8),
                    ForwardCity = -1,
                },
            });
        }
    }
}
