using Unbrush.Casework.Policy;

namespace Unbrush.Casework.Tests;

public sealed class CourierPolicyTests : OnBothStores
{
    // Figures of a test, of no courier: the shipped pack has none.
    private const string Own = """
        policy: courier
        extends: true
        sources:
          own: { cite: "a test's own figures", certainty: own }
        fine_tables:
          empty_parcels:
            - { from: 1, each: 5, currency: CNY }
            - { from: 100, fixed: 1000, each: 2.5, currency: CNY }
        versions:
          - version: template
            rules:
              - rule: block-stock
                subject: facility
                findings: facility
                when: { count: { at_least: 50 }, rate_low: { at_least: 0.10 }, verdict: [confirmed] }
                then: [{ measure: block_stock, days: 30, notice_days: 3 }]
                people: 2
                sentence: { en: "No new numbers.", zh: "停发单号。" }
                source: own
              - rule: expel
                subject: facility
                findings: facility
                serious: true
                when: { count: { at_least: 50 }, rate_low: { at_least: 0.10 }, occurrence: { at_least: 2 }, kind: [outlet] }
                then: [{ measure: expel_facility, notice_days: 14 }]
                people: 2
                sentence: { en: "Expelled.", zh: "清退。" }
                source: own
        """;

    protected override bool IsPostgres => false;

    private void UseOwn() => Policies = PolicySet.Load(Folder.Write("own.yaml", Own));

    [Fact]
    public void The_shipped_pack_has_no_figures_and_says_which_rules_rest()
    {
        var result = Propose(new FindingsBuilder().Facility("f1", 200, 150, 0.7));
        Assert.Equal(["warn"], Open().Select(p => p.Code));
        Assert.Contains(result.Notes, n => n.En.Contains("block-stock, suspend, expel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.011, true)]
    [InlineData(0.01, false)]
    [InlineData(0.009, false)]
    public void A_warning_needs_the_lower_bound_above_the_peers(double rateLow, bool warns)
    {
        Propose(new FindingsBuilder().Facility("f1", 20, 1, rateLow, peer: 0.01));
        Assert.Equal(warns, Open(code: "warn").Count == 1);
    }

    [Theory]
    [InlineData(49, 0.2, false)]
    [InlineData(50, 0.2, true)]
    [InlineData(50, 0.0999, false)]
    [InlineData(50, 0.10, true)]
    public void Stock_is_blocked_by_count_and_lower_bound(int empty, double rateLow, bool blocks)
    {
        UseOwn();
        Propose(new FindingsBuilder().Facility("f1", 200, empty, rateLow));
        Assert.Equal(blocks, Open(code: "block_stock").Count == 1);
    }

    [Theory]
    [InlineData(99, 495.0)]
    [InlineData(100, 1250.0)]
    public void Fines_follow_the_users_table(int empty, double amount)
    {
        UseOwn();
        Propose(new FindingsBuilder().Facility("f1", 200, empty, 0.4));
        Assert.Equal((decimal)amount, Assert.Single(Open(code: "fine")).Terms.Amount);
    }

    [Fact]
    public void Expulsion_waits_for_the_second_occurrence_and_announces_itself_to_shippers()
    {
        UseOwn();
        Clock.Now = FindingsBuilder.Day.AddDays(5);
        Propose(new FindingsBuilder().Facility("f1", 200, 100, 0.4).Facility("f2", 200, 0, 0, verdict: "clean"));
        Assert.Empty(Open(code: "expel_facility"));
        AdoptAll();
        Propose(new FindingsBuilder().Facility("f1", 300, 200, 0.6, at: Clock.Now.AddDays(10)));
        var expulsion = Assert.Single(Open(code: "expel_facility"));
        Assert.Equal(2, expulsion.Occurrence);
        Clock.Move(TimeSpan.FromDays(11));
        Adopt(expulsion);
        Desk.Apply();
        Assert.Contains(Rows("notices"), r => r.Contains("expel_facility", StringComparison.Ordinal));
        Assert.DoesNotContain(Rows("facilities"), r => r.Contains("expelled", StringComparison.Ordinal));
        Assert.Contains(Rows("facilities", Clock.Now.AddDays(14)), r => r.StartsWith("yto,outlet,f1,expelled", StringComparison.Ordinal));
        Assert.DoesNotContain(Rows("notices", Clock.Now.AddDays(14)), r => r.Contains("expel_facility", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_parcels_seen_again_are_no_second_occurrence()
    {
        UseOwn();
        Propose(new FindingsBuilder().Facility("f1", 200, 100, 0.4));
        AdoptAll();
        Propose(new FindingsBuilder().Facility("f1", 190, 100, 0.42));
        Assert.Empty(Open());
    }

    [Fact]
    public void A_centre_is_judged_by_rules_for_centres_alone()
    {
        UseOwn();
        Propose(new FindingsBuilder().Facility("c1", 200, 100, 0.4, kind: "centre"));
        Assert.All(Open(), p => Assert.Equal(SubjectKind.Centre, p.Subject.Kind));
        Assert.NotEmpty(Open(code: "block_stock"));
    }

    [Fact]
    public void Only_outlets_with_a_heavy_verdict_are_touched_and_the_seller_never()
    {
        UseOwn();
        Propose(new FindingsBuilder().Facility("f1", 100, 90, 0.8, verdict: "data_quality").Facility("f2", 100, 90, 0.8, verdict: "watch").Orders("s1", 3, "review"));
        Assert.Empty(Open());
    }
}
