using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>
/// H2: colleagues buy together within an hour, from one line and to one desk. Some pay each for himself, some
/// through one who collects the money, and then pay him back.
/// </summary>
internal sealed class OfficePurchase : Scenario
{
    private readonly World _world;
    private readonly Seller _seller;
    private readonly int _day;
    private readonly int _start;
    private readonly int[] _people;
    private readonly bool _onePays;
    private readonly bool _oneAccount;
    private readonly ulong _line;

    private OfficePurchase(World world, Seller seller, int size, Rng rng)
    {
        _world = world;
        _seller = seller;
        _day = Math.Max(seller.ActiveFrom + 1, world.Parameters.FirstDay + rng.Between(1, world.Parameters.Days - 2));
        _start = (_day * Clock.Day) + (int)(rng.Between(9.0, 18.0) * Clock.Hour);
        _people = [.. Enumerable.Range(0, size).Select(_ => world.Buyers.Draw(seller.Platform, _day - 90, rng)).Distinct()];
        _onePays = rng.Chance(0.3);
        _oneAccount = rng.Chance(0.25);
        _line = rng.Next();
    }

    public static void Add(World world, Rng rng)
    {
        if (world.Demand.Shop(-1, world.Parameters.FirstDay, rng) is not { } seller)
            return;
        var size = (int)Math.Clamp(rng.LogNormal(11, 0.7), 4, 90);
        world.Demand.Reserved += size;
        world.Scenarios.Add(new OfficePurchase(world, seller, size, rng) { Code = "H2" });
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (day != _day)
            return;
        var desk = _people[0];
        foreach (var person in _people)
        {
            var order = _world.Demand.Common(_seller, _oneAccount ? desk : person, _start + rng.Below(_oneAccount ? 2400 : 5400), rng);
            _world.Demand.ShipTo(order, desk);
            order.Kind = AddressKind.Office;
            order.Ip = _line;
            if (_onePays)
                order.Payer = _world.Buyers.WalletKey(desk);
            order.Scenario = "H2";
            plan.Orders.Add(order);
        }
    }
}
