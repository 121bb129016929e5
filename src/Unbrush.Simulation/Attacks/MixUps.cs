using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>H19: a real buyer's order got onto the list of fakes; he paid and received nothing.</summary>
internal sealed class MixUps : Scenario
{
    private readonly World _world;
    private readonly Operation[] _operations;
    private readonly double _share;

    private MixUps(World world, Rng rng)
    {
        _world = world;
        _operations = [.. world.Scenarios.OfType<Operation>().Where(o => o.Supplies[(int)Supply.NumberOnly] > 0 && !o.Unordered)];
        _share = rng.Between(0.01, 0.03);
    }

    public static void Add(Draft draft) => draft.World.Scenarios.Add(new MixUps(draft.World, draft.Rng) { Code = "H19" });

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        foreach (var operation in _operations)
        {
            foreach (var client in operation.Clients)
            {
                var i = day - client.FirstDay;
                if (i < 0 || i >= client.PerDay.Length)
                    continue;
                for (var k = rng.Poisson(client.PerDay[i] * _share); k > 0; k--)
                {
                    var buyer = _world.Buyers.Draw(client.Seller.Platform, day, rng);
                    if (_world.Buyers.Role[buyer] != Market.BuyerRole.Innocent)
                        continue;
                    var order = _world.Demand.Common(client.Seller, buyer, (day * Clock.Day) + (int)(_world.Demand.Hour(rng) * Clock.Hour), rng);
                    order.Operation = operation;
                    order.MixUp = true;
                    order.Victim = true;
                    order.Scenario = "H19";
                    order.Role = "mix_up";
                    plan.Orders.Add(order);
                }
            }
        }
    }
}
