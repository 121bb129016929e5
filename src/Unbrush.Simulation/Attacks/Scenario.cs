using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>Something that makes orders or parcels of its own on some days.</summary>
internal abstract class Scenario
{
    /// <summary>The playbook's name of it.</summary>
    public required string Code { get; init; }

    /// <summary>Adds what it does on a day.</summary>
    public abstract void Plan(int day, Rng rng, DayPlan plan);
}
