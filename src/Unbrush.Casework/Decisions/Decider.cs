using System.Data.Common;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Decisions;

/// <summary>What a person decides.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why; required.</param>
/// <param name="Revision">The revision that the person read; the decision fails where the proposal changed since. Null: whatever it is.</param>
/// <param name="Days">How long, where the policy leaves it to the decision.</param>
public sealed record Ruling(Person By, string Reason, long? Revision = null, int? Days = null);

/// <summary>
/// Decisions of people on proposals. A person gives a reason; where the policy asks for two, they are two; who comes
/// second to a proposal that is already decided is told so, and nothing is changed.
/// </summary>
public sealed class Decider(CaseDatabase database, TimeProvider clock)
{
    /// <summary>Adopts a proposal: with the last of the people needed, suspected becomes found.</summary>
    /// <returns>The proposal as it stands after it.</returns>
    /// <exception cref="Core.UnbrushException">It is decided, changed or stale; the reason is missing; the person agreed before; the days do not fit.</exception>
    public Proposal Adopt(long proposal, Ruling ruling) => database.InWrite(clock, write => Adopt(write, proposal, ruling));

    /// <summary>Rejects a proposal; one person is enough to spare.</summary>
    /// <returns>The proposal as it stands after it.</returns>
    /// <inheritdoc cref="Adopt(long, Ruling)"/>
    public Proposal Reject(long proposal, Ruling ruling) => database.InWrite(clock, write => Reject(write, proposal, ruling));

    /// <summary>The decisions on a proposal.</summary>
    public IReadOnlyList<Decision> Decisions(long proposal) => database.InRead(c => c.Query(
        null, r => new Decision(r.GetInt64(0), r.GetString(1) == "adopt", r.GetString(2), r.GetString(3), r.GetInt64(4).ToInstant()),
        "SELECT decision, outcome, person, reason, at FROM decisions WHERE proposal = @p0 ORDER BY decision", proposal));

    internal static Proposal Adopt(Write write, long id, Ruling ruling)
    {
        var proposal = Open(write, id, ruling);
        RefuseStale(write, proposal);
        if (write.Scalar("SELECT count(*) FROM decisions WHERE proposal = @p0 AND person = @p1", id, ruling.By.Name) > 0)
            throw Faults.SamePerson(id);
        var terms = Settle(proposal, ruling.Days);
        var people = proposal.People + 1;
        var isFound = people >= proposal.PeopleNeeded;
        Change(
            write, proposal, "standing = @p2, people = @p3, terms = @p4",
            (isFound ? Standing.Found : Standing.Suspected).Word(), (long)people, terms.ToJson());
        Record(write, proposal, ruling, "adopt", people, isFound ? Standing.Found : Standing.Suspected);
        if (isFound)
        {
            write.Execute("UPDATE proposals SET decided_at = @p1 WHERE proposal = @p0", id, write.Now);
            write.Execute("UPDATE occasions SET found_at = @p1 WHERE occasion = @p0 AND found_at IS NULL", proposal.Occasion, write.Now);
        }

        return ProposalTable.Find(write.Connection, write.Transaction, id)!;
    }

    internal static Proposal Reject(Write write, long id, Ruling ruling)
    {
        var proposal = Open(write, id, ruling);
        Change(write, proposal, "standing = @p2, decided_at = @p3", Standing.Dismissed.Word(), write.Now);
        Record(write, proposal, ruling, "reject", proposal.People, Standing.Dismissed);
        ClearWhereNothingStands(write, proposal.Occasion);
        return ProposalTable.Find(write.Connection, write.Transaction, id)!;
    }

    /// <summary>
    /// Where no proposal of an occasion is found or open any more, its findings are cleared: the same evidence does
    /// not come back with the next scan.
    /// </summary>
    internal static void ClearWhereNothingStands(Write write, long occasion)
    {
        if (write.Scalar("SELECT count(*) FROM proposals WHERE occasion = @p0 AND standing IN ('suspected', 'found')", occasion) > 0)
            return;
        write.Execute("UPDATE occasion_findings SET cleared_at = @p1 WHERE occasion = @p0 AND cleared_at IS NULL", occasion, write.Now);
    }

