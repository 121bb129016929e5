using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.LookAlikes;

/// <summary>H1: a live sale: thousands of strangers buy one thing within minutes and hardly look at it.</summary>
internal sealed class LiveSale : Scenario
{
    private readonly World _world;
    private readonly Seller _seller;
    private readonly int _day;
    private readonly int _start;
    private readonly int _minutes;
    private readonly int _size;
    private readonly string? _campaign;
    private readonly Source _source;
    private readonly int _dwell;

    private LiveSale(World world, Seller seller, int size, Rng rng)
    {
        _world = world;
        _seller = seller;
        _size = size;
        _day = Math.Max(seller.ActiveFrom + 1, world.Parameters.FirstDay + rng.Between(1, world.Parameters.Days - 2));
        _start = (_day * Clock.Day) + (int)(rng.Between(9.0, 22.5) * Clock.Hour);
        _minutes = rng.Between(8, 60);
        _source = rng.Chance(0.7) ? Source.Live : Source.Campaign;
        _dwell = rng.Between(14, 60);
        var name = $"c{Mixer.Permute(rng.Next() & 0xffff, 20, world.Parameters.Seed):0000000}";
        _campaign = rng.Chance(0.85) ? name : null;
        if (_campaign is not null && rng.Chance(world.Parameters.RegisterShare))
            world.Registers.Add(new("campaign", world.Platforms[seller.Platform].Name, name, _start - 3600, _start + (_minutes * 60) + 3600, "直播活动"));
        seller.LookAlike = "H1";
    }

    public static void Add(World world, Rng rng)
    {
        var p = world.Parameters;
        if (world.Demand.Shop(-1, p.FirstDay, rng) is not { LookAlike: null } seller)
            return;
        var most = Math.Min(p.Orders / 20, world.Buyers.Members(seller.Platform) * 0.4);
        var size = (int)Math.Clamp(rng.LogNormal(Math.Clamp(p.Orders / 250.0, 40, 1500), 0.7), Math.Min(25, most), most);
        world.Demand.Reserved += size;
        world.Scenarios.Add(new LiveSale(world, seller, size, rng) { Code = "H1" });
    }

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        if (day != _day)
            return;
        for (var k = 0; k < _size; k++)
        {
            var at = Math.Min(_start + (int)(rng.Exponential(0.4) * _minutes * 60), ((day + 1) * Clock.Day) - 1);
            var order = _world.Demand.Common(_seller, _world.Buyers.Draw(_seller.Platform, day, rng), at, rng);
            order.Lines = [new Line { Listing = _seller.FirstListing + rng.Below(Math.Min(3, _seller.Listings)), Quantity = rng.Chance(0.9) ? 1 : 2 }];
            order.Source = rng.Chance(0.95) ? _source : Source.Other;
            order.Campaign = _campaign;
            order.Dwell = _dwell;
            order.Scenario = "H1";
            plan.Orders.Add(order);
        }
    }
}
