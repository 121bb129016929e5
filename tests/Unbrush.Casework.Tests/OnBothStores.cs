using Unbrush.Casework.Actions;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Export;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Tests;

/// <summary>Tests that run on a store: each class of them has a child for SQLite and one for PostgreSQL.</summary>
public abstract class OnBothStores : IDisposable
{
    private readonly TempFolder folder = new();
    private CaseDatabase? store;
    private int folders;

    internal FakeClock Clock { get; } = new();

    internal TempFolder Folder => folder;

    /// <summary>Where the store is; a new one each test.</summary>
    internal string Where => field ??= IsPostgres ? PostgresServer.NewDatabase() : folder["case.db"];

    internal CaseDatabase Store => store ??= CaseDatabase.Open(Where, Clock);

    internal PolicySet Policies { get; set; } = PolicySet.Load();

    protected abstract bool IsPostgres { get; }

    internal static Person Ann => Person.Named("ann");

    internal static Person Ben => Person.Named("ben");

    internal ProposalTable Proposals => new(Store);

    internal ActionDesk Desk => new(Store, Clock);

    internal Decider Decider => new(Store, Clock);

    internal LedgerBook Ledger => new(Store, Clock);

    internal ProposeResult Propose(FindingsBuilder findings, bool withFeed = true)
    {
        var (scan, feed) = findings.Write(Directory.CreateDirectory(folder[$"scan{folders++}"]).FullName);
        using var opened = FindingsFolder.Open(scan, withFeed ? feed : null);
        return new Proposer(Store, Clock).Propose(opened, Policies);
    }

    internal IReadOnlyList<Proposal> Open(string? subject = null, string? code = null) =>
        Proposals.List(new(Standing.Suspected, Code: code, Subject: subject is null ? null : Subject.Parse(subject)), limit: 100_000);

    internal void Adopt(Proposal proposal, int? days = null)
    {
        foreach (var person in (Person[])[Ann, Ben])
        {
            if (Proposals.Get(proposal.Id).Standing == Standing.Suspected)
                Decider.Adopt(proposal.Id, new(person, "seen the scans", Days: proposal.Terms.Days is { IsOpen: true } open ? days ?? open.AtLeast ?? 7 : null));
        }
    }

    internal void AdoptAll(string? subject = null)
    {
        foreach (var proposal in Open(subject))
            Adopt(proposal);
        Desk.Apply();
    }

    /// <summary>All bytes of an export, by file.</summary>
    internal SortedDictionary<string, string> Export(DateTimeOffset? asOf = null, bool parquet = false)
    {
        var to = folder[$"export{folders++}"];
        new Exporter(Store, Clock).Export(to, asOf, parquet, Ann);
        return new(Directory.EnumerateFiles(to).ToDictionary(f => Path.GetFileName(f)!, f => Convert.ToBase64String(File.ReadAllBytes(f))), StringComparer.Ordinal);
    }

    /// <summary>The lines of one exported table, without the header.</summary>
    internal string[] Rows(string table, DateTimeOffset? asOf = null)
    {
        var export = Export(asOf);
        return [.. System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(export[table + ".csv"])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    internal LedgerVerification Verify() => new LedgerVerifier(Store).Verify();

    public void Dispose()
    {
        store?.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
