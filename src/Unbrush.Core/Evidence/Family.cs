namespace Unbrush.Core.Evidence;

/// <summary>
/// The families of evidence. Signals of one family share causes and are not independent; an order is confirmed
/// only where at least two families speak.
/// </summary>
public enum Family
{
    /// <summary>How the buyer came.</summary>
    Traffic,

    /// <summary>Who buys with whom: rings, shared devices, payers and addresses; the buyer's own acts.</summary>
    Buyers,

    /// <summary>Refund loops, commissions, one wallet paying for many.</summary>
    Money,

    /// <summary>What the scans say.</summary>
    Logistics,

    /// <summary>What was in the parcel. Never hard, never confirms.</summary>
    Weight,

    /// <summary>Texts and ratings.</summary>
    Reviews,

    /// <summary>Tips, complaints and labels.</summary>
    Human,
}
