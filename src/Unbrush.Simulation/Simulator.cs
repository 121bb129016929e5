using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Truth;

namespace Unbrush.Simulation;

/// <summary>Makes a synthetic economy with known truth: a feed as in the contract, and apart from it what really happened.</summary>
public static class Simulator
{
    /// <summary>Days that rows wait for earlier ones, so that each table comes in the order of its times.</summary>
    private const int Lag = 5;

    /// <summary>Writes the feed, and the truth where a folder is given. The same options give the same bytes.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="feedFolder">Receives one CSV file a table; made where it is missing.</param>
    /// <param name="truthFolder">Receives the truth, or null.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between two days.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 500 orders.</exception>
    public static SimulationSummary Run(
        SimulationOptions options, string feedFolder, string? truthFolder = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Orders, 500);
        var world = new World(options);
        using var feed = new Feed(world, feedFolder);
        using var truth = new TruthBook(world, feed, truthFolder);
        var life = new OrderLife(world, feed, truth);
        foreach (var client in world.Scenarios.OfType<Operation>().Where(o => o.Supplies[(int)Supply.Reused] > 0).SelectMany(o => o.Clients))
            life.Reusers[client.Seller.Index] = client;

        var p = world.Parameters;
        for (var day = p.FirstDay; day < world.LastDay; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rng = Rng.Of(p.Seed, 40, (ulong)day);
            var plan = new DayPlan(day);
            foreach (var scenario in world.Scenarios)
                scenario.Plan(day, rng, plan);
            world.Demand.Plan(day, rng, plan);
            var orders = plan.Orders.ToArray();
            var keys = new ulong[orders.Length];
            for (var i = 0; i < orders.Length; i++)
                keys[i] = ((ulong)orders[i].Created << 32) | (rng.Next() >> 32);
            Array.Sort(keys, orders);
            foreach (var order in orders)
                life.Number(order, rng);
            foreach (var order in orders)
                life.Live(order, rng);
            foreach (var parcel in plan.Parcels)
                life.LiveLoose(parcel, rng);
            life.Bustle(day, orders.Length, rng);
            life.Settle(day, rng);
            feed.Flush(day - Lag);
            progress?.Report((day - p.FirstDay + 1.0) / p.Days);
        }

        var last = Rng.Of(p.Seed, 41);
        for (var day = world.LastDay; day < world.LastDay + p.TailDays; day++)
            life.Settle(day, last);
        Gossip.Spread(world, feed, last);
        feed.Finish();
        truth.Finish();
        return new SimulationSummary(feed.Orders, feed.Parcels, feed.Scans, truth.Fakes, truth.Victims);
    }
}
