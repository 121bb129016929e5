using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A5: near-empty envelopes that the system signs on arrival; nobody is told.</summary>
internal static class AutomaticSigning
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A5", size, rng.Between(2, 8), Shape.Some, s => Category.All[s.Category].Grams > 200);
        draft.BuyNumbers(o, rng.Between(1, 2));
        o.Supplied((Supply.Envelope, 1));
        o.EarlySigning = draft.Evasive ? rng.Between(0.3, 0.7) : rng.Between(0.75, 1.0);
        o.Care.Chance[(int)Shipping.Tell.OddSigner] = rng.Between(0.2, 0.9);
        o.Care.Chance[(int)Shipping.Tell.NoProof] = rng.Between(0.2, 0.9);
        return o;
    }
}
