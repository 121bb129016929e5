namespace Unbrush.Graph.Rings;

/// <summary>What counts as a ring.</summary>
public sealed record RingOptions
{
    /// <summary>Rings are reported up to this false-discovery rate.</summary>
    public double MaxQ { get; init; } = 0.01;

    /// <summary>
    /// Fewest sellers of a ring. Two shops bought together are a phone and its case, one brand's two stores or two shops in one
    /// live stream; three may be a phone, its case and its film.
    /// </summary>
    public int MinSellers { get; init; } = 4;

    /// <summary>Fewest buyers of a ring.</summary>
    public int MinBuyers { get; init; } = 5;

    /// <summary>Least probability of membership of a buyer.</summary>
    public double MinMembership { get; init; } = 0.5;

    /// <summary>Pairs of sellers up to this p-value grow rings; a ring itself is judged as a whole.</summary>
    public double SeedP { get; init; } = 1e-4;

    /// <summary>Buyers at more sellers than this make no pairs (they can still be found to be members).</summary>
    public int BuyerCap { get; init; } = 512;

    /// <summary>Length of a window of lockstep in the unit of the times; a twelfth of their span where zero.</summary>
    public long Window { get; init; }

    /// <summary>A resource used by more buyers than this is a hub and links nobody.</summary>
    public int ResourceCap { get; init; } = 50;

    /// <summary>Threads; all processors where 0. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Told the step's name and the share done, 0 to 1.</summary>
    public Action<string, double>? Progress { get; init; }
}
