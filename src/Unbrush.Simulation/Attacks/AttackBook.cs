using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Attacks;

/// <summary>All attacks of a world: which, how many, how large.</summary>
internal static class AttackBook
{
    /// <summary>An attack that makes fake orders: its makers and its share of them by profile.</summary>
    private static readonly (Func<Draft, int, Operation> Make, double Standard, double Evasive, double Sparse)[] s_operations =
    [
        (NumberOnly.Make, 3, 1, 3),
        (ReusedNumber.Make, 1.2, 0.5, 1.5),
        (SignedElsewhere.Make, 1.2, 0.6, 1.5),
        (EarlyPickup.Make, 1, 0.6, 1.3),
        (AutomaticSigning.Make, 1.4, 0.8, 1.6),
        (GiftWarehouse.Make, 1.6, 1.2, 1.4),
        (HeavyGift.Make, 1.5, 2.2, 0.5),
        (OrganiserPays.Make, 1, 0.6, 1.0),
        (SlowRamp.Make, 0.9, 0.8, 0.5),
        (Mixed.Make, 1.5, 2.5, 1.5),
        (SkippedCentre.Make, 1.2, 0.6, 1.4),
        (CashOut.Make, 0.7, 0.4, 0.8),
        (ServiceProvider.Make, 1.6, 0.8, 1.8),
    ];

    public static void Fill(World world, Rng rng)
    {
        var p = world.Parameters;
        if (p.Profile == Profile.Honest)
            return;
        var budget = (long)(p.FakeShare * p.Orders);
        var dirty = new DirtyOutlets(world, (int)Math.Max(3, budget * 0.55 / rng.Between(45, 110)), rng);
        var draft = new Draft(world, rng, dirty);
        var weights = s_operations.Select(a => p.Evasive ? a.Evasive : draft.Sparse ? a.Sparse : a.Standard).ToArray();
        var median = Math.Clamp(budget / 26.0, 10, 260);
        var left = budget;
        // One of each first, so that a world lacks no attack; then more at random until the budget is spent.
        var order = Enumerable.Range(0, weights.Length).ToArray();
        rng.Shuffle(order.AsSpan());
        var sampler = new Sampler(weights);
        for (var k = 0; left > 5; k++)
        {
            var which = k < order.Length ? order[k] : sampler.Draw(rng);
            var size = (int)Math.Min(left, Math.Max(8, rng.LogNormal(median, 0.7) * (k < order.Length ? Math.Sqrt(weights[which]) : 1)));
            if (k < order.Length)
                size = (int)Math.Min(size, Math.Max(8, 1.5 * left / (order.Length - k)));
            var operation = s_operations[which].Make(draft, size);
            if (operation.Clients.Count == 0)
                break;
            left -= operation.Clients.Sum(c => c.PerDay.Sum());
            world.Scenarios.Add(operation);
        }

        world.Demand.Reserved += budget - Math.Max(0, left);
        OutletTarget.Add(draft);
        UnorderedParcels.Add(draft);
        ReverseBrushing.Add(draft);
        MixUps.Add(draft);
    }
}
