using System.Data.Common;
using System.Text.Json.Nodes;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Casework.Proposals;

/// <summary>What taking in a scan did.</summary>
/// <param name="Scan">The scan's number; the same findings again have the same number.</param>
/// <param name="Findings">How many findings were taken in or found unchanged.</param>
/// <param name="Occasions">How many new occasions.</param>
/// <param name="Proposals">How many new proposals.</param>
/// <param name="Withdrawn">How many open proposals the scan overtook.</param>
/// <param name="Notes">What the reader must know: missing feed tables, resting rules, codes that no rule answers.</param>
public sealed record ProposeResult(long Scan, long Findings, long Occasions, long Proposals, long Withdrawn, IReadOnlyList<Sentence> Notes);

/// <summary>
/// Takes in a scan: its findings, the occasions that policies see in them, and the measures they propose. It decides
/// nothing. The same scan again changes nothing; a newer one withdraws open proposals that it overtook.
/// </summary>
public sealed class Proposer(CaseDatabase database, TimeProvider clock)
{
    private const int FindingsInOneWrite = 20_000;
    private const int ProposalsInOneWrite = 5_000;

    /// <summary>Proposes.</summary>
    /// <param name="findings">The scan.</param>
    /// <param name="policies">The policies.</param>
    /// <param name="by">Who started it, or null for a machine.</param>
    public ProposeResult Propose(FindingsFolder findings, PolicySet policies, Person? by = null)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(policies);
        var judge = new Judge(findings, policies, database.InRead(HistoryReader.Read));
        var known = database.InRead(HistoryReader.Occasions);
        var newest = known.Count == 0 ? 0 : known.Values.Max();
        var open = database.InRead(HistoryReader.Open);
        var scan = Record(findings, policies, by);
        var seen = new Seen();
        var batch = new Batch();
        foreach (var (own, occasions) in judge.All())
        {
            batch.Findings.AddRange(own);
            foreach (var occasion in occasions)
            {
                seen.Add(occasion);
                if (!known.ContainsKey(KeyOf(occasion)))
                    batch.Add(occasion);
            }

            if (batch.Findings.Count >= FindingsInOneWrite || batch.Proposals >= ProposalsInOneWrite)
                batch = Flush(batch, scan, seen, ref newest);
        }

