using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A12: only the two ends are scanned; seven hundred kilometres in three hours.</summary>
internal static class SkippedCentre
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A12", size, rng.Between(2, 10), Shape.Some);
        draft.BuyNumbers(o, 1);
        o.Supplied((Supply.NumberOnly, 1));
        o.Care.Chance[(int)Shipping.Tell.SkipCentre] = rng.Between(draft.Evasive ? 0.4 : 0.7, 1.0);
        o.Care.Chance[(int)Shipping.Tell.TooFast] = rng.Between(draft.Evasive ? 0.3 : 0.6, 1.0);
        return o;
    }
}
