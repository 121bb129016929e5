using Unbrush.Casework.Decisions;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public abstract class DecisionTests : OnBothStores
{
    public sealed class OnSqlite : DecisionTests
    {
        protected override bool IsPostgres => false;
    }

    public sealed class OnPostgres : DecisionTests
    {
        protected override bool IsPostgres => true;
    }

    private Proposal One(string code) => Assert.Single(Open(code: code));

    [Fact]
    public void Suspected_and_found_are_different_and_a_person_stands_between()
    {
        Propose(new FindingsBuilder().Orders("s1", 3));
        var proposal = One("exclude_orders");
        Assert.Equal(Standing.Suspected, proposal.Standing);
        Assert.Empty(Rows("orders_not_counted"));
        var found = Decider.Adopt(proposal.Id, new(Ann, "seen the scans"));
        Assert.Equal(Standing.Found, found.Standing);
        Assert.Empty(Rows("orders_not_counted"));
        Desk.Apply();
        Assert.Equal(3, Rows("orders_not_counted").Length);
    }

    [Fact]
    public void Two_people_are_two_and_no_spelling_makes_one_of_them_another()
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        var proposal = One("deduct_points");
        Assert.Equal(2, proposal.PeopleNeeded);
        Assert.Equal(Standing.Suspected, Decider.Adopt(proposal.Id, new(Person.Named("Ann"), "seen")).Standing);
        foreach (var same in (string[])["Ann", "ann", " ANN ", "Ａｎｎ"])
            Assert.Contains("two different people", Assert.Throws<UnbrushException>(() => Decider.Adopt(proposal.Id, new(Person.Named(same), "seen"))).Message, StringComparison.Ordinal);
        Assert.Equal(Standing.Found, Decider.Adopt(proposal.Id, new(Ben, "seen too")).Standing);
    }

    [Fact]
    public void One_person_is_enough_to_reject_even_after_having_agreed()
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        var proposal = One("deduct_points");
        Decider.Adopt(proposal.Id, new(Ann, "seen"));
        Assert.Equal(Standing.Dismissed, Decider.Reject(proposal.Id, new(Ann, "looked again")).Standing);
        Assert.Throws<UnbrushException>(() => Decider.Adopt(proposal.Id, new(Ben, "seen")));
    }

    [Fact]
    public void A_decision_without_a_reason_or_a_person_is_refused()
    {
        Propose(new FindingsBuilder().Orders("s1", 1));
        var id = One("exclude_orders").Id;
        Assert.Equal(ExitCode.Usage, Assert.Throws<UnbrushException>(() => Decider.Adopt(id, new(Ann, " "))).Code);
        Assert.Equal(ExitCode.Usage, Assert.Throws<UnbrushException>(() => Person.Named("  ")).Code);
        Assert.Equal(Standing.Suspected, Proposals.Get(id).Standing);
    }

    [Fact]
    public void Who_comes_second_is_told_and_changes_nothing()
    {
        Propose(new FindingsBuilder().Orders("s1", 1));
        var read = One("exclude_orders");
        Decider.Reject(read.Id, new(Ann, "a promotion"));
        var told = Assert.Throws<UnbrushException>(() => Decider.Adopt(read.Id, new(Ben, "seen", read.Revision)));
        Assert.Contains("dismissed", told.Message, StringComparison.Ordinal);
        Assert.Equal(Standing.Dismissed, Proposals.Get(read.Id).Standing);
        Assert.Single(Decider.Decisions(read.Id));
    }

    [Fact]
    public void A_decision_on_a_revision_that_changed_is_refused()
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        var read = One("deduct_points");
        Decider.Adopt(read.Id, new(Ann, "seen", read.Revision));
        Assert.Contains("changed since you read it", Assert.Throws<UnbrushException>(() => Decider.Adopt(read.Id, new(Ben, "seen", read.Revision))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void Days_that_the_policy_leaves_open_are_set_within_its_range(int? days, bool isAccepted)
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        var proposal = One("demote_shop");
        if (!isAccepted)
        {
            Assert.Contains("7 to 90", Assert.Throws<UnbrushException>(() => Decider.Adopt(proposal.Id, new(Ann, "seen", Days: days))).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(days, Decider.Adopt(proposal.Id, new(Ann, "seen", Days: days)).Terms.Days!.Value.Fixed);
        // The second person agrees to the same days or to nothing.
        Assert.Throws<UnbrushException>(() => Decider.Adopt(proposal.Id, new(Ben, "seen", Days: days + 1)));
        Assert.Equal(Standing.Found, Decider.Adopt(proposal.Id, new(Ben, "seen", Days: days)).Standing);
    }

    [Fact]
    public void A_proposal_for_another_occurrence_than_it_would_be_now_is_stale()
    {
        Clock.Now = FindingsBuilder.Day.AddDays(1);
        Propose(new FindingsBuilder().Orders("s1", 1));
        var first = One("exclude_orders");
        Propose(new FindingsBuilder().Orders("s1", 1, at: FindingsBuilder.Day.AddDays(20), prefix: "later"));
        var second = Open(code: "exclude_orders").Single(p => p.Occasion != first.Occasion);
        Clock.Move(TimeSpan.FromDays(1));
        Decider.Adopt(first.Id, new(Ann, "seen"));
        var stale = Assert.Throws<UnbrushException>(() => Decider.Adopt(second.Id, new(Ann, "seen")));
        Assert.Contains("occurrence 2", stale.Message, StringComparison.Ordinal);
        Propose(new FindingsBuilder().Orders("s1", 1, at: FindingsBuilder.Day.AddDays(20), prefix: "later"));
        Assert.Equal(2, One("exclude_orders").Occurrence);
        Assert.Equal(Standing.Withdrawn, Proposals.Get(second.Id).Standing);
    }

    [Fact]
    public void Deciding_in_bulk_shows_first_and_does_just_what_it_showed()
    {
        Propose(new FindingsBuilder().Orders("s1", 3).Orders("s2", 2).Orders("s3", 120));
        var bulk = new BulkDecision(Store, Clock);
        var filter = new ProposalFilter(Code: "exclude_orders");
        var preview = bulk.Preview(filter, adopt: true);
        Assert.Equal((3, 3, 125, 1250m), (preview.Proposals, preview.Subjects, preview.Targets, preview.Amounts["CNY"]));
        Assert.Equal(3, Open(code: "exclude_orders").Count);

        Decider.Reject(Open("shop/taobao/s1", "exclude_orders")[0].Id, new(Ben, "a promotion"));
        Assert.Contains("Preview again", Assert.Throws<UnbrushException>(() => bulk.Decide(filter, true, preview.Token, new(Ann, "seen"))).Message, StringComparison.Ordinal);
        Assert.NotEqual(bulk.Preview(filter, adopt: false).Token, bulk.Preview(filter, adopt: true).Token);

        var result = bulk.Decide(filter, true, bulk.Preview(filter, adopt: true).Token, new(Ann, "seen"));
        Assert.Equal(2, result.Decided);
        Assert.Empty(result.Refused);
        Desk.Apply();
        Assert.Equal(122, Rows("orders_not_counted").Length);
    }

    [Fact]
    public void In_bulk_those_that_cannot_be_decided_are_named_and_leave_nothing()
    {
        Propose(new FindingsBuilder().Orders("s1", 96));
        var bulk = new BulkDecision(Store, Clock);
        var before = Ledger.Head().Seq;
        var result = bulk.Decide(new(Code: "demote_shop"), true, bulk.Preview(new(Code: "demote_shop"), true).Token, new(Ann, "seen"));
        Assert.Equal(0, result.Decided);
        Assert.Contains("--days", Assert.Single(result.Refused).Why.En, StringComparison.Ordinal);
        Assert.Equal(before, Ledger.Head().Seq);
    }

    [Fact]
    public async Task Two_people_deciding_at_once_have_one_winner_and_nothing_is_applied_twice()
    {
        const int Rounds = 25;
        Propose(Enumerable.Range(0, Rounds).Aggregate(new FindingsBuilder(), (b, i) => b.Orders($"s{i:00}", 2)));
        using var other = CaseDatabase.Open(Where, Clock);
        var proposals = Open(code: "exclude_orders");
        Assert.Equal(Rounds, proposals.Count);
        foreach (var (i, proposal) in proposals.Index())
        {
            using var start = new Barrier(2);
            var attempts = await Task.WhenAll(
                Task.Run(() => Try(() => Race(start, Store, proposal, Ann, adopt: true))),
                Task.Run(() => Try(() => Race(start, other, proposal, Ben, adopt: i % 2 == 0))));
            Assert.Single(attempts, a => a is null);
            Assert.Single(attempts, a => a is { Code: ExitCode.Workspace });
            Assert.Single(Decider.Decisions(proposal.Id));
        }

        var adopted = Proposals.Count(new(Standing.Found, Code: "exclude_orders"));
        // Both apply at once, too.
        await Task.WhenAll(Task.Run(() => Desk.Apply()), Task.Run(() => new Actions.ActionDesk(other, Clock).Apply()));
        Assert.Equal(adopted * 2, Rows("orders_not_counted").Length);
        Assert.Equal(adopted * 2, Ledger.List(limit: int.MaxValue).Count(e => e.Kind == Casework.Ledger.LedgerKinds.Measure));
        Assert.True(Verify().IsWhole);
    }

    [Fact]
    public async Task Two_scans_taken_in_at_once_propose_each_measure_once()
    {
        var scan = Enumerable.Range(0, 40).Aggregate(new FindingsBuilder(), (b, i) => b.Orders($"s{i:00}", 2));
        var (findings, feed) = scan.Write(Folder["both"]);
        using var other = CaseDatabase.Open(Where, Clock);
        using var start = new Barrier(2);
        var made = await Task.WhenAll(((CaseDatabase[])[Store, other]).Select(store => Task.Run(() =>
        {
            using var folder = Findings.FindingsFolder.Open(findings, feed);
            start.SignalAndWait();
            return new Proposer(store, Clock).Propose(folder, Policies).Proposals;
        })));
        Assert.Equal(Open().Count, made.Sum());
        Assert.Equal(40, Open(code: "exclude_orders").Count);
        Assert.Equal(40, Open(code: "exclude_orders").Select(p => p.Subject).Distinct().Count());
        Assert.True(Verify().IsWhole);
    }

    [Fact]
    public void A_preview_never_adds_currencies()
    {
        Propose(new FindingsBuilder()
            .Order("s1", "o1", amount: 10m).Order("s2", "o2", amount: 0.55m, currency: "USD").Order("s2", "o3", amount: 1m, currency: "USD")
            .Order("s3", "o4", amount: 5m).Order("s3", "o5", amount: 5m, currency: "USD").Order("s4", "o6", amount: null));
        var preview = new BulkDecision(Store, Clock).Preview(new(Code: "exclude_orders"), adopt: true);
        Assert.Equal([("CNY", 10m), ("USD", 1.55m)], preview.Amounts.Select(a => (a.Key, a.Value)));
        Assert.Equal(2, preview.WithoutAmount);
        Assert.Equal((1.55m, "USD"), (Open("shop/taobao/s2", "exclude_orders")[0].Amount, Open("shop/taobao/s2", "exclude_orders")[0].Currency));
        Assert.Equal((null, null), (Open("shop/taobao/s3", "exclude_orders")[0].Amount, Open("shop/taobao/s3", "exclude_orders")[0].Currency));
    }

    private void Race(Barrier start, CaseDatabase store, Proposal proposal, Person by, bool adopt)
    {
        var decider = new Decider(store, Clock);
        start.SignalAndWait();
        _ = adopt ? decider.Adopt(proposal.Id, new(by, "seen", proposal.Revision)) : decider.Reject(proposal.Id, new(by, "no", proposal.Revision));
    }

    private static UnbrushException? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (UnbrushException e)
        {
            return e;
        }
    }
}
