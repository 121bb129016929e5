namespace Unbrush.Detection.Explain;

/// <summary>The whole account of one subject: what is known, what happened, what weighs for and against it. Sentences are in one language.</summary>
public sealed record Account
{
    /// <summary>What it is: <c>order</c>, <c>parcel</c>, <c>review</c>, <c>seller</c>, <c>buyer</c>, <c>facility</c>, <c>sender</c> or <c>ring</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The platform or carrier; empty for a ring.</summary>
    public required string Scope { get; init; }

    /// <summary>Its id within the scope.</summary>
    public required string Id { get; init; }

    /// <summary>The word of its verdict (a buyer's role), as the findings spell it.</summary>
    public required string Verdict { get; init; }

    /// <summary>The calibrated probability that it is fake, where there is one.</summary>
    public double? Score { get; init; }

    /// <summary>The sum of the weights of evidence in decibans, where there is one.</summary>
    public double? EvidenceDb { get; init; }

    /// <summary>What is known of it.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>What happened, in order; what is missing stands where it belongs.</summary>
    public IReadOnlyList<Happening> Timeline { get; init; } = [];

    /// <summary>What weighs for and against it. The decibans add up to <see cref="EvidenceDb"/>, where there is one.</summary>
    public IReadOnlyList<AccountReason> Reasons { get; init; } = [];

    /// <summary>What would become of it without each reason, each family, its surroundings; empty where that was not reckoned.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What the person concerned can show.</summary>
    public IReadOnlyList<string> CanShow { get; init; } = [];

    /// <summary>What a policy and a person may decide.</summary>
    public IReadOnlyList<Proposal> Proposals { get; init; } = [];

    /// <summary>Subjects that belong to it, strongest first.</summary>
    public IReadOnlyList<Related> Related { get; init; } = [];
}

/// <summary>One thing that is known.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Value">What it is.</param>
public sealed record Fact(string Key, string Label, string Value);

/// <summary>What kind of thing happened.</summary>
public enum HappeningKind
{
    /// <summary>Something about the order: placed, paid, shipped, confirmed.</summary>
    Order,

    /// <summary>A carrier's scan.</summary>
    Scan,

    /// <summary>Money between wallets.</summary>
    Money,

    /// <summary>A review or a report.</summary>
    Voice,

    /// <summary>Something that should be here and is not.</summary>
    Missing,
}

/// <summary>One happening of a timeline.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Code">Its name for programs, such as <c>picked_up</c>.</param>
/// <param name="At">When, in UTC; null for what is missing.</param>
/// <param name="Title">What happened.</param>
/// <param name="Place">Where, or by or for whom.</param>
/// <param name="Note">Figures: weight, distance, speed, proof, amount.</param>
/// <param name="SinceLast">Time since the scan before it, for scans.</param>
/// <param name="IsOdd">True where it is out of the ordinary by itself.</param>
public sealed record Happening(HappeningKind Kind, string Code, DateTime? At, string Title, string Place, string Note, TimeSpan? SinceLast, bool IsOdd);

/// <summary>One reason of the findings.</summary>
/// <param name="Signal">The signal, <c>context_…</c>, <c>base_rate</c>, or <c>remainder</c> for surroundings too small to itemise.</param>
/// <param name="Family">The family of evidence, or <c>context</c>.</param>
/// <param name="Value">The signal's value.</param>
/// <param name="Expected">What would be expected, or null.</param>
/// <param name="Db">Its weight; zero where an innocent explanation set it aside.</param>
/// <param name="Hard">True for a contradiction.</param>
/// <param name="Text">The sentence.</param>
public sealed record AccountReason(string Signal, string Family, double? Value, double? Expected, double? Db, bool Hard, string Text);

/// <summary>What would become of a subject if something fell away.</summary>
/// <param name="Without">What falls away: <c>signal</c>, <c>family</c> (all of one family) or <c>surroundings</c>.</param>
/// <param name="Name">The signal's or family's name; empty for the surroundings.</param>
/// <param name="Score">The score without it.</param>
/// <param name="Verdict">The verdict without it.</param>
public sealed record Change(string Without, string Name, double Score, string Verdict);

/// <summary>A proposal of the findings.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Text">Its name for people.</param>
/// <param name="Reason">Why.</param>
public sealed record Proposal(string Code, string Text, string Reason);

/// <summary>A subject that belongs to another one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scope">Its platform or carrier.</param>
/// <param name="Id">Its id.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Score">Its score, where it has one.</param>
/// <param name="Note">What matters about it.</param>
public sealed record Related(string Kind, string Scope, string Id, string Verdict, double? Score, string Note);
