using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>A14: trifles go to people who ordered nothing, under accounts in their names, which then praise the shop.</summary>
internal static class UnorderedParcels
{
    public static void Add(Draft draft)
    {
        var world = draft.World;
        var rng = draft.Rng;
        for (var k = Math.Max(1, world.Parameters.Orders / 200_000); k > 0; k--)
        {
            var size = (int)Math.Clamp(rng.LogNormal(30, 0.4), 14, 90);
            var o = draft.Start("A14", size, 1, Shape.Some, accounts: BuyerRole.Victim);
            draft.Warehouse(o);
            o.Supplied((Supply.LightGift, 1));
            o.Unordered = true;
            o.OwnAddress = 1;
            o.Loop = Loop.None;
            o.DevicePool = Math.Max(1, size / 8);
            world.Scenarios.Add(o);
            world.Demand.Reserved += size;
        }
    }
}
