using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>Parcels without an order on the platforms: people send things, firms sell elsewhere, outlets are paid at the counter.</summary>
internal sealed class PrivateParcels(World world, Rng rng) : Scenario
{
    private readonly double _firms = rng.Between(0.4, 0.8);
    private readonly int _firmCount = (int)Math.Max(5, world.Parameters.Orders / 900);

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        var p = world.Parameters;
        for (var n = rng.Poisson(p.Orders * p.UnlinkedParcelShare / p.Days); n > 0; n--)
        {
            var buyer = rng.Below(world.Buyers.Count);
            var firm = rng.Chance(_firms) ? rng.Below(_firmCount) : -1;
            var carrier = firm >= 0 ? (int)(Mixer.Mix(p.Seed, 140, (ulong)firm) % (ulong)p.Carriers) : rng.Below(p.Carriers);
            var sender = firm >= 0 ? Mixer.Mix(p.Seed, 141, (ulong)firm) : Mixer.Mix(p.Seed, 142, (ulong)rng.Below(world.Buyers.Count));
            var outlets = world.Network.Carriers[carrier].Outlets;
            var outlet = firm >= 0 ? outlets[(int)(Mixer.Mix(sender, 1) % (ulong)outlets.Count)] : rng.Pick(outlets);
            var at = (day * Clock.Day) + (int)(world.Demand.Hour(rng) * Clock.Hour);
            plan.Parcels.Add(new LooseParcel
            {
                Created = at,
                Customer = firm >= 0 && firm % 2 == 0 ? Mixer.Mix(4, (ulong)firm) : Mixer.Mix(3, (ulong)outlet.Index),
                Scenario = "private",
                // A present without a card, or a wrong address: the recipient wonders.
                Reported = rng.Chance(0.0005),
                Plan = new ParcelPlan
                {
                    Carrier = carrier,
                    Outlet = outlet.Index,
                    City = world.Buyers.City[buyer],
                    Zone = world.Buyers.Zone[buyer],
                    Address = world.Buyers.AddressKey(buyer),
                    Kind = world.Buyers.Kind[buyer],
                    Sender = sender,
                    PickedUp = Math.Max(at + 600, (day * Clock.Day) + (int)(rng.Between(9.0, 20.0) * Clock.Hour)),
                    Grams = firm >= 0 ? (float)rng.LogNormal(120 + (firm % 17 * 90), 0.4) : (float)rng.LogNormal(700, 1.0),
                    ForwardCity = -1,
                    Refused = rng.Chance(0.004),
                },
            });
        }
    }
}
