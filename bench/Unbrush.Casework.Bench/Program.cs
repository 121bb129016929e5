using System.Diagnostics;
using System.Globalization;
using Unbrush.Casework;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Bench;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

// Usage: dotnet run -c Release --project bench/Unbrush.Casework.Bench -- STORE [ORDERS]
// STORE is a path for a new SQLite file, or a connection string of an empty PostgreSQL database.
// BenchmarkDotNet does not fit here: each figure is one pass over a store of a million rows.
if (args.Length == 0)
{
    Console.Error.WriteLine("Give a store: a path, or a PostgreSQL connection string.");
    return 2;
}

var orders = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
const long OrdersAShop = 20;
var clock = TimeProvider.System;
var ann = Person.Named("ann");
var folder = FindingsGenerator.Write(Path.Combine(Path.GetTempPath(), $"unbrush-bench-{Environment.ProcessId}"), orders, OrdersAShop);
var policy = Path.Combine(folder, "two.yaml");
File.WriteAllText(policy, """
    policy: taobao
    extends: true
    sources:
      bench: { cite: "a bench", certainty: own }
    versions:
      - version: current
        rules:
          - rule: demote-shop
            subject: shop
            findings: offending_orders
            when: { count: { at_least: 1 } }
            then: [{ measure: demote_shop, days: 7 }]
            sentence: { en: "Bench.", zh: "测试。" }
            source: bench
    """);
