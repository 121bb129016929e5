using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A7: gifts of the right weight; only the buyers and the money tell.</summary>
internal static class HeavyGift
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A7", size, rng.Between(4, 16), Shape.Steady);
        draft.Warehouse(o);
        o.Supplied((Supply.HeavyGift, 1), (Supply.LightGift, draft.Evasive ? 0 : rng.Between(0.0, 0.2)));
        if (o.Loop == Loop.None)
            o.Loop = draft.Evasive ? Loop.Monthly : Loop.Direct;
        o.LoopFrom = rng.Between(2, 6);
        o.LoopTo = o.LoopFrom + rng.Between(4, 12);
        if (draft.Sparse)
            o.DevicePool = Math.Max(2, o.Accounts.Sum(a => a.Length) / rng.Between(3, 8));
        return o;
    }
}
