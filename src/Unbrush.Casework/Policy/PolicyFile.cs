using System.Text.Json.Serialization;
using Unbrush.Core;

namespace Unbrush.Casework.Policy;

/// <summary>Who acts by a policy.</summary>
public enum Holder
{
    /// <summary>A marketplace, on shops.</summary>
    Platform,

    /// <summary>A courier's headquarters, on outlets and transfer centres.</summary>
    Courier,

    /// <summary>Somebody who refers onward to an authority.</summary>
    Regulator,

    /// <summary>A lender, who acts on nobody and gets an adjusted turnover.</summary>
    Lender,
}

/// <summary>What a rule rests on.</summary>
public enum RuleBasis
{
    /// <summary>Orders that offend by the version's <c>offence</c>.</summary>
    OffendingOrders,

    /// <summary>Orders whose verdict is <c>victim</c>.</summary>
    VictimOrders,

    /// <summary>Reviews whose verdict is <c>confirmed</c>.</summary>
    FakeReviews,

    /// <summary>The finding on an outlet or a centre.</summary>
    Facility,
}

/// <summary>Where a figure comes from and how sure it is (the grades A, B, C, M, D of the domain notes; <c>own</c> for an organisation's).</summary>
/// <param name="Cite">The citation.</param>
/// <param name="Certainty">The grade.</param>
public sealed record PolicySource(string Cite, string Certainty);

/// <summary>One policy: its rules by version, each in force for a range of dates.</summary>
public sealed record PolicyFile
{
    /// <summary>The policy's name.</summary>
    [JsonPropertyName("policy")]
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public Sentence Title { get; init; }

    /// <summary>Who acts by it.</summary>
    public Holder Holder { get; init; }

    /// <summary>The platforms or carriers it holds for; <c>*</c> is any.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>The IANA zone of its dates and days.</summary>
    public string Timezone { get; init; } = "Asia/Shanghai";

    /// <summary>The sources that rules name.</summary>
    public IReadOnlyDictionary<string, PolicySource> Sources { get; init; } = new Dictionary<string, PolicySource>();

    /// <summary>Fine tables, filled by the organisation.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FineRow>> FineTables { get; init; } = new Dictionary<string, IReadOnlyList<FineRow>>();

    /// <summary>The versions.</summary>
    public IReadOnlyList<PolicyVersion> Versions { get; init; } = [];

    /// <summary>SHA-256 over the files it was made of.</summary>
    [JsonIgnore]
    public string Sha256 { get; init; } = "";

    /// <summary>True where it holds for that platform or carrier.</summary>
    public bool Covers(string scope) => Scope.Contains("*") || Scope.Contains(scope);

    /// <summary>The version in force on the day of an instant, in the policy's zone; null where none is.</summary>
    public PolicyVersion? InForceAt(DateTimeOffset instant)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
        return Versions.FirstOrDefault(v => v.InForce.Holds(day));
    }

    /// <summary>The zone of its dates and days.</summary>
    [JsonIgnore]
    internal TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Timezone);
}

/// <summary>One version of a policy.</summary>
public sealed record PolicyVersion
{
    /// <summary>The version's name.</summary>
    [JsonPropertyName("version")]
    public required string Name { get; init; }

    /// <summary>When it is in force.</summary>
    public InForce InForce { get; init; } = new();

    /// <summary>Which orders offend.</summary>
    public Offence Offence { get; init; } = new();

    /// <summary>For lenders: the adjusted turnover, and nothing else.</summary>
    public TurnoverTerms? Turnover { get; init; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];
}

/// <summary>A range of days; the end is exclusive.</summary>
public sealed record InForce
{
    /// <summary>The first day in force; null: since ever.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The first day no longer in force; null: until further notice.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>True where no date is published: never chosen by itself.</summary>
    public bool Undated { get; init; }

    /// <summary>The source of the dates.</summary>
    public string? Source { get; init; }

    /// <summary>True where a day lies in the range.</summary>
    public bool Holds(DateOnly day) => !Undated && (From is not { } from || day >= from) && (Before is not { } before || day < before);
}

/// <summary>Which orders offend: by verdict, or by a signal among their reasons.</summary>
public sealed record Offence
{
    /// <summary>The verdicts; <c>confirmed</c> by default.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = ["confirmed"];

    /// <summary>Signals that make an order offend whatever its verdict.</summary>
    public IReadOnlyList<OffenceSignal> Signals { get; init; } = [];
}

/// <summary>A signal that makes an order offend.</summary>
/// <param name="Signal">The signal's id.</param>
/// <param name="Value">Bounds on its value, or null for any.</param>
/// <param name="Source">The source.</param>
public sealed record OffenceSignal(string Signal, Bounds? Value, string Source);

