using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A3: whatever the address, the parcel ends at one outlet that signs for it.</summary>
internal static class SignedElsewhere
{
    public static Operation Make(Draft draft, int size)
    {
        var rng = draft.Rng;
        var o = draft.Start("A3", size, rng.Between(1, 3), Shape.Some);
        draft.BuyNumbers(o, 1);
        o.EndOutlet = draft.Dirty.Any(rng).Index;
        var end = draft.World.Network.Facilities[o.EndOutlet];
        if (end.Carrier != o.Carrier)
        {
            o.Outlets = [o.EndOutlet];
            o.Carrier = end.Carrier;
        }

        end.Guilt ??= "A3";
        o.Supplied((Supply.Elsewhere, rng.Between(0.6, 0.95)), (Supply.NumberOnly, 0.2));
        return o;
    }
}
