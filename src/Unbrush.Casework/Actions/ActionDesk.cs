using System.Text.Json.Nodes;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;
using Unbrush.Casework.Webhooks;

namespace Unbrush.Casework.Actions;

/// <summary>What applying did.</summary>
/// <param name="Proposals">How many found proposals were carried out.</param>
/// <param name="Measures">How many measures were laid.</param>
public sealed record ApplyResult(long Proposals, long Measures);

/// <summary>What lifting did.</summary>
/// <param name="Lifted">The measures lifted.</param>
/// <param name="Reconsider">
/// Standing measures of the same occasions: what they rest on has changed, and a person should look at them again.
/// </param>
public sealed record LiftResult(IReadOnlyList<long> Lifted, IReadOnlyList<long> Reconsider);

/// <summary>
/// Lays found measures over their subjects and takes them back. Each write is whole: measures, ledger entries and
/// events are there together or not at all, so a killed process leaves nothing half-done, and running it again
/// changes nothing twice.
/// </summary>
public sealed class ActionDesk(CaseDatabase database, TimeProvider clock)
{
    private const int ProposalsInOneWrite = 200;
    private const int TargetsInOneWrite = 20_000;

    private static readonly string[] Columns =
        ["measure", "proposal", "code", "kind", "scope", "subject_id", "policy", "version", "rule", "terms", "applied_at", "starts_at", "ends_at", "lifted_at"];

    /// <summary>Carries out every proposal that is found and not yet applied.</summary>
    /// <param name="by">Who carries it out, for the ledger; null for a machine. Who decided stands with the decision.</param>
    public ApplyResult Apply(Person? by = null)
    {
        var total = new ApplyResult(0, 0);
        while (true)
        {
            var part = database.InWrite(clock, write => ApplySome(write, by));
            if (part.Proposals == 0)
                return total;
            total = new(total.Proposals + part.Proposals, total.Measures + part.Measures);
        }
    }

    /// <summary>Lifts one measure.</summary>
    public LiftResult LiftMeasure(long measure, Person by, string reason) => Lift(by, reason, write =>
    {
        var found = MeasureTable.List(write.Connection, write.Transaction, new(), measure - 1, 1);
        return found is [var one] && one.Measure == measure ? [one] : throw Faults.NoMeasure(measure);
    });

    /// <summary>Lifts every measure of a proposal: it is taken back in full.</summary>
    public LiftResult LiftProposal(long proposal, Person by, string reason) => Lift(by, reason, write =>
    {
        var found = ProposalTable.Find(write.Connection, write.Transaction, proposal) ?? throw Faults.NoProposal(proposal);
        if (found is { Standing: Standing.Found, AppliedAt: null })
        {
            // Found and not yet carried out: there is nothing to take back but the finding itself.
            write.Ledger.Append(LedgerKinds.Lifting, LedgerJson.Of(("proposal", proposal), ("code", found.Code)), by, reason, found.Subject);
            Settle(write, proposal);
        }

        return MeasureTable.List(write.Connection, write.Transaction, new(Proposal: proposal), 0, long.MaxValue);
    });

    /// <summary>Lifts every measure that lies over one subject, and no other.</summary>
    public LiftResult LiftSubject(Subject subject, Person by, string reason) =>
        Lift(by, reason, write => MeasureTable.List(write.Connection, write.Transaction, new(Subject: subject), 0, long.MaxValue));

    private static ApplyResult ApplySome(Write write, Person? by)
    {
        var due = write.Query(
            ProposalTable.Read,
            $"SELECT {ProposalTable.Columns} FROM {ProposalTable.From} WHERE p.standing = 'found' AND p.applied_at IS NULL ORDER BY p.proposal LIMIT @p0", (long)ProposalsInOneWrite);
        var rows = new List<object?[]>();
        var laid = new List<Overlay>();
        var done = 0;
        foreach (var proposal in due)
        {
            foreach (var target in ProposalTable.Targets(write.Connection, write.Transaction, proposal))
                laid.Add(Lay(write, proposal, target, by, rows));
            write.Execute("UPDATE proposals SET applied_at = @p1, revision = revision + 1 WHERE proposal = @p0", proposal.Id, write.Now);
            done++;
            if (rows.Count >= TargetsInOneWrite)
                break;
        }

        if (rows.Count > 0)
            write.Load("measures", Columns, null, rows);
        Outbox.Put(write, EventTypes.Applied, laid);
        return new(done, rows.Count);
    }

