using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A1: a number, a forged track and no parcel at all.</summary>
internal static class NumberOnly
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A1", size, rng.Between(1, 3), rng.Chance(0.6) ? Shape.Some : Shape.Burst);
        draft.BuyNumbers(o, rng.Between(1, 2));
        o.Supplied((Supply.NumberOnly, 1), (Supply.NoParcel, rng.Chance(0.3) ? rng.Between(0.02, 0.15) : 0));
        return o;
    }
}
