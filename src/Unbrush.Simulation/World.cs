using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Geography;
using Unbrush.Simulation.LookAlikes;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation;

/// <summary>One synthetic economy: its places, carriers, shops, people, and what is planned in it.</summary>
internal sealed class World
{
    public World(SimulationOptions options)
    {
        Parameters = WorldParameters.Draw(options);
        Atlas = new Atlas(Parameters.Cities, Rng.Of(options.Seed, 3));
        Network = new Network(Parameters, Atlas);
        Buyers = new Buyers(Parameters, Atlas);
        Market = new Marketplace(Parameters, Atlas, Network, Buyers);
        var rng = Rng.Of(options.Seed, 6);
        Platforms = [.. Market.Platforms.Select(name => PlatformTraits.Draw(name, rng))];
        Outages = new Outages(Parameters);
        Demand = new Shoppers(this);
        Numbers = new NumberBook(Parameters, Network);
        LookAlikeBook.Fill(this, Rng.Of(options.Seed, 7));
        AttackBook.Fill(this, Rng.Of(options.Seed, 8));
    }

    public WorldParameters Parameters { get; }

    public Atlas Atlas { get; }

    public Network Network { get; }

    public Buyers Buyers { get; }

    public Marketplace Market { get; }

    public PlatformTraits[] Platforms { get; }

    public Outages Outages { get; }

    public Shoppers Demand { get; }

    public NumberBook Numbers { get; }

    /// <summary>All that happens beside common trade.</summary>
    public List<Scenario> Scenarios { get; } = [];

    /// <summary>Outlets that somebody inside talks about: the facility, the day from the start, how many tips.</summary>
    public List<(int Facility, int Day, int Count)> Tips { get; } = [];

    /// <summary>What operators declared in advance.</summary>
    public List<Register> Registers { get; } = [];

    public int LastDay => Parameters.FirstDay + Parameters.Days;
}

/// <summary>A row of the registers.</summary>
internal sealed record Register(string Kind, string Scope, string Id, int From, int To, string Note);
