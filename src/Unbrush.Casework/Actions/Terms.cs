using System.Text.Json;
using System.Text.Json.Serialization;
using Unbrush.Casework.Policy;

namespace Unbrush.Casework.Actions;

/// <summary>The terms of one measure.</summary>
public sealed record Terms
{
    /// <summary>How long it lasts; null: until it is lifted. May be left for the decision to set.</summary>
    public Days? Days { get; init; }

    /// <summary>Days between the application and the effect.</summary>
    public int NoticeDays { get; init; }

    /// <summary>Points to deduct.</summary>
    public int? Points { get; init; }

    /// <summary>A fine.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The fine's currency.</summary>
    public string? Currency { get; init; }

    /// <summary>How heavily they weigh, to choose among rules that lead to the same measure.</summary>
    [JsonIgnore]
    internal decimal Weight => (Points ?? 0) + (Amount ?? 0) + (Days is { } days ? days.Fixed ?? days.AtMost ?? 0 : 1_000_000);

    internal string ToJson() => JsonSerializer.Serialize(this, PolicyReader.Json);

    internal static Terms FromJson(string json) => JsonSerializer.Deserialize<Terms>(json, PolicyReader.Json)!;
}

/// <summary>One measure laid over one subject: an overlay on the facts, which it never changes.</summary>
/// <param name="Measure">Its number, which is also that of its ledger entry.</param>
/// <param name="Proposal">The proposal it carries out.</param>
/// <param name="Code">The measure's code.</param>
/// <param name="Subject">What it lies over, and nothing else.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Version">The policy's version.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Terms">The terms.</param>
/// <param name="AppliedAt">When it was laid.</param>
/// <param name="StartsAt">From when on it has effect.</param>
/// <param name="EndsAt">When it ends by itself, or null.</param>
/// <param name="LiftedAt">When it was lifted, or null.</param>
public sealed record Overlay(
    long Measure, long Proposal, string Code, Subject Subject, string Policy, string Version, string Rule, Terms Terms,
    DateTimeOffset AppliedAt, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? LiftedAt)
{
    /// <summary>True where it has effect at an instant: applied and begun, not ended, not lifted.</summary>
    public bool InEffectAt(DateTimeOffset instant) => Exists(instant) && StartsAt <= instant;

    /// <summary>True where it is laid and announced but has no effect yet.</summary>
    public bool AnnouncedAt(DateTimeOffset instant) => Exists(instant) && StartsAt > instant;

    private bool Exists(DateTimeOffset instant) =>
        AppliedAt <= instant && (EndsAt is not { } end || instant < end) && (LiftedAt is not { } lifted || instant < lifted);
}
