using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A9: a staircase of orders by script: the same dwell, the same comparisons, the same chat.</summary>
internal static class SlowRamp
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A9", size, rng.Between(1, 2), Shape.Ramp);
        if (rng.Chance(0.5))
        {
            draft.Warehouse(o);
            o.Supplied((Supply.LightGift, rng.Between(0.3, 1.0)), (Supply.Envelope, 0.4));
            o.EarlySigning = rng.Between(0.0, 0.5);
        }
        else
        {
            draft.BuyNumbers(o, 1);
            o.Supplied((Supply.NumberOnly, 1));
        }

        o.Visits = 1;
        o.DwellMean = rng.Between(240, 440);
        o.DwellSigma = draft.Evasive ? rng.Between(0.12, 0.3) : rng.Between(0.03, 0.12);
        o.ComparedExact = rng.Between(0.85, 1.0);
        o.Chats = rng.Between(0.7, 1.0);
        if (draft.Sparse)
            o.IpPool = rng.Between(2, 8);
        return o;
    }
}