        Flush(batch, scan, seen, ref newest);
        if (seen.Findings >= FindingsInOneWrite || seen.Proposals >= ProposalsInOneWrite)
            database.Analyse();
        var withdrawn = Withdraw(findings, open, seen, scan);
        var reopened = Reopen(seen, scan);
        return new(scan, seen.Findings, seen.Occasions, seen.Proposals + reopened, withdrawn, judge.Notes());
    }

    private static OccasionKey KeyOf(PlannedOccasion o) => new(o.Policy.Name, o.Version.Name, o.Subject, o.Basis);

    private long Record(FindingsFolder findings, PolicySet policies, Person? by) => database.InWrite(clock, write =>
    {
        foreach (var policy in policies.Policies)
        {
            if (write.Scalar("SELECT count(*) FROM policies_seen WHERE policy = @p0 AND sha256 = @p1", policy.Name, policy.Sha256) > 0)
                continue;
            var seq = write.Ledger.Append(LedgerKinds.Policy, LedgerJson.Of(
                ("policy", policy.Name), ("sha256", policy.Sha256), ("versions", new JsonArray([.. policy.Versions.Select(v => JsonValue.Create(v.Name))]))), by);
            write.Execute("INSERT INTO policies_seen (policy, sha256, seq) VALUES (@p0, @p1, @p2)", policy.Name, policy.Sha256, seq);
        }

        if (write.Scalar("SELECT scan FROM scans WHERE digest = @p0", findings.Digest) is > 0 and var scan)
            return scan;
        foreach (var file in findings.Run.Inputs)
        {
            if (write.Scalar("SELECT count(*) FROM imports WHERE sha256 = @p0", file.Sha256) > 0)
                continue;
            var seq = write.Ledger.Append(LedgerKinds.Import, LedgerJson.Of(
                ("sha256", file.Sha256), ("format", file.Format), ("table", file.Table), ("read", file.Read), ("kept", file.Kept), ("superseded", file.Superseded), ("quarantined", file.Quarantined)), by);
            write.Execute("INSERT INTO imports (sha256, seq) VALUES (@p0, @p1)", file.Sha256, seq);
        }

        var number = write.Ledger.Append(LedgerKinds.Scan, LedgerJson.Of(("sha256", findings.Digest), ("version", findings.Run.Version), ("configuration", findings.Run.Configuration)), by);
        write.Execute("INSERT INTO scans (scan, digest, recorded_at, findings) VALUES (@p0, @p1, @p2, 0)", number, findings.Digest, write.Now);
        return number;
    });

    private Batch Flush(Batch batch, long scan, Seen seen, ref long newest)
    {
        seen.Findings += batch.Findings.Count;
        if (batch.Findings.Count > 0 || batch.Occasions.Count > 0)
        {
            var last = newest;
            newest = database.InWrite(clock, write =>
            {
                FindingTable.Load(write, batch.Findings, scan);
                // Another proposer may have been faster with the same scan; asking for each is only worth it where one was at work.
                var fresh = Newest(write) == last ? batch.Occasions : [.. batch.Occasions.Where(o => !Exists(write, o))];
                seen.Occasions += fresh.Count;
                seen.Proposals += OccasionTable.Load(write, fresh, scan);
                return Newest(write);
            });
        }

        return new();
    }

    private static long Newest(Write write) => write.Scalar("SELECT max(occasion) FROM occasions");

    private static bool Exists(Write write, PlannedOccasion o) => write.Scalar(
        "SELECT count(*) FROM occasions WHERE policy = @p0 AND version = @p1 AND kind = @p2 AND scope = @p3 AND subject_id = @p4 AND basis = @p5",
        o.Policy.Name, o.Version.Name, (long)o.Subject.Kind, o.Subject.Scope, o.Subject.Id, o.Basis) > 0;

    /// <summary>
    /// Withdraws what nobody has decided and the scan overtook: the same findings now make another occasion, or a
    /// finding it rests on is clean by now.
    /// </summary>
    private long Withdraw(FindingsFolder findings, List<OpenOccasion> open, Seen seen, long scan)
    {
        if (open.Count == 0)
            return 0;
        var clean = findings.NoLongerOffending(open.SelectMany(o => o.Findings).Where(f => f.Kind == SubjectKind.Order).Distinct());
        var overtaken = open.Where(o => !seen.Stands(o.Occasion, o, database) && (o.Findings.Any(clean.Contains) || seen.Covers(o))).Select(o => o.Occasion).ToList();
        if (overtaken.Count == 0)
            return 0;
        return database.InWrite(clock, write =>
        {
            var withdrawn = 0L;
            foreach (var occasion in overtaken)
            {
                foreach (var proposal in write.Query(r => r.GetInt64(0), "SELECT proposal FROM proposals WHERE occasion = @p0 AND standing = 'suspected' ORDER BY proposal", occasion))
                {
                    withdrawn++;
                    write.Execute("UPDATE proposals SET standing = 'withdrawn', decided_at = @p1, revision = revision + 1 WHERE proposal = @p0", proposal, write.Now);
                    write.Ledger.Append(LedgerKinds.Withdrawal, LedgerJson.Of(("proposal", proposal), ("scan", scan)));
                }
            }

            return withdrawn;
        });
    }

    /// <summary>Opens again what an earlier scan had overtaken and this one sees as it was.</summary>
    private long Reopen(Seen seen, long scan)
    {
        var withdrawn = database.InRead(c => c.Query(
            null, r => (r.GetInt64(0), new OccasionKey(r.GetString(1), r.GetString(2), ProposalTable.SubjectAt(r, 3), r.GetString(6))),
            "SELECT p.proposal, o.policy, o.version, o.kind, o.scope, o.subject_id, o.basis FROM proposals p JOIN occasions o ON o.occasion = p.occasion WHERE p.standing = 'withdrawn' ORDER BY p.proposal"));
        var again = withdrawn.Where(w => seen.Sees(w.Item2)).Select(w => w.Item1).ToList();
        if (again.Count == 0)
            return 0;
        return database.InWrite(clock, write =>
        {
            var reopened = 0L;
            foreach (var proposal in again)
            {
                if (write.Execute("UPDATE proposals SET standing = 'suspected', decided_at = NULL, revision = revision + 1 WHERE proposal = @p0 AND standing = 'withdrawn'", proposal) == 0)
                    continue;
                reopened++;
                write.Ledger.Append(LedgerKinds.Proposal, LedgerJson.Of(("reopens", proposal), ("scan", scan)));
            }

            return reopened;
        });
    }

    private sealed class Batch
    {
        public List<Finding> Findings { get; } = [];

        public List<PlannedOccasion> Occasions { get; } = [];

        public int Proposals { get; private set; }

        public void Add(PlannedOccasion occasion)
        {
            Occasions.Add(occasion);
            Proposals += occasion.Proposals.Count;
        }
    }

    /// <summary>What this scan sees, to tell which open occasions it overtook.</summary>
    private sealed class Seen
    {
        private readonly Dictionary<(string Policy, Subject), HashSet<Subject>> judged = [];
        private readonly HashSet<OccasionKey> keys = [];
        private Dictionary<long, OccasionKey>? numbers;

        public long Findings { get; set; }

        public long Occasions { get; set; }

        public long Proposals { get; set; }

        public void Add(PlannedOccasion occasion)
        {
            keys.Add(KeyOf(occasion));
            var key = (occasion.Policy.Name, occasion.Subject);
            if (!judged.TryGetValue(key, out var set))
                judged[key] = set = [];
            set.UnionWith(occasion.Findings.Select(f => f.Subject));
        }

        public bool Sees(OccasionKey key) => keys.Contains(key);

        /// <summary>True where this scan sees the very same occasion.</summary>
        public bool Stands(long occasion, OpenOccasion open, CaseDatabase database)
        {
            numbers ??= database.InRead(HistoryReader.Occasions).ToDictionary(p => p.Value, p => p.Key);
            return numbers.TryGetValue(occasion, out var key) && key.Policy == open.Policy && keys.Contains(key);
        }

        /// <summary>True where the findings of an open occasion are all judged anew.</summary>
        public bool Covers(OpenOccasion open) =>
            judged.TryGetValue((open.Policy, open.Subject), out var set) && open.Findings.All(set.Contains);
    }
}
