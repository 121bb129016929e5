using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A8: one purse pays for many accounts, and the shop pays it back.</summary>
internal static class OrganiserPays
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A8", size, rng.Between(2, 10), Shape.Some);
        draft.Warehouse(o);
        o.Wallets = draft.Evasive ? rng.Between(2, 6) : rng.Between(1, 3);
        o.OrganiserPays = draft.Evasive ? rng.Between(0.5, 0.9) : rng.Between(0.8, 1.0);
        o.Loop = Loop.Direct;
        o.PrivatePurse = rng.Chance(0.6);
        o.Supplied((Supply.LightGift, rng.Between(0.2, 0.6)), (Supply.HeavyGift, rng.Between(0.2, 0.6)));
        return o;
    }
}