try
{
    using var store = CaseDatabase.Open(args[0], clock);
    Console.WriteLine($"| what | figure |\n|---|---|");
    using (var findings = FindingsFolder.Open(folder))
    {
        var watch = Stopwatch.StartNew();
        var result = new Proposer(store, clock).Propose(findings, PolicySet.Load(policy));
        var seconds = watch.Elapsed.TotalSeconds;
        Row($"take in {result.Findings:N0} findings, make {result.Proposals:N0} proposals", $"{seconds:0.0} s: {result.Findings / seconds:N0} findings/s and {result.Proposals / seconds:N0} proposals/s");
        watch.Restart();
        new Proposer(store, clock).Propose(findings, PolicySet.Load(policy));
        Row("the same scan again (nothing changes)", $"{watch.Elapsed.TotalSeconds:0.0} s");
    }

    // Proposals alone: the same shops with one order each, so that the findings' own rows do not weigh.
    var lean = FindingsGenerator.Write(Path.Combine(folder, "lean"), 100_000, 1);
    using (var findings = FindingsFolder.Open(lean))
    {
        using var other = CaseDatabase.Open(args[0].Contains("Host=", StringComparison.Ordinal) ? args[0].Replace("Database=bench", "Database=bench2", StringComparison.Ordinal) : args[0] + ".lean", clock);
        var watch = Stopwatch.StartNew();
        var result = new Proposer(other, clock).Propose(findings, PolicySet.Load(policy));
        var rate = result.Proposals / watch.Elapsed.TotalSeconds;
        Row($"{result.Proposals:N0} proposals in bulk, with their findings, occasions and ledger entries", $"{rate:N0}/s, {rate / BareInserts.Proposals(other):0.00} × bare INSERTs of the proposals' rows alone");
    }

    var table = new ProposalTable(store);
    var open = table.Count(new(Standing.Suspected));
    Row("open proposals", $"{open:N0}");
    var shop = new Subject(SubjectKind.Shop, "taobao", "s0001234");
    var middle = table.List(new(Standing.Suspected), after: new LedgerBook(store, clock).Head().Seq / 2, limit: 1)[0].Id;
    Time("list the first 100 open", () => table.List(new(Standing.Suspected)));
    Time("list 100 from the middle", () => table.List(new(Standing.Suspected), after: middle));
    Time("filter by measure", () => table.List(new(Standing.Suspected, Code: "demote_shop")));
    Time("filter by policy and measure", () => table.List(new(Standing.Suspected, Policy: "taobao", Code: "exclude_orders")));
    Time("filter by platform, from the middle", () => table.List(new(Standing.Suspected, Scope: "taobao"), after: middle));
    Time("filter by a measure that is not there", () => table.List(new(Standing.Suspected, Code: "close_shop")));
    Time("filter by shop", () => table.List(new(Subject: shop)));
    Time("count the open ones", () => table.Count(new(Standing.Suspected)));
    Time("show one with its basis and targets", () => (table.Get(middle), table.Basis(middle), table.Targets(middle)));
    var rows = new FindingTable(store);
    var halfway = new Subject(SubjectKind.Order, "taobao", $"o{orders / 2:000000000}");
    Time("findings: list 100", () => rows.List(new()));
    Time("findings: filter by verdict", () => rows.List(new(Verdict: "confirmed", Kind: SubjectKind.Order)));
    Time("findings: filter by verdict, from the middle", () => rows.List(new(Verdict: "confirmed", Kind: SubjectKind.Order), after: halfway));
    Time("findings: filter by shop", () => rows.List(new(Owner: shop)));
    var decider = new Decider(store, clock);
    var ids = new Queue<long>(table.List(new(Standing.Suspected, Code: "exclude_orders"), limit: (2 * Times) + 2).Select(p => p.Id));
    Time("decide: adopt", () => decider.Adopt(ids.Dequeue(), new(ann, "seen the scans")));
    Time("decide: reject", () => decider.Reject(ids.Dequeue(), new(ann, "a live sale")));
    var desk = new ActionDesk(store, clock);
    var applied = Stopwatch.StartNew();
    var laid = desk.Apply();
    Row($"apply {laid.Proposals} found proposals ({laid.Measures:N0} measures)", $"{applied.ElapsedMilliseconds} ms");
    var lifts = new Queue<long>(new MeasureTable(store).List(new(), limit: Times + 1).Select(m => m.Measure));
    Time("lift one measure", () => desk.LiftMeasure(lifts.Dequeue(), ann, "appeal granted"));

    var book = new LedgerBook(store, clock);
    const int Appends = 200_000;
    var append = Stopwatch.StartNew();
    for (var i = 0; i < Appends / 10_000; i++)
        book.AppendMany("note", ann, Enumerable.Range(0, 10_000).Select(n => ((Subject?)new Subject(SubjectKind.Order, "taobao", $"o{n}"), (string?)"a reason of usual length", "{\"n\":1}")));
    var appendRate = Appends / append.Elapsed.TotalSeconds;
    Row($"ledger: append {Appends:N0} entries with who, why and subject", $"{appendRate:N0}/s, {appendRate / BareInserts.Ledger(store):0.0} × bare INSERTs");
    var hashing = BareInserts.Hash(store);
    for (var pass = 0; pass < 2; pass++)
    {
        var verify = Stopwatch.StartNew();
        var verified = new LedgerVerifier(store).Verify();
        if (!verified.IsWhole)
            throw new InvalidOperationException(verified.Fault!.Value.En);
        var rate = verified.Entries / verify.Elapsed.TotalSeconds;
        Row($"ledger: verify {verified.Entries:N0} entries ({(pass == 0 ? "cold" : "warm")})", $"{rate:N0}/s, {rate / hashing:0.00} × reading and hashing alone");
    }

    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Row(string what, string figure) => Console.WriteLine($"| {what} | {figure} |");

static void Time<T>(string what, Func<T> act)
{
    var times = new List<double>();
    for (var i = 0; i <= Times; i++)
    {
        var watch = Stopwatch.StartNew();
        act();
        times.Add(watch.Elapsed.TotalMilliseconds);
    }

    // The first is the runtime's and the cache's; it is told, too.
    var warm = times.Skip(1).Order().ToList();
    Row(what, $"p50 {warm[warm.Count / 2]:0.0} ms, p99 {warm[warm.Count * 99 / 100]:0.0} ms, max {warm[^1]:0.0} ms, first {times[0]:0.0} ms");
}

internal static partial class Program
{
    private const int Times = 300;
}
