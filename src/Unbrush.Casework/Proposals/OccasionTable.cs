using System.Text.Json.Nodes;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Proposals;

/// <summary>Writes occasions and their proposals in bulk.</summary>
internal static class OccasionTable
{
    private static readonly string[] OccasionColumns = ["occasion", "policy", "version", "kind", "scope", "subject_id", "basis", "number", "serious", "size", "first_at", "last_at", "scan", "found_at"];
    private static readonly string[] FindingColumns = ["occasion", "kind", "scope", "subject_id", "digest", "cleared_at"];

    private static readonly string[] ProposalColumns =
        ["proposal", "occasion", "policy", "version", "rule", "code", "kind", "scope", "subject_id", "standing", "terms", "people_needed", "people", "targets", "amount_e4", "currency", "created_at", "decided_at", "applied_at", "revision"];

    private static readonly string[] TargetColumns = ["proposal", "kind", "scope", "subject_id"];

    /// <summary>Writes them with their ledger entries; returns the number of proposals.</summary>
    public static int Load(Write write, IReadOnlyList<PlannedOccasion> occasions, long scan)
    {
        var occasionRows = new List<object?[]>(occasions.Count);
        var findingRows = new List<object?[]>();
        var proposalRows = new List<object?[]>();
        var targetRows = new List<object?[]>();
        foreach (var o in occasions)
        {
            var basis = o.Basis;
            // The digest of the basis stands in the ledger as a commitment: by itself it could be guessed from order numbers.
            var occasion = write.Ledger.Append(LedgerKinds.Occasion, LedgerJson.Of(
                ("policy", o.Policy.Name), ("version", o.Version.Name), ("scan", scan), ("number", o.Number), ("size", o.Size), ("serious", o.IsSerious)), null, basis, o.Subject);
            occasionRows.Add([occasion, o.Policy.Name, o.Version.Name, (long)o.Subject.Kind, o.Subject.Scope, o.Subject.Id, basis, (long)o.Number, o.IsSerious ? 1L : 0L, o.Size, o.FirstAt, o.LastAt, scan, null]);
            foreach (var finding in o.Findings)
                findingRows.Add([occasion, (long)finding.Subject.Kind, finding.Subject.Scope, finding.Subject.Id, finding.Digest, null]);
            foreach (var p in o.Proposals)
                AddProposal(write, o, p, occasion, proposalRows, targetRows);
        }

        write.Load("occasions", OccasionColumns, null, occasionRows);
        write.Load("occasion_findings", FindingColumns, null, findingRows);
        write.Load("proposals", ProposalColumns, null, proposalRows);
        write.Load("proposal_targets", TargetColumns, null, targetRows);
        return proposalRows.Count;
    }

    private static void AddProposal(Write write, PlannedOccasion o, PlannedProposal p, long occasion, List<object?[]> proposalRows, List<object?[]> targetRows)
    {
        var terms = p.Terms.ToJson();
        var proposal = write.Ledger.Append(LedgerKinds.Proposal, LedgerJson.Of(
            ("occasion", occasion), ("rule", p.Rule.Name), ("code", p.Code), ("targets", p.Targets.Count), ("people", p.People), ("terms", JsonNode.Parse(terms))), null, null, o.Subject);
        proposalRows.Add(
        [
            proposal, occasion, o.Policy.Name, o.Version.Name, p.Rule.Name, p.Code, (long)o.Subject.Kind, o.Subject.Scope, o.Subject.Id,
            Standing.Suspected.Word(), terms, (long)p.People, 0L, (long)p.Targets.Count, o.AmountE4, o.Currency, write.Now, null, null, 1L,
        ]);
        if (p.Targets is [var only] && only == o.Subject)
            return;
        foreach (var target in p.Targets)
            targetRows.Add([proposal, (long)target.Kind, target.Scope, target.Id]);
    }
}
