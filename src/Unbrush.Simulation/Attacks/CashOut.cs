using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A16: dear goods on credit, received at once, never weighed; the money goes round.</summary>
internal static class CashOut
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A16", size, 1, Shape.Some, s => Category.All[s.Category].Price > 1000);
        draft.BuyNumbers(o, 1);
        o.Supplied((Supply.NumberOnly, 1), (Supply.NoParcel, rng.Between(0.0, 0.3)));
        o.CashOut = true;
        o.Confirms = 0.98;
        o.ConfirmHours = rng.Between(0.5, 4.0);
        o.Care.Chance[(int)Shipping.Tell.TooFast] = rng.Between(0.5, 1.0);
        o.Care.Chance[(int)Shipping.Tell.NoOutletWeight] = 1;
        o.Loop = Loop.Direct;
        o.LoopFrom = 0;
        o.LoopTo = 2;
        o.CommissionFrom = 0;
        o.CommissionTo = 0;
        o.Reviews = rng.Between(0.0, 0.3);
        return o;
    }
}
