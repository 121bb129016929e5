using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A6: a warehouse sends the same trifle for many shops; the track is true.</summary>
internal static class GiftWarehouse
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A6", size, rng.Between(5, 30), rng.Chance(0.5) ? Shape.Steady : Shape.Some, s => Category.All[s.Category].Grams > 200);
        draft.Warehouse(o);
        o.Supplied((Supply.LightGift, 1), (Supply.Envelope, rng.Chance(0.3) ? 0.2 : 0));
        o.EarlySigning = 0;
        return o;
    }
}
