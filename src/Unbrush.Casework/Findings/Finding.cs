namespace Unbrush.Casework.Findings;

/// <summary>One finding, as a measure may rest on it.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Owner">The shop of an order or review; null otherwise.</param>
/// <param name="Verdict">The word of the ladder.</param>
/// <param name="At">When the order or review was made, or a facility's newest empty parcel; microseconds, UTC.</param>
/// <param name="AmountE4">The amount in ten-thousandths, or null.</param>
/// <param name="Currency">ISO 4217, or null.</param>
/// <param name="Signals">The signals that spoke, sorted, with commas between.</param>
/// <param name="Digest">Of verdict and signals: other evidence is another digest.</param>
internal sealed record Finding(
    Subject Subject, string? Owner, string Verdict, long At, long? AmountE4, string? Currency, string Signals, string Digest)
{
    /// <summary>The listings of an order, where the feed names them.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>The values of those signals that a policy asks for.</summary>
    public IReadOnlyDictionary<string, decimal> Values { get; init; } = NoValues;

    private static readonly Dictionary<string, decimal> NoValues = [];
}

/// <summary>A shop's findings in one scan.</summary>
/// <param name="Shop">The shop.</param>
/// <param name="Codes">The codes that the scan proposes.</param>
/// <param name="Orders">Its orders that are not plainly clean, oldest first.</param>
/// <param name="Reviews">Its fake reviews, oldest first.</param>
internal sealed record ShopFindings(Subject Shop, IReadOnlyList<string> Codes, IReadOnlyList<Finding> Orders, IReadOnlyList<Finding> Reviews);

/// <summary>A day of a facility.</summary>
/// <param name="Day">The day, in the zone asked for.</param>
/// <param name="Parcels">Its parcels.</param>
/// <param name="Empty">Of these, without a physical parcel.</param>
/// <param name="FirstAt">The first empty one, microseconds UTC; 0 where none.</param>
/// <param name="LastAt">The last empty one.</param>
internal readonly record struct FacilityDay(DateOnly Day, long Parcels, long Empty, long FirstAt, long LastAt);

/// <summary>A facility's finding in one scan.</summary>
/// <param name="Finding">The finding; its subject is an outlet or a centre.</param>
/// <param name="Codes">The codes that the scan proposes.</param>
/// <param name="Parcels">Its parcels.</param>
/// <param name="Empty">Of these, without a physical parcel.</param>
/// <param name="RateLow">The lower bound of the rate (95 %).</param>
/// <param name="PeerRate">The peers' rate, or null.</param>
/// <param name="Days">Its days with parcels.</param>
internal sealed record FacilityFindings(
    Finding Finding, IReadOnlyList<string> Codes, long Parcels, long Empty, decimal RateLow, decimal? PeerRate, IReadOnlyList<FacilityDay> Days);
