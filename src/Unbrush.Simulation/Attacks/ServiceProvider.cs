using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A17: an outlet sells numbers to dozens of shops; somebody inside talks.</summary>
internal static class ServiceProvider
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A17", size, rng.Between(12, 50), Shape.Some);
        draft.BuyNumbers(o, 1, "A17");
        o.Supplied((Supply.NumberOnly, 1));
        o.OwnStock = true;
        var outlet = draft.World.Network.Facilities[o.Outlets[0]];
        draft.World.Tips.Add((outlet.Index, rng.Between(20, Math.Max(21, draft.World.Parameters.Days - 1)), rng.Between(1, 3)));
        return o;
    }
}
