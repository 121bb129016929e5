namespace Unbrush.Casework.Ledger;

/// <summary>What ledger entries record.</summary>
public static class LedgerKinds
{
    /// <summary>A file of a feed was read: what a scan took in for the first time.</summary>
    public const string Import = "import";

    /// <summary>A scan's findings were taken in.</summary>
    public const string Scan = "scan";

    /// <summary>A policy file was used that had not been used before.</summary>
    public const string Policy = "policy";

    /// <summary>An occasion: the offending findings of one subject under one policy version.</summary>
    public const string Occasion = "occasion";

    /// <summary>A measure was proposed.</summary>
    public const string Proposal = "proposal";

    /// <summary>A proposal was overtaken by a newer scan.</summary>
    public const string Withdrawal = "withdrawal";

    /// <summary>A person adopted or rejected a proposal.</summary>
    public const string Decision = "decision";

    /// <summary>A person asserted or withdrew a circumstance that no figure can show.</summary>
    public const string Circumstance = "circumstance";

    /// <summary>A measure was laid over a subject.</summary>
    public const string Measure = "measure";

    /// <summary>A measure was lifted.</summary>
    public const string Lifting = "lifting";

    /// <summary>An event was put into the outbox.</summary>
    public const string Event = "event";

    /// <summary>An endpoint was added or removed, or a dead letter sent again.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>The measures in effect were exported.</summary>
    public const string Export = "export";

    /// <summary>A person's data was erased on request.</summary>
    public const string Erasure = "erasure";
}

/// <summary>One entry of the ledger as a reader sees it.</summary>
/// <param name="Seq">Its number, from 1, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it records; see <see cref="LedgerKinds"/>.</param>
/// <param name="Who">The person, or null where nobody acted or the name was erased.</param>
/// <param name="Why">The reason, or null.</param>
/// <param name="Subject">The subject as <c>kind/scope/id</c>, or null.</param>
/// <param name="Facts">The public facts, a JSON object without personal data.</param>
/// <param name="Hash">SHA-256 of the entry's bytes.</param>
public sealed record LedgerEntry(long Seq, DateTimeOffset At, string Kind, string? Who, string? Why, string? Subject, string Facts, string Hash);
