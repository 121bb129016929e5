using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Proposals;

/// <summary>Reads from the store what policies and re-scans need to know of the past.</summary>
internal static class HistoryReader
{
    public static History Read(System.Data.Common.DbConnection connection)
    {
        var history = new History();
        foreach (var (policy, subject, found) in connection.Query(
            null, r => (r.GetString(0), ProposalTable.SubjectAt(r, 1), new FoundOccasion(r.GetInt64(4), r.GetInt64(5), r.GetInt64(6) != 0, r.GetInt64(7))),
            "SELECT policy, kind, scope, subject_id, found_at, last_at, serious, number FROM occasions WHERE found_at IS NOT NULL"))
            history.AddFound(policy, subject, found);
        foreach (var (policy, finding, digest, isCleared) in connection.Query(
            null, r => (r.GetString(0), ProposalTable.SubjectAt(r, 1), r.GetString(4), !r.IsDBNull(5)),
            "SELECT o.policy, f.kind, f.scope, f.subject_id, f.digest, f.cleared_at FROM occasion_findings f JOIN occasions o ON o.occasion = f.occasion WHERE f.cleared_at IS NOT NULL OR o.found_at IS NOT NULL"))
        {
            if (isCleared)
                history.AddCleared(policy, finding, digest);
            else if (finding.Kind is SubjectKind.Order or SubjectKind.Review)
                history.AddUsed(policy, finding);
        }

        foreach (var (subject, code) in connection.Query(
            null, r => (ProposalTable.SubjectAt(r, 0), r.GetString(3)), "SELECT kind, scope, subject_id, code FROM circumstances WHERE withdrawn_at IS NULL"))
            history.AddCircumstance(subject, code);
        return history;
    }

    /// <summary>The natural keys of all occasions.</summary>
    public static Dictionary<OccasionKey, long> Occasions(System.Data.Common.DbConnection connection) => connection.Query(
        null, r => (new OccasionKey(r.GetString(1), r.GetString(2), ProposalTable.SubjectAt(r, 3), r.GetString(6)), r.GetInt64(0)),
        "SELECT occasion, policy, version, kind, scope, subject_id, basis FROM occasions").ToDictionary(p => p.Item1, p => p.Item2);

    /// <summary>Occasions of which nothing is found and something is still open, with their findings.</summary>
    public static List<OpenOccasion> Open(System.Data.Common.DbConnection connection)
    {
        var open = connection.Query(
            null, r => new OpenOccasion(r.GetInt64(0), r.GetString(1), ProposalTable.SubjectAt(r, 2), []),
            "SELECT o.occasion, o.policy, o.kind, o.scope, o.subject_id FROM occasions o WHERE o.found_at IS NULL AND o.occasion IN (SELECT p.occasion FROM proposals p WHERE p.standing = 'suspected') ORDER BY o.occasion");
        var byNumber = open.ToDictionary(o => o.Occasion);
        using var command = connection.Command(null, "SELECT occasion, kind, scope, subject_id FROM occasion_findings ORDER BY occasion");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (byNumber.TryGetValue(reader.GetInt64(0), out var occasion))
                occasion.Findings.Add(ProposalTable.SubjectAt(reader, 1));
        }

        return open;
    }
}

/// <summary>What makes two occasions one.</summary>
internal readonly record struct OccasionKey(string Policy, string Version, Subject Subject, string Basis);

/// <summary>An occasion on which nobody has found anything yet.</summary>
internal sealed record OpenOccasion(long Occasion, string Policy, Subject Subject, List<Subject> Findings);
