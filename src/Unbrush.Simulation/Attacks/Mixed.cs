using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A10: a small share of fakes in a shop that sells well.</summary>
internal static class Mixed
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A10", size, rng.Between(1, 3), Shape.Steady, s => s.Popularity > 1.5);
        if (rng.Chance(0.5))
        {
            draft.BuyNumbers(o, rng.Between(1, 2));
            o.Supplied((Supply.NumberOnly, 1), (Supply.Envelope, rng.Between(0.0, 0.5)));
        }
        else
        {
            draft.Warehouse(o);
            o.Supplied((Supply.LightGift, rng.Between(0.2, 1.0)), (Supply.HeavyGift, rng.Between(0.0, 0.7)));
            if (o.Loop == Loop.None)
                o.Loop = Loop.Organiser;
        }

        o.EarlySigning *= 0.5;
        return o;
    }
}
