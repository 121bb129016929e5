using Unbrush.Core;
using Unbrush.Core.Evidence;

namespace Unbrush.Detection.Signals;

/// <summary>What a signal speaks about.</summary>
public enum Subject
{
    /// <summary>An order of one seller.</summary>
    Order,

    /// <summary>One life of a waybill number.</summary>
    Parcel,

    /// <summary>A review.</summary>
    Review,

    /// <summary>A seller on one platform.</summary>
    Seller,

    /// <summary>A buyer on one platform.</summary>
    Buyer,

    /// <summary>An outlet, transfer centre, station or locker.</summary>
    Facility,

    /// <summary>A sender of parcels at one carrier.</summary>
    Sender,
}

/// <summary>What a signal does to the ladder beside adding its weight.</summary>
public enum Effect
{
    /// <summary>Nothing: it only weighs.</summary>
    None,

    /// <summary>Money came back outside the platform: stands in for a hard contradiction.</summary>
    ClosedLoop,

    /// <summary>The subject was done to, not doing: the verdict is <c>victim</c>.</summary>
    Victim,

    /// <summary>The data cannot carry a verdict here: what it silences does not count, and the subject says so.</summary>
    DataQuality,

    /// <summary>An innocent cause that excludes brushing: the subject stays clean whatever weighs against it.</summary>
    Clears,

    /// <summary>A person must look, whatever the weight.</summary>
    AsksReview,

    /// <summary>Never confirmed, whatever the weight: the buyer may be one whose name others used.</summary>
    HoldsBack,
}

/// <summary>One signal: a folder with <c>signal.yaml</c> and <c>signal.sql</c>.</summary>
public sealed record SignalDefinition
{
    /// <summary>The signal's name, which is its folder's.</summary>
    public required string Id { get; init; }

    /// <summary>The family of evidence it belongs to.</summary>
    public required Family Family { get; init; }

    /// <summary>What it speaks about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Tables (<c>scans</c>) and columns (<c>scans.weight_g</c>) without which it is skipped.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>True where a row may be a contradiction rather than an oddity.</summary>
    public bool Hard { get; init; }

    /// <summary>Hard contradictions of one cause count once; defaults to the signal itself.</summary>
    public required string Cause { get; init; }

    /// <summary>What it does to the ladder.</summary>
    public Effect Effect { get; init; }

    /// <summary>False where it says the same of a whole group: told of each member, it must not count again as the company that the others are in.</summary>
    public bool Lends { get; init; } = true;

    /// <summary>True where its value is a rarity against a null of its own, that its source names: its share of the feed, which may be the fakes' share, does not bound it.</summary>
    public bool OwnNull { get; init; }

    /// <summary>The unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>How its value becomes decibans.</summary>
    public required Points Points { get; init; }

    /// <summary>Signals of the same subject that take this one's weight away.</summary>
    public required IReadOnlyList<string> SilencedBy { get; init; }

    /// <summary>Of a parcel's signal: signals that take its weight away where an order is judged, not where the parcel is. That something travelled stands; that it was what was sold does not.</summary>
    public IReadOnlyList<string> SilencedForSaleBy { get; init; } = [];

    /// <summary>The sentence, with placeholders in braces.</summary>
    public required Sentence Text { get; init; }

    /// <summary>Where the weights come from.</summary>
    public required string Source { get; init; }

    /// <summary>One SELECT: subject number, value, expected, hard, and the numbers that the sentence names.</summary>
    public required string Sql { get; init; }

    /// <summary>True for a signal of a user's own folder, which runs without access to files or network.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The column that names the subject in the signal's SELECT.</summary>
    public string SubjectColumn => ColumnOf(Subject);

    /// <summary>The column that names a subject of that kind.</summary>
    public static string ColumnOf(Subject subject) => subject switch
    {
        Subject.Order => "order_no",
        Subject.Parcel => "parcel_no",
        Subject.Review => "review_no",
        Subject.Seller => "seller_no",
        Subject.Buyer => "buyer_no",
        Subject.Facility => "facility_no",
        Subject.Sender => "sender_no",
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "Not a subject."),
    };
}
