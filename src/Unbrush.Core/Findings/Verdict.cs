namespace Unbrush.Core.Findings;

/// <summary>The ladder of an order, a review, a seller, a facility, a sender or a ring; worst last.</summary>
public enum Verdict
{
    /// <summary>Nothing speaks against it.</summary>
    Clean,

    /// <summary>The data cannot carry a verdict.</summary>
    DataQuality,

    /// <summary>Kept, shown to nobody.</summary>
    Watch,

    /// <summary>A person must decide.</summary>
    Review,

    /// <summary>Fake, by two families and a hard contradiction or a closed money loop.</summary>
    Confirmed,

    /// <summary>Beside the ladder: hostile orders, unordered parcels, an innocent mixed into a batch. Excluded, and costs the seller nothing.</summary>
    Victim,
}

/// <summary>Whether a parcel travelled; worst last.</summary>
public enum ParcelVerdict
{
    /// <summary>It travelled, or nothing says otherwise.</summary>
    Physical,

    /// <summary>Too little is known.</summary>
    Unknown,

    /// <summary>The outlet-day's data cannot carry a verdict.</summary>
    DataQuality,

    /// <summary>A person must decide.</summary>
    Review,

    /// <summary>Two independent hard contradictions with complete data: no parcel with these goods travelled.</summary>
    NoPhysicalParcel,
}

/// <summary>The words of the findings tables.</summary>
public static class Words
{
    /// <summary>The word of a verdict, as the tables spell it.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Clean => "clean",
        Verdict.DataQuality => "data_quality",
        Verdict.Watch => "watch",
        Verdict.Review => "review",
        Verdict.Confirmed => "confirmed",
        Verdict.Victim => "victim",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict of the ladder."),
    };

    /// <summary>The word of a parcel's verdict, as the tables spell it.</summary>
    public static string Word(this ParcelVerdict verdict) => verdict switch
    {
        ParcelVerdict.Physical => "physical",
        ParcelVerdict.Unknown => "unknown",
        ParcelVerdict.DataQuality => "data_quality",
        ParcelVerdict.Review => "review",
        ParcelVerdict.NoPhysicalParcel => "no_physical_parcel",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict on a parcel."),
    };
}
