namespace Unbrush.Simulation;

/// <summary>What kind of world is made.</summary>
public enum Profile
{
    /// <summary>Every table; every attack with various degrees of care.</summary>
    Standard,

    /// <summary>Every table; attackers leave few traces, spread thin among genuine volume.</summary>
    Evasive,

    /// <summary>Every table and every look-alike; no attack at all.</summary>
    Honest,

    /// <summary>Only orders, parcels, parcel_orders and scans.</summary>
    Sparse,

    /// <summary>Only orders.</summary>
    OrdersOnly,
}

/// <summary>What to simulate.</summary>
/// <param name="Seed">The same seed, orders and profile give the same bytes.</param>
/// <param name="Orders">About how many orders the feed shall hold (500 to 100,000,000).</param>
/// <param name="Profile">The kind of world.</param>
public sealed record SimulationOptions(ulong Seed, long Orders, Profile Profile = Profile.Standard);

/// <summary>What was written.</summary>
/// <param name="Orders">Rows of orders.</param>
/// <param name="Parcels">Rows of parcels.</param>
/// <param name="Scans">Rows of scans.</param>
/// <param name="Fakes">Orders that are fake.</param>
/// <param name="Victims">Orders whose people are victims.</param>
public sealed record SimulationSummary(long Orders, long Parcels, long Scans, long Fakes, long Victims);
