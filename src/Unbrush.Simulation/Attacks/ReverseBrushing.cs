using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A13: a rival floods a shop with orders that are asked back at once, to have it punished.</summary>
internal sealed class ReverseBrushing : Scenario
{
    private readonly World _world;
    private readonly Seller _target;
    private readonly int[] _accounts;
    private readonly int _from;
    private readonly int _days;
    private readonly int _size;
    private readonly int _devices;
    private readonly ulong _id;

    private ReverseBrushing(Draft draft, Seller target, int size)
    {
        var rng = draft.Rng;
        _world = draft.World;
        _target = target;
        _size = size;
        _days = rng.Between(1, 4);
        _from = rng.Between(Math.Max(_world.Parameters.FirstDay + 10, target.ActiveFrom + 1), _world.LastDay - 8);
        _id = rng.Next();
        _devices = rng.Chance(0.5) ? rng.Between(3, 15) : 0;
        target.HostileTarget = true;
        var accounts = new HashSet<int>();
        var count = Math.Max(4, size / rng.Between(3, 17));
        for (var tries = 0; tries < count * 20 && accounts.Count < count; tries++)
        {
            var candidate = _world.Buyers.Any(target.Platform, rng);
            if (_world.Buyers.Role[candidate] != BuyerRole.Innocent)
                continue;
            _world.Buyers.Role[candidate] = BuyerRole.Attacker;
            _world.Buyers.RegisteredDay[candidate] = _from - rng.Between(1, rng.Chance(0.7) ? 20 : 300);
            accounts.Add(candidate);
        }

        _accounts = [.. accounts];
    }

    public static void Add(Draft draft)
    {
        var world = draft.World;
        var rng = draft.Rng;
        var left = (int)(world.Parameters.HostileShare * world.Parameters.Orders);
        world.Demand.Reserved += left;
        for (var tries = 0; left > 8 && tries < 1000; tries++)
        {
            var target = world.Demand.Shop(-1, world.Parameters.FirstDay, rng);
            if (target is null || target.Brushing || target.HostileTarget || target.LookAlike is not null)
                continue;
            var size = Math.Min(left, (int)Math.Clamp(rng.LogNormal(Math.Clamp(left / 2.0, 30, 500), 0.5), 15, 2500));
            world.Scenarios.Add(new ReverseBrushing(draft, target, size) { Code = "A13" });
            left -= size;
        }
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (day < _from || day >= _from + _days || _accounts.Length == 0)
            return;
        for (var k = rng.Poisson((double)_size / _days); k > 0; k--)
        {
            var order = _world.Demand.Common(_target, rng.Pick(_accounts), (day * Clock.Day) + (int)(_world.Demand.Hour(rng) * Clock.Hour), rng);
            order.Hostile = true;
            order.Victim = true;
            order.Scenario = "A13";
            order.Role = "hostile";
            if (_devices > 0)
                order.Device = Mixer.Mix(_id, 3, (ulong)rng.Below(_devices));
            plan.Orders.Add(order);
        }
    }
}
