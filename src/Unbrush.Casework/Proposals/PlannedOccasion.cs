using System.Security.Cryptography;
using System.Text;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;

namespace Unbrush.Casework.Proposals;

/// <summary>A measure that a policy would propose on an occasion.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Code">The measure.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Targets">What it would lie over.</param>
/// <param name="People">How many must agree.</param>
internal sealed record PlannedProposal(PolicyRule Rule, string Code, Terms Terms, IReadOnlyList<Subject> Targets, int People);

/// <summary>One occasion: the findings of one subject that one policy version judges together, and what it would propose.</summary>
internal sealed record PlannedOccasion(
    PolicyFile Policy, PolicyVersion Version, RuleBasis Kind, Subject Subject, int Number, bool IsSerious, long Size,
    long FirstAt, long LastAt, IReadOnlyList<Finding> Findings, IReadOnlyList<PlannedProposal> Proposals)
{
    /// <summary>The one currency of its orders' amounts; null where none has an amount or currencies mix.</summary>
    public string? Currency { get; } = Findings.Where(f => f.AmountE4 is not null).Select(f => f.Currency).Distinct().ToList() is [var only] ? only : null;

    /// <summary>The sum of its orders' amounts in that currency, ten-thousandths, or null.</summary>
    public long? AmountE4 => Currency is null ? null : Findings.Sum(f => f.AmountE4 ?? 0);

    /// <summary>
    /// The digest of what it rests on: the same findings with the same evidence, known under the same circumstances
    /// (of which the rules matched are the sign), are the same occasion.
    /// </summary>
    public string Basis => field ??= DigestOfBasis();

    private string DigestOfBasis()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        text.Append(Kind).Append('|').Append(Number).Append('|');
        foreach (var proposal in Proposals)
            text.Append(proposal.Rule.Name).Append(':').Append(proposal.Code).Append(',');
        foreach (var finding in Findings)
            text.Append('|').Append(finding.Subject.Id).Append('#').Append(finding.Digest);
        all.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 16));
    }
}
