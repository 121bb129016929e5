using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>
/// H18: a few relatives of the owner buy once. H18b: dozens of them and their second accounts buy at the launch; the
/// goods are real, yet rules count such orders when they are made to raise sales, so they are judged by nobody here.
/// </summary>
internal sealed class Relatives : Scenario
{
    private readonly World _world;
    private readonly Seller _seller;
    private readonly int _from;
    private readonly int _days;
    private readonly int[] _people;
    private readonly bool _launch;

    private Relatives(World world, Seller seller, bool launch, int size, Rng rng)
    {
        _world = world;
        _seller = seller;
        _launch = launch;
        _from = launch ? seller.ActiveFrom + 1 : world.Parameters.FirstDay + rng.Between(1, world.Parameters.Days / 2);
        _days = launch ? rng.Between(2, 7) : rng.Between(10, 40);
        _people = [.. Enumerable.Range(0, size).Select(_ => world.Buyers.Any(seller.Platform, rng)).Where(b => world.Buyers.Role[b] == BuyerRole.Innocent).Distinct()];
        foreach (var person in _people)
            world.Buyers.Role[person] = BuyerRole.Relative;
        seller.LookAlike = launch ? "H18b" : "H18";
    }

    public static void Add(World world, Rng rng)
    {
        for (var k = 0; k < 2; k++)
        {
            var launch = k == 0;
            var seller = launch
                ? world.Market.Sellers.Where(s => s.OpenedDay > world.Parameters.FirstDay - 20 && s.LookAlike is null).OrderBy(s => Mixer.Mix(s.Wallet)).FirstOrDefault()
                : world.Demand.Shop(-1, world.Parameters.FirstDay, rng);
            if (seller is null || seller.LookAlike is not null)
                continue;
            var size = launch ? rng.Between(14, 60) : rng.Between(2, 6);
            world.Demand.Reserved += size;
            world.Scenarios.Add(new Relatives(world, seller, launch, size, rng) { Code = launch ? "H18b" : "H18" });
        }
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (day < _from || day >= _from + _days)
            return;
        for (var i = 0; i < _people.Length; i++)
        {
            if (i % _days != day - _from)
                continue;
            var order = _world.Demand.Common(_seller, _people[i], (day * Clock.Day) + (int)(_world.Demand.Hour(rng) * Clock.Hour), rng);
            if (rng.Chance(0.6))
                order.Device = Mixer.Mix(_seller.Owner, (ulong)rng.Below(4));
            if (rng.Chance(0.4))
                _world.Demand.ShipTo(order, _people[i / 3]);
            order.Scenario = _launch ? "H18b" : "H18";
            order.Role = "relative";
            order.Unjudged = _launch;
            plan.Orders.Add(order);
        }
    }
}
