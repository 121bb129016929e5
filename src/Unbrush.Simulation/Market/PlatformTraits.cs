using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Market;

/// <summary>What a platform's exports hold: a column it does not have is null in every row of it.</summary>
internal sealed record PlatformTraits(
    string Name, bool Device, bool Ip, bool Payer, bool Phone, bool AddressKind, bool RefundedBy, bool AddressChanged, bool Source,
    bool DistrictRegions, int AutoConfirmDays, ulong FirstOrderId)
{
    public static PlatformTraits Draw(string name, Rng rng) => new(
        name,
        Device: rng.Chance(0.88),
        Ip: rng.Chance(0.85),
        Payer: rng.Chance(0.92),
        Phone: rng.Chance(0.8),
        AddressKind: rng.Chance(0.7),
        RefundedBy: rng.Chance(0.8),
        AddressChanged: rng.Chance(0.75),
        Source: rng.Chance(0.9),
        DistrictRegions: rng.Chance(0.8),
        AutoConfirmDays: rng.Between(7, 15),
        FirstOrderId: 1_000_000_000_000_000_000UL + ((ulong)rng.Below(2_000_000_000) * 1_000_000_000UL));
}
