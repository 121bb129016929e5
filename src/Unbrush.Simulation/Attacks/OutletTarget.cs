using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.Attacks;

/// <summary>A11: an outlet fills its month's target with parcels to its own people; no shop gains by it.</summary>
internal sealed class OutletTarget : Scenario
{
    private readonly Facility _outlet;
    private readonly Carelessness _care;
    private readonly int _perMonth;
    private readonly int _senders;
    private readonly int _staff;
    private readonly ulong _id;
    private readonly bool _empty;

    private OutletTarget(Draft draft, Facility outlet, int size)
    {
        var rng = draft.Rng;
        _outlet = outlet;
        _care = Carelessness.Draw(rng, draft.Evasive);
        _perMonth = size;
        _senders = rng.Between(3, 14);
        _staff = rng.Between(4, 16);
        _id = rng.Next();
        _empty = rng.Chance(0.8);
        outlet.Guilt ??= "A11";
    }

    public static void Add(Draft draft)
    {
        var p = draft.World.Parameters;
        var rng = draft.Rng;
        var left = Math.Max(1, p.Orders / 120_000);
        for (var tries = 0; left > 0 && tries < 1000; tries++)
        {
            var carrier = rng.Pick(draft.World.Network.Carriers);
            var outlet = rng.Pick(carrier.Outlets);
            if (outlet.LookAlike is not null)
                continue;
            draft.World.Scenarios.Add(new OutletTarget(draft, outlet, (int)Math.Clamp(rng.LogNormal(40, 0.5), 15, 200)) { Code = "A11" });
            left--;
        }
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        var date = Clock.DateOf(day);
        var left = DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
        if (left > 2)
            return;
        for (var k = rng.Poisson(_perMonth / 3.0); k > 0; k--)
        {
            var created = (day * Clock.Day) + rng.Between(9 * Clock.Hour, 19 * Clock.Hour);
            plan.Parcels.Add(new LooseParcel
            {
                Created = created,
                Customer = Mixer.Mix(3, (ulong)_outlet.Index),
                Scenario = "A11",
                Care = _care,
                Empty = _empty,
                Content = _empty ? "nothing" : "envelope",
                Plan = new ParcelPlan
                {
                    Carrier = _outlet.Carrier,
                    Outlet = _outlet.Index,
                    City = _outlet.City,
                    Zone = Math.Max(0, _outlet.Zone),
                    Address = Mixer.Mix(_id, (ulong)rng.Below(_staff)),
                    Kind = AddressKind.House,
                    Sender = Mixer.Mix(_id, 5, (ulong)rng.Below(_senders)),
                    PickedUp = created + rng.Between(600, 7200),
                    Grams = (float)rng.LogNormal(60, 0.8),
                    ForwardCity = -1,
                },
            });
        }
    }
}
