using Unbrush.Casework.Actions;

namespace Unbrush.Casework.Proposals;

/// <summary>How an accusation stands. Suspected (涉嫌) and found (认定) are different states, and only a person moves one to the other.</summary>
public enum Standing
{
    /// <summary>涉嫌: proposed, nobody has decided.</summary>
    Suspected,

    /// <summary>认定: as many people as the policy asks for have adopted it.</summary>
    Found,

    /// <summary>A person rejected it.</summary>
    Dismissed,

    /// <summary>A newer scan overtook it before anybody decided.</summary>
    Withdrawn,

    /// <summary>It was found and later taken back in full.</summary>
    Lifted,
}

/// <summary>A proposed measure.</summary>
/// <param name="Id">Its number, which is also that of its ledger entry.</param>
/// <param name="Occasion">The occasion it belongs to.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Version">The policy's version, by the date of what it judges.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Code">The measure.</param>
/// <param name="Subject">The shop or facility.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Terms">The terms.</param>
/// <param name="PeopleNeeded">How many must agree.</param>
/// <param name="People">How many have agreed.</param>
/// <param name="Targets">How many subjects it would lie over.</param>
/// <param name="Amount">The sum of its orders; null where none has an amount or currencies mix, which are never added.</param>
/// <param name="Currency">The currency of that sum, or null.</param>
/// <param name="Occurrence">Which occurrence it is; 0 where none is counted.</param>
/// <param name="Size">How many offending findings the occasion has.</param>
/// <param name="CreatedAt">When it was proposed.</param>
/// <param name="DecidedAt">When it was decided, or null.</param>
/// <param name="AppliedAt">When its measures were laid, or null.</param>
/// <param name="Revision">Grows with each change; give it to a decision to be told of changes since.</param>
public sealed record Proposal(
    long Id, long Occasion, string Policy, string Version, string Rule, string Code, Subject Subject, Standing Standing, Terms Terms,
    int PeopleNeeded, int People, long Targets, decimal? Amount, string? Currency, int Occurrence, long Size,
    DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt, DateTimeOffset? AppliedAt, long Revision);

/// <summary>Which proposals to list; null members do not filter.</summary>
/// <param name="Standing">The standing.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Code">The measure.</param>
/// <param name="Scope">The platform or carrier.</param>
/// <param name="Subject">The shop or facility.</param>
/// <param name="Occasion">The occasion.</param>
public sealed record ProposalFilter(Standing? Standing = null, string? Policy = null, string? Code = null, string? Scope = null, Subject? Subject = null, long? Occasion = null);
