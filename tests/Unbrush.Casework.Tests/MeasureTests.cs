using Unbrush.Casework.Actions;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Proposals;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public abstract class MeasureTests : OnBothStores
{
    public sealed class OnSqlite : MeasureTests
    {
        protected override bool IsPostgres => false;
    }

    public sealed class OnPostgres : MeasureTests
    {
        protected override bool IsPostgres => true;
    }

    [Fact]
    public void A_measure_says_where_it_comes_from_and_on_what_it_rests()
    {
        Propose(new FindingsBuilder().Orders("s1", 2));
        AdoptAll();
        var measure = new MeasureTable(Store).List(new(Code: "exclude_orders"))[0];
        Assert.Equal(("taobao", "current", "correct-sales"), (measure.Policy, measure.Version, measure.Rule));
        Assert.Equal((Clock.Now, null), (measure.StartsAt, measure.EndsAt));
        Assert.Equal(["order/taobao/o-s1-0000", "order/taobao/o-s1-0001"], Proposals.Basis(measure.Proposal).Select(b => b.Subject.ToString()));
        Assert.Equal("seen the scans", Decider.Decisions(measure.Proposal)[0].Reason);
    }

    [Fact]
    public void The_ledger_says_who_carried_a_measure_out()
    {
        Propose(new FindingsBuilder().Order("s1", "o1"));
        Adopt(Open(code: "exclude_orders")[0]);
        Desk.Apply(Ben);
        var entry = Assert.Single(Ledger.List(limit: 100), e => e.Kind == Casework.Ledger.LedgerKinds.Measure);
        Assert.Equal(("ben", "order/taobao/o1"), (entry.Who, entry.Subject));
    }

    [Fact]
    public void Applying_twice_changes_nothing()
    {
        Propose(new FindingsBuilder().Orders("s1", 100));
        AdoptAll();
        var (export, head) = (Export(), Ledger.Head());
        Assert.Equal(new ApplyResult(0, 0), Desk.Apply());
        Assert.Equal(export, Export());
        Assert.Equal(head.Seq + 1, Ledger.Head().Seq); // the export alone
    }

    [Fact]
    public void A_formula_never_comes_out_live()
    {
        Propose(new FindingsBuilder().Order("s1", "=cmd|'/c calc'!A1").Order("s1", "o2"));
        AdoptAll();
        Assert.Contains("'=cmd|'/c calc'!A1", Assert.Single(Rows("orders_not_counted"), r => r.Contains("calc", StringComparison.Ordinal)).Split(','));
    }

    [Fact]
    public void A_measure_never_touches_another_subject()
    {
        Propose(new FindingsBuilder()
            .Orders("s1", 100, item: "i1").Orders("s2", 100, item: "i2").Orders("s1", 100, platform: "tmall", item: "i1")
            .Facility("f1", 50, 40, 0.6).Facility("f1", 50, 40, 0.6, carrier: "sto"));
        AdoptAll("shop/taobao/s1");
        var export = Export();
        foreach (var (file, bytes) in export.Where(f => f.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(bytes));
            Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), row => Assert.True(row.StartsWith("taobao,", StringComparison.Ordinal) && !row.Contains("s2", StringComparison.Ordinal), $"{file}: {row}"));
        }

        AdoptAll();
        var all = Export();
        Desk.LiftSubject(Subject.Parse("order/taobao/o-s1-0005"), Ann, "a true sale");
        Assert.Equal(299, Rows("orders_not_counted").Length);
        Assert.Equal(all["shops.csv"], Export()["shops.csv"]);
        Assert.DoesNotContain(Rows("orders_not_counted"), r => r.StartsWith("taobao,o-s1-0005,", StringComparison.Ordinal));
        Assert.Contains(Rows("orders_not_counted"), r => r.StartsWith("tmall,o-s1-0005,", StringComparison.Ordinal));
    }

    [Fact]
    public void Lifting_restores_the_export_byte_for_byte()
    {
        Propose(new FindingsBuilder().Orders("s1", 100, item: "i1").Orders("s2", 4));
        AdoptAll("shop/taobao/s2");
        var before = Export(parquet: true);
        AdoptAll("shop/taobao/s1");
        Assert.NotEqual(before, Export(parquet: true));
        foreach (var proposal in Proposals.List(new(Subject: Subject.Parse("shop/taobao/s1"))))
            Desk.LiftProposal(proposal.Id, Ben, "the appeal was granted");
        Assert.Equal(before, Export(parquet: true));
        Assert.All(Proposals.List(new(Subject: Subject.Parse("shop/taobao/s1"))), p => Assert.Equal(Standing.Lifted, p.Standing));
    }

    [Fact]
    public void After_a_granted_appeal_nothing_is_left_in_the_proposals_and_nothing_comes_back_on_the_same_evidence()
    {
        var scan = new FindingsBuilder().Orders("s1", 5);
        Propose(scan);
        AdoptAll();
        foreach (var proposal in Proposals.List(new(Standing.Found)))
            Desk.LiftProposal(proposal.Id, Ben, "granted");
        Assert.Equal(0, Propose(scan).Proposals);
        Assert.Empty(Open());
        // New evidence on an order may be proposed anew, and it is the first occurrence again.
        Clock.Move(TimeSpan.FromDays(1));
        Propose(new FindingsBuilder().Orders("s1", 4).Order("s1", "o-s1-0004", signal: "closed_loop"));
        var again = Assert.Single(Open(code: "exclude_orders"));
        Assert.Equal((1, 1), (again.Size, again.Occurrence));
    }

    [Fact]
    public void Lifting_one_order_names_the_measures_that_rested_on_it_too()
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        AdoptAll();
        var lifted = Desk.LiftSubject(Subject.Parse("order/taobao/o-s1-0000"), Ann, "a true sale");
        Assert.Single(lifted.Lifted);
        var codes = new MeasureTable(Store).List(new(), limit: 1000).Where(m => lifted.Reconsider.Contains(m.Measure)).Select(m => m.Code).Distinct();
        Assert.Superset(new HashSet<string>(["deduct_points", "demote_shop", "suspend_shop"]), codes.ToHashSet());
    }

    [Fact]
    public void Lifting_twice_changes_nothing_and_needs_a_reason()
    {
        Propose(new FindingsBuilder().Orders("s1", 2));
        AdoptAll();
        var measure = new MeasureTable(Store).List(new())[0].Measure;
        Assert.Throws<UnbrushException>(() => Desk.LiftMeasure(measure, Ann, ""));
        Assert.Single(Desk.LiftMeasure(measure, Ann, "granted").Lifted);
        var head = Ledger.Head();
        Assert.Empty(Desk.LiftMeasure(measure, Ann, "granted").Lifted);
        Assert.Equal(head, Ledger.Head());
        Assert.Throws<UnbrushException>(() => Desk.LiftMeasure(measure + 1_000_000, Ann, "granted"));
    }

    [Fact]
    public void A_finding_lifted_before_it_was_applied_is_never_applied()
    {
        Propose(new FindingsBuilder().Orders("s1", 2));
        var proposal = Open(code: "exclude_orders")[0];
        Adopt(proposal);
        Desk.LiftProposal(proposal.Id, Ben, "granted");
        Assert.Equal(new ApplyResult(0, 0), Desk.Apply());
        Assert.Equal(Standing.Lifted, Proposals.Get(proposal.Id).Standing);
    }

    [Fact]
    public void An_expired_measure_ends_by_itself()
    {
        Propose(new FindingsBuilder().Orders("s1", 1, platform: "douyin"));
        AdoptAll();
        Assert.Single(Rows("shops"));
        Clock.Move(TimeSpan.FromDays(3) - TimeSpan.FromMicroseconds(1));
        Assert.Single(Rows("shops"));
        Clock.Move(TimeSpan.FromMicroseconds(1));
        Assert.Empty(Rows("shops"));
        Assert.Single(Rows("points"));
    }

    [Fact]
    public void The_export_is_as_of_any_instant()
    {
        var start = Clock.Now;
        Propose(new FindingsBuilder().Orders("s1", 2));
        Clock.Now = start.AddHours(1);
        AdoptAll();
        Clock.Now = start.AddHours(2);
        Desk.LiftSubject(Subject.Parse("order/taobao/o-s1-0000"), Ann, "a true sale");
        Clock.Now = start.AddHours(3);
        Assert.Equal([0, 2, 2, 1, 1], ((double[])[0.99, 1, 1.99, 2, 3]).Select(h => Rows("orders_not_counted", start.AddHours(h)).Length));
    }

    [Fact]
    public void The_same_scan_again_changes_nothing_but_a_newer_one_overtakes_what_is_open()
    {
        var scan = new FindingsBuilder().Orders("s1", 5).Orders("s2", 5);
        var first = Propose(scan);
        var head = Ledger.Head();
        var again = Propose(scan);
        Assert.Equal((first.Scan, 0, 0), (again.Scan, again.Proposals, again.Withdrawn));
        Assert.Equal(head, Ledger.Head());

        var newer = Propose(new FindingsBuilder().Orders("s1", 4).Order("s1", "o-s1-0004", "clean").Orders("s2", 5));
        Assert.True(newer.Withdrawn > 0);
        Assert.Equal(4, Assert.Single(Open("shop/taobao/s1", "exclude_orders")).Size);
        Assert.Equal(5, Assert.Single(Open("shop/taobao/s2", "exclude_orders")).Size);

        // Back to what it was: what had been overtaken is open again.
        Propose(scan);
        Assert.Equal(5, Assert.Single(Open("shop/taobao/s1", "exclude_orders")).Size);
    }

    [Fact]
    public void A_scan_of_other_orders_leaves_what_is_open_alone()
    {
        Propose(new FindingsBuilder().Orders("s1", 5));
        Propose(new FindingsBuilder().Orders("s1", 3, prefix: "february"));
        Assert.Equal([5, 3], Open("shop/taobao/s1", "exclude_orders").Select(p => (int)p.Size));
    }

    [Fact]
    public void A_rejected_accusation_does_not_come_back_on_the_same_evidence()
    {
        var scan = new FindingsBuilder().Orders("s1", 5);
        Propose(scan);
        foreach (var proposal in Open())
            Decider.Reject(proposal.Id, new(Ann, "a live sale"));
        Propose(scan);
        Assert.Empty(Open());
        Propose(new FindingsBuilder().Orders("s1", 5).Orders("s1", 1, prefix: "more"));
        Assert.Equal(1, Assert.Single(Open(code: "exclude_orders")).Size);
    }

    [Fact]
    public void An_export_does_not_overwrite_what_is_not_an_export()
    {
        Folder.Write("precious.txt", "mine");
        Assert.Throws<UnbrushException>(() => new Export.Exporter(Store, Clock).Export(Folder.Path, null, false, Ann));
        Assert.Equal("mine", File.ReadAllText(Folder["precious.txt"]));
    }

    [Fact]
    public void Parquet_and_CSV_say_the_same()
    {
        Propose(new FindingsBuilder().Orders("s,1\"", 2, platform: "jd"));
        AdoptAll();
        var to = Folder["both"];
        new Export.Exporter(Store, Clock).Export(to, null, true, Ann);
        using var duck = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        duck.Open();
        foreach (var table in Casework.Export.EffectTables.All)
        {
            using var command = duck.CreateCommand();
            var columns = string.Join(", ", table.Columns.Select(c => $"'{c.Name}': '{c.Type}'"));
            command.CommandText = $"SELECT count(*) FROM (FROM read_parquet('{to}/{table.Name}.parquet') EXCEPT ALL FROM read_csv('{to}/{table.Name}.csv', header=true, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', columns={{{columns}}}))";
            Assert.Equal(0L, command.ExecuteScalar());
        }

        Assert.Contains("jd,shop,\"s,1\"\"\",10000,CNY", File.ReadAllText(Path.Combine(to, "fines.csv")), StringComparison.Ordinal);
    }
}
