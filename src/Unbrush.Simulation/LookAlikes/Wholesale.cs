using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>H20: one wholesale order of a huge quantity makes a counter jump; it is one order, and real.</summary>
internal sealed class Wholesale : Scenario
{
    private readonly Order _order;

    private Wholesale(Order order) => _order = order;

    public static void Add(World world, Rng rng)
    {
        var p = world.Parameters;
        if (world.Demand.Shop(-1, p.FirstDay, rng) is not { } seller)
            return;
        var day = Math.Max(seller.ActiveFrom + 1, p.FirstDay + rng.Between(1, p.Days - 2));
        var order = world.Demand.Common(seller, world.Buyers.Draw(seller.Platform, day, rng), (day * Clock.Day) + (int)(world.Demand.Hour(rng) * Clock.Hour), rng);
        order.Lines = [new Line { Listing = order.Lines[0].Listing, Quantity = (int)Math.Clamp(rng.LogNormal(600, 2), 50, 120_000) }];
        order.Scenario = "H20";
        world.Demand.Reserved++;
        world.Scenarios.Add(new Wholesale(order) { Code = "H20" });
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (_order.Created / Clock.Day == day)
            plan.Orders.Add(_order);
    }
}
