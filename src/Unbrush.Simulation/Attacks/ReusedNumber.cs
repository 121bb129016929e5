using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A2: one number passed off for several orders in several cities.</summary>
internal static class ReusedNumber
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A2", size, rng.Between(1, 3), Shape.Some);
        draft.BuyNumbers(o, 1);
        o.Supplied((Supply.Reused, rng.Between(0.6, 0.95)), (Supply.NumberOnly, 0.2));
        o.OwnAddress = 1;
        return o;
    }
}