    private static Proposal Open(Write write, long id, Ruling ruling)
    {
        if (string.IsNullOrWhiteSpace(ruling.Reason))
            throw Faults.NoReason();
        var proposal = ProposalTable.Find(write.Connection, write.Transaction, id) ?? throw Faults.NoProposal(id);
        if (proposal.Standing != Standing.Suspected)
            throw Faults.Decided(id, proposal.Standing.Word(), (proposal.DecidedAt ?? proposal.CreatedAt).Micros());
        if (ruling.Revision is { } revision && revision != proposal.Revision)
            throw Faults.Changed(id);
        return proposal;
    }

    private static void RefuseStale(Write write, Proposal proposal)
    {
        if (proposal.Occurrence == 0)
            return;
        var before = write.Scalar(
            """
            SELECT count(*) FROM occasions e JOIN occasions o ON o.occasion = @p0
            WHERE e.policy = o.policy AND e.kind = o.kind AND e.scope = o.scope AND e.subject_id = o.subject_id AND e.occasion <> o.occasion
              AND e.number > 0 AND e.found_at <= o.last_at
            """, proposal.Occasion);
        if (before + 1 != proposal.Occurrence)
            throw Faults.Stale(proposal.Id, proposal.Occurrence, (int)before + 1);
    }

    private static Terms Settle(Proposal proposal, int? days)
    {
        if (proposal.Terms.Days is not { IsOpen: true } open)
        {
            if (days is not null && days != proposal.Terms.Days?.Fixed)
                throw Faults.Usage(
                    $"Proposal {proposal.Id} does not leave its days to the decision: leave --days out, or propose another policy.",
                    $"提议 {proposal.Id} 的天数不由决定人确定：请去掉 --days，或修改策略。");
            return proposal.Terms;
        }

        var range = (open.AtLeast, open.AtMost) switch
        {
            ({ } least, { } most) => $"{least} to {most}",
            _ => "1 or more",
        };
        if (days is not { } chosen || chosen < (open.AtLeast ?? 1) || chosen > (open.AtMost ?? int.MaxValue))
            throw Faults.Usage(
                $"Proposal {proposal.Id} leaves its days to the decision: give --days, {range}.",
                $"提议 {proposal.Id} 的天数由决定人确定：请用 --days 给出（{range}）。");
        return proposal.Terms with { Days = new Policy.Days(chosen, null, null, false, false) };
    }

    private static void Record(Write write, Proposal proposal, Ruling ruling, string outcome, int people, Standing standing)
    {
        var seq = write.Ledger.Append(
            LedgerKinds.Decision,
            LedgerJson.Of(("proposal", proposal.Id), ("outcome", outcome), ("people", people), ("needed", proposal.PeopleNeeded), ("standing", standing.Word()), ("days", ruling.Days)),
            ruling.By, ruling.Reason, proposal.Subject);
        if (outcome == "reject")
            write.Execute("DELETE FROM decisions WHERE proposal = @p0 AND person = @p1 AND outcome = 'adopt'", proposal.Id, ruling.By.Name);
        write.Execute(
            "INSERT INTO decisions (decision, proposal, outcome, person, reason, at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)",
            seq, proposal.Id, outcome, ruling.By.Name, ruling.Reason, write.Now);
    }

    private static void Change(Write write, Proposal proposal, string set, params object?[] values)
    {
        var changed = write.Execute(
            $"UPDATE proposals SET {set}, revision = revision + 1 WHERE proposal = @p0 AND revision = @p1", [proposal.Id, proposal.Revision, .. values]);
        if (changed == 0)
            throw Faults.Changed(proposal.Id);
    }
}

/// <summary>A decision as it was made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="IsAdoption">True for adopt, false for reject.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record Decision(long Id, bool IsAdoption, string By, string Reason, DateTimeOffset At);
