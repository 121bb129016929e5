using System.Security.Cryptography;
using System.Text;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Decisions;

/// <summary>What a decision in bulk would do.</summary>
/// <param name="Token">Confirms exactly this preview: any change of any of its proposals makes it void.</param>
/// <param name="Proposals">How many proposals.</param>
/// <param name="Subjects">How many shops and facilities.</param>
/// <param name="Targets">How many subjects measures would lie over.</param>
/// <param name="Amounts">The sums of the orders' amounts by currency; currencies are never added.</param>
/// <param name="WithoutAmount">Occasions in none of these sums: no amount is known, or their own orders mix currencies.</param>
/// <param name="ByCode">Proposals for each measure.</param>
/// <param name="ByPolicy">Proposals for each policy and version.</param>
/// <param name="WaitForSecond">Of these, how many would still wait for a second person.</param>
public sealed record BulkPreview(
    string Token, long Proposals, long Subjects, long Targets, IReadOnlyDictionary<string, decimal> Amounts, long WithoutAmount,
    IReadOnlyDictionary<string, long> ByCode, IReadOnlyDictionary<string, long> ByPolicy, long WaitForSecond);

/// <summary>What a decision in bulk did.</summary>
/// <param name="Decided">How many were decided.</param>
/// <param name="Refused">Those that were not, with the reason for each.</param>
public sealed record BulkResult(long Decided, IReadOnlyList<(long Proposal, Core.Sentence Why)> Refused);

/// <summary>Deciding many proposals at once: first a preview, then, with its token, the decision on just that.</summary>
public sealed class BulkDecision(CaseDatabase database, TimeProvider clock)
{
    private const int InOneWrite = 500;

    /// <summary>Shows what a decision on all open proposals of a filter would do.</summary>
    public BulkPreview Preview(ProposalFilter filter, bool adopt) => PreviewOf(Open(filter), adopt);

    /// <summary>Decides what the preview showed.</summary>
    /// <param name="filter">The preview's filter.</param>
    /// <param name="adopt">True to adopt, false to reject.</param>
    /// <param name="token">The preview's token.</param>
    /// <param name="ruling">Who and why.</param>
    /// <exception cref="Core.UnbrushException">The token is of another preview, or something changed since.</exception>
    public BulkResult Decide(ProposalFilter filter, bool adopt, string token, Ruling ruling)
    {
        ArgumentNullException.ThrowIfNull(ruling);
        var proposals = Open(filter);
        if (PreviewOf(proposals, adopt).Token != token)
            throw Faults.Store(
                "The proposals changed since the preview, or the token is of another one; nothing was decided. Preview again.",
                "预览之后提议有变化，或确认码不符；未作任何决定。请重新预览。");
        var refused = new List<(long, Core.Sentence)>();
        var decided = 0L;
        foreach (var part in proposals.Chunk(InOneWrite))
        {
            database.InWrite(clock, write =>
            {
                foreach (var proposal in part)
                {
                    try
                    {
                        var own = ruling with { Revision = proposal.Revision, Days = proposal.Terms.Days is { IsOpen: true } ? ruling.Days : null };
                        _ = adopt ? Decider.Adopt(write, proposal.Id, own) : Decider.Reject(write, proposal.Id, own);
                        decided++;
                    }
                    catch (Core.UnbrushException e)
                    {
                        // Each check precedes each write of its proposal, so a refused one has left nothing behind.
                        refused.Add((proposal.Id, e.Sentence));
                    }
                }

                return 0;
            });
        }

        return new(decided, refused);
    }

    private List<Proposal> Open(ProposalFilter filter)
    {
        var (where, values) = ProposalTable.Where(filter with { Standing = Standing.Suspected });
        return database.InRead(c => c.Query(null, ProposalTable.Read, $"SELECT {ProposalTable.Columns} FROM {ProposalTable.From} WHERE 1 = 1 {where} ORDER BY p.proposal", [.. values]));
    }

    private static BulkPreview PreviewOf(List<Proposal> proposals, bool adopt)
    {
        var text = new StringBuilder(adopt ? "adopt" : "reject");
        foreach (var proposal in proposals)
            text.Append(null, $"|{proposal.Id}.{proposal.Revision}");
        var occasions = proposals.DistinctBy(p => p.Occasion).ToList();
        var token = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
        return new(
            token, proposals.Count, proposals.Select(p => p.Subject).Distinct().Count(), proposals.Sum(p => p.Targets),
            Amounts(occasions), occasions.LongCount(p => p.Amount is null),
            Count(proposals, p => p.Code), Count(proposals, p => $"{p.Policy} {p.Version}"), proposals.Count(p => p.People + 1 < p.PeopleNeeded));
    }

    private static SortedDictionary<string, decimal> Amounts(List<Proposal> occasions) => new(
        occasions.Where(p => p.Amount is not null).GroupBy(p => p.Currency ?? "").ToDictionary(g => g.Key, g => g.Sum(p => p.Amount!.Value)), StringComparer.Ordinal);

    private static SortedDictionary<string, long> Count(List<Proposal> proposals, Func<Proposal, string> key) =>
        new(proposals.GroupBy(key).ToDictionary(g => g.Key, g => g.LongCount()), StringComparer.Ordinal);
}
