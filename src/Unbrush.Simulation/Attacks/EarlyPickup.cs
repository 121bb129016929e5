using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A4: numbers are taken from stock and scanned before anybody has paid.</summary>
internal static class EarlyPickup
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A4", size, rng.Between(1, 4), Shape.Some);
        draft.BuyNumbers(o, 1);
        o.Supplied((Supply.NumberOnly, 1));
        o.Care.Chance[(int)Shipping.Tell.EarlyPickup] = rng.Between(0.6, 1.0);
        return o;
    }
}