/// <summary>A lender's terms.</summary>
/// <param name="Interval">What the interval spans: <c>suspected</c>.</param>
/// <param name="Source">The source.</param>
public sealed record TurnoverTerms(string Interval, string? Source);

/// <summary>A row of a fine table: it holds from a count on, to the next row's.</summary>
/// <param name="From">The least count.</param>
/// <param name="Fixed">A fixed amount, or null.</param>
/// <param name="Each">An amount for each one counted, or null.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record FineRow(long From, decimal? Fixed, decimal? Each, string Currency);

/// <summary>One rule: when it holds, what it leads to.</summary>
public sealed record PolicyRule
{
    /// <summary>The rule's name.</summary>
    [JsonPropertyName("rule")]
    public required string Name { get; init; }

    /// <summary>True where an organisation's file takes the rule out.</summary>
    public bool Disabled { get; init; }

    /// <summary>What it rests on.</summary>
    public RuleBasis Findings { get; init; }

    /// <summary>True where an occasion under it counts as serious.</summary>
    public bool Serious { get; init; }

    /// <summary>How many people must agree.</summary>
    public int People { get; init; } = 1;

    /// <summary>The conditions; all must hold.</summary>
    public RuleConditions When { get; init; } = new();

    /// <summary>What it leads to.</summary>
    public IReadOnlyList<RuleOutcome> Then { get; init; } = [];

    /// <summary>The rule in words, as a seller or an outlet manager reads it.</summary>
    public Sentence Sentence { get; init; }

    /// <summary>The source of its figures.</summary>
    public string Source { get; init; } = "";

    /// <summary>True where a figure waits to be filled in: the rule rests.</summary>
    [JsonIgnore]
    public bool IsBlank => When.IsBlank || Then.Any(t => t.IsBlank);
}

/// <summary>The conditions of a rule.</summary>
public sealed record RuleConditions
{
    /// <summary>On the number of offending findings, or of empty parcels.</summary>
    public Bounds? Count { get; init; }

    /// <summary>On the number of the occurrence, this one included.</summary>
    public Bounds? Occurrence { get; init; }

    /// <summary>On the number of serious findings, this one included.</summary>
    public Bounds? SeriousFindings { get; init; }

    /// <summary>On at least one item's day.</summary>
    public ItemDayBounds? ItemDay { get; init; }

    /// <summary>On the lower bound of a facility's rate.</summary>
    public Bounds? RateLow { get; init; }

    /// <summary>True where the lower bound of the rate must exceed the peers' rate.</summary>
    public bool AbovePeers { get; init; }

    /// <summary>The kinds of facility; null for both.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>The facility's verdicts; null for any.</summary>
    public IReadOnlyList<string>? Verdict { get; init; }

    /// <summary>Circumstances of which a person must have asserted one.</summary>
    public IReadOnlyList<string>? Circumstance { get; init; }

    /// <summary>Circumstances of which none may have been asserted.</summary>
    public IReadOnlyList<string>? Without { get; init; }

    /// <summary>Codes of which the scan must have proposed one.</summary>
    public IReadOnlyList<string>? Proposed { get; init; }

    internal bool IsBlank => Count is { IsBlank: true } || Occurrence is { IsBlank: true } || SeriousFindings is { IsBlank: true }
        || RateLow is { IsBlank: true } || ItemDay is { Count.IsBlank: true } or { Share.IsBlank: true };
}

/// <summary>Bounds on an item's day: both must hold on the same one.</summary>
/// <param name="Count">On the offending orders of the item that day.</param>
/// <param name="Share">On their share of the item's orders that day.</param>
public sealed record ItemDayBounds(Bounds Count, Bounds Share);

/// <summary>One measure that a rule leads to, with its terms.</summary>
public sealed record RuleOutcome
{
    /// <summary>The measure's code.</summary>
    public required string Measure { get; init; }

    /// <summary>How long; null: until it is lifted.</summary>
    public Days? Days { get; init; }

    /// <summary>Points, for <c>deduct_points</c>.</summary>
    public Figure? Points { get; init; }

    /// <summary>Days between the application and the effect, in which third parties can move.</summary>
    public Figure? NoticeDays { get; init; }

    /// <summary>A fixed fine.</summary>
    public FixedAmount? Amount { get; init; }

    /// <summary>The fine table to read.</summary>
    public string? FineTable { get; init; }

    internal bool IsBlank => Days is { IsBlank: true } || Points is { IsBlank: true } || NoticeDays is { IsBlank: true } || Amount is { Fixed.IsBlank: true };
}

/// <summary>A fixed amount.</summary>
/// <param name="Fixed">How much.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record FixedAmount(Figure Fixed, string Currency);