    private static Overlay Lay(Write write, Proposal proposal, Subject target, Person? by, List<object?[]> rows)
    {
        var starts = write.Now + (proposal.Terms.NoticeDays * Microseconds.Day);
        long? ends = proposal.Terms.Days?.Fixed is { } days ? starts + (days * Microseconds.Day) : null;
        var terms = proposal.Terms.ToJson();
        var seq = write.Ledger.Append(
            LedgerKinds.Measure,
            LedgerJson.Of(
                ("proposal", proposal.Id), ("code", proposal.Code), ("policy", proposal.Policy), ("version", proposal.Version), ("rule", proposal.Rule),
                ("starts", starts.MicrosToText()), ("ends", ends?.MicrosToText()), ("terms", JsonNode.Parse(terms))),
            by, subject: target);
        rows.Add([seq, proposal.Id, proposal.Code, (long)target.Kind, target.Scope, target.Id, proposal.Policy, proposal.Version, proposal.Rule, terms, write.Now, starts, ends, null]);
        return new(
            seq, proposal.Id, proposal.Code, target, proposal.Policy, proposal.Version, proposal.Rule, proposal.Terms,
            write.Now.ToInstant(), starts.ToInstant(), ends?.ToInstant(), null);
    }

    private LiftResult Lift(Person by, string reason, Func<Write, List<Overlay>> which)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw Faults.NoReason();
        return database.InWrite(clock, write =>
        {
            var standing = which(write).Where(m => m.LiftedAt is null).ToList();
            foreach (var measure in standing)
            {
                write.Ledger.Append(LedgerKinds.Lifting, LedgerJson.Of(("measure", measure.Measure), ("code", measure.Code)), by, reason, measure.Subject);
                write.Execute("UPDATE measures SET lifted_at = @p1 WHERE measure = @p0", measure.Measure, write.Now);
                ClearFinding(write, measure);
            }

            var proposals = standing.Select(m => m.Proposal).Distinct().Order().ToList();
            var occasions = proposals.Select(p => Settle(write, p)).Distinct().ToList();
            Outbox.Put(write, EventTypes.Lifted, [.. standing.Select(m => m with { LiftedAt = write.Now.ToInstant() })]);
            return new LiftResult([.. standing.Select(m => m.Measure)], [.. occasions.SelectMany(o => StillStanding(write, o)).Order()]);
        });
    }

    /// <summary>An order or review whose measure is lifted is cleared: the same evidence does not count again.</summary>
    private static void ClearFinding(Write write, Overlay measure)
    {
        if (measure.Subject.Kind is SubjectKind.Order or SubjectKind.Review)
            write.Execute(
                """
                UPDATE occasion_findings SET cleared_at = @p4
                WHERE occasion = (SELECT occasion FROM proposals WHERE proposal = @p0) AND kind = @p1 AND scope = @p2 AND subject_id = @p3 AND cleared_at IS NULL
                """, measure.Proposal, (long)measure.Subject.Kind, measure.Subject.Scope, measure.Subject.Id, write.Now);
    }

    /// <summary>A proposal whose measures are all lifted is lifted; an occasion of which nothing stands is found no longer.</summary>
    private static long Settle(Write write, long proposal)
    {
        var occasion = write.Scalar("SELECT occasion FROM proposals WHERE proposal = @p0", proposal);
        if (write.Scalar("SELECT count(*) FROM measures WHERE proposal = @p0 AND lifted_at IS NULL", proposal) > 0)
            return occasion;
        write.Execute("UPDATE proposals SET standing = 'lifted', revision = revision + 1 WHERE proposal = @p0 AND standing = 'found'", proposal);
        if (write.Scalar("SELECT count(*) FROM proposals WHERE occasion = @p0 AND standing = 'found'", occasion) == 0)
        {
            write.Execute("UPDATE occasions SET found_at = NULL WHERE occasion = @p0", occasion);
            Decider.ClearWhereNothingStands(write, occasion);
        }

        return occasion;
    }

    private static List<long> StillStanding(Write write, long occasion) => write.Query(
        r => r.GetInt64(0),
        "SELECT m.measure FROM measures m JOIN proposals p ON p.proposal = m.proposal WHERE p.occasion = @p0 AND m.lifted_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > @p1) ORDER BY m.measure",
        occasion, write.Now);
}
