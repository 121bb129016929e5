using Unbrush.Casework.Decisions;
using Unbrush.Casework.Policy;

namespace Unbrush.Casework.Tests;

/// <summary>Every boundary of the playbook that concerns policy.</summary>
public sealed class PolicyBoundaryTests : OnBothStores
{
    protected override bool IsPostgres => false;

    private static readonly DateTimeOffset Day = FindingsBuilder.Day;

    private int? Points(string shop = "shop/taobao/s1") => Open(shop, "deduct_points") is [var one] ? one.Terms.Points : null;

    /// <summary>Brings a shop to its n-th occurrence: each earlier one is found, and the next orders are made after it.</summary>
    private void Occurrence(int number, int count)
    {
        for (var i = 1; i <= number; i++)
        {
            Clock.Now = Day.AddDays(i * 10);
            Propose(new FindingsBuilder().Orders("s1", i < number ? 1 : count, at: Clock.Now.AddDays(-1), prefix: $"x{i}"));
            if (i < number)
            {
                foreach (var proposal in Open("shop/taobao/s1"))
                    Adopt(proposal);
            }
        }
    }

    [Theory]
    [InlineData(1, 95, null)]
    [InlineData(1, 96, 12)]
    [InlineData(2, 95, null)]
    [InlineData(2, 96, 12)]
    [InlineData(3, 95, 12)]
    [InlineData(3, 96, 48)]
    [InlineData(4, 95, 48)]
    [InlineData(4, 96, 48)]
    [InlineData(5, 1, 48)]
    public void Taobao_points_go_by_count_and_occurrence(int occurrence, int count, int? points)
    {
        Occurrence(occurrence, count);
        Assert.Equal(points, Points());
        Assert.All(Open("shop/taobao/s1"), p => Assert.Equal(occurrence, p.Occurrence));
    }

    [Theory]
    [InlineData(95, false)]
    [InlineData(96, true)]
    public void The_whole_shop_is_demoted_from_96_on(int count, bool isDemoted)
    {
        Propose(new FindingsBuilder().Orders("s1", count));
        Assert.Equal(isDemoted, Open("shop/taobao/s1", "demote_shop").Count == 1);
        Assert.Equal(isDemoted, Open("shop/taobao/s1", "suspend_shop").Count == 1);
        Assert.Single(Open("shop/taobao/s1", "exclude_orders"));
        Assert.Empty(Open("shop/taobao/s1", "close_shop"));
    }

    [Fact]
    public void Large_scale_is_48_points_whatever_the_count_and_only_a_person_can_say_so()
    {
        new Circumstances(Store, Clock).Assert(Subject.Parse("shop/taobao/s1"), "large_scale", Ann, "a thousand in an hour, seen in the log");
        Propose(new FindingsBuilder().Orders("s1", 3));
        Assert.Equal(48, Points());
        Assert.Single(Open("shop/taobao/s1", "deduct_points"));
    }

    [Fact]
    public void The_shop_closes_at_the_third_serious_finding_and_not_before()
    {
        new Circumstances(Store, Clock).Assert(Subject.Parse("shop/taobao/s1"), "large_scale", Ann, "seen");
        for (var i = 1; i <= 3; i++)
        {
            Clock.Now = Day.AddDays(i * 10);
            Propose(new FindingsBuilder().Orders("s1", 1, at: Clock.Now.AddDays(-1), prefix: $"x{i}"));
            Assert.Equal(i == 3, Open("shop/taobao/s1", "close_shop").Count == 1);
            foreach (var proposal in Open("shop/taobao/s1"))
                Adopt(proposal);
        }
    }

    [Theory]
    [InlineData("vile_means", true)]
    [InlineData("resistance", true)]
    [InlineData("large_scale_again", true)]
    [InlineData("brushing_services", true)]
    [InlineData("bad_manners", false)]
    public void The_shop_closes_on_the_published_conditions_only(string circumstance, bool closes)
    {
        new Circumstances(Store, Clock).Assert(Subject.Parse("shop/taobao/s1"), circumstance, Ann, "seen");
        Propose(new FindingsBuilder().Orders("s1", 1));
        Assert.Equal(closes, Open("shop/taobao/s1", "close_shop").Count == 1);
    }

    [Theory]
    [InlineData(10, 100, false)] // 10 is not more than 10
    [InlineData(11, 100, true)]
    [InlineData(11, 220, false)] // exactly 5.0 %
    [InlineData(11, 219, true)] // just above
    [InlineData(51, 1020, false)] // exactly 5.0 %
    [InlineData(51, 1000, true)] // 5.1 %
    public void Pinduoduo_limits_need_more_than_10_and_more_than_5_percent_of_an_item_day(int bad, int all, bool isLimited)
    {
        Propose(new FindingsBuilder()
            .Orders("s1", bad, platform: "pinduoduo", item: "i1")
            .Orders("s1", all - bad, "clean", platform: "pinduoduo", item: "i1", prefix: "c"));
        Assert.Equal(isLimited, Open("shop/pinduoduo/s1", "demote_shop").Count == 1);
    }

    [Fact]
    public void Pinduoduo_limits_do_not_add_up_days_or_items()
    {
        Propose(new FindingsBuilder()
            .Orders("s1", 6, platform: "pinduoduo", item: "i1")
            .Orders("s1", 6, platform: "pinduoduo", item: "i2", prefix: "p")
            .Orders("s2", 6, platform: "pinduoduo", item: "i3", at: new(2026, 3, 1, 15, 59, 59, TimeSpan.Zero))
            .Orders("s2", 6, platform: "pinduoduo", item: "i3", at: new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero), prefix: "q"));
        Assert.Empty(Open(code: "demote_shop"));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_number_used_again_within_30_days_is_a_false_shipment(int days, bool offends)
    {
        // The signal's value is the days short of 31; from day 31 on it does not speak.
        Propose(new FindingsBuilder().Order("s1", "o1", "review", platform: "pinduoduo", signal: days < 31 ? "number_used_again" : "no_visit", value: 31 - days));
        Assert.Equal(offends, Open("shop/pinduoduo/s1", "exclude_orders").Count == 1);
    }

    [Theory]
    [InlineData(0, false)] // the order that the track fits
    [InlineData(1, false)] // it fits this one no better than another
    [InlineData(2, true)]
    public void Of_the_orders_on_one_number_those_that_its_track_does_not_fit_are_false_shipments(int value, bool offends)
    {
        Propose(new FindingsBuilder().Order("s1", "o1", "review", platform: "pinduoduo", signal: "waybill_reused", value: value));
        Assert.Equal(offends, Open("shop/pinduoduo/s1", "exclude_orders").Count == 1);
    }

    [Fact]
    public void An_order_is_judged_by_the_version_of_its_own_date_in_the_policys_zone()
    {
        // 2025-10-15 begins in Shanghai at 16:00 UTC of the 14th.
        var change = new DateTimeOffset(2025, 10, 14, 16, 0, 0, TimeSpan.Zero);
        Propose(new FindingsBuilder()
            .Order("s1", "before", at: change.AddTicks(-10))
            .Order("s1", "after", at: change)
            .Seller("s1", codes: "refer_regulator"));
        var referrals = Open("shop/taobao/s1", "refer_regulator");
        Assert.Equal(["aucl-2019", "aucl-2025"], referrals.Select(r => r.Version).Order());
        Assert.All(referrals, r => Assert.Equal(1, r.Size));
    }

    [Fact]
    public void An_order_before_the_first_dated_version_is_judged_by_none()
    {
        Propose(new FindingsBuilder()
            .Order("s1", "before", platform: "jd", at: new(2023, 3, 29, 15, 59, 59, TimeSpan.Zero))
            .Order("s1", "after", platform: "jd", at: new(2023, 3, 29, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(1, Assert.Single(Open("shop/jd/s1", "exclude_orders")).Size);
    }

    [Fact]
    public void An_undated_version_is_never_chosen_until_an_organisation_dates_it()
    {
        var scan = new FindingsBuilder().Orders("s1", 5, at: new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Propose(scan);
        Assert.All(Open(), p => Assert.Equal("current", p.Version));
        Policies = PolicySet.Load(Folder.Write("own.yaml", """
            policy: taobao
            extends: true
            versions:
              - version: older
                in_force: { from: null, before: 2018-01-01, undated: false }
              - version: current
                in_force: { from: 2018-01-01, before: null }
            """));
        Propose(new FindingsBuilder().Orders("s2", 5, at: new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(2, Assert.Single(Open("shop/taobao/s2", "deduct_points")).Terms.Points);
    }

    [Fact]
    public void JD_grades_follow_the_notice_and_the_grade_is_a_persons_word()
    {
        var circumstances = new Circumstances(Store, Clock);
        circumstances.Assert(Subject.Parse("shop/jd/s2"), "grade_serious", Ann, "seen");
        circumstances.Assert(Subject.Parse("shop/jd/s3"), "grade_extreme", Ann, "seen");
        Propose(new FindingsBuilder().Orders("s1", 1, platform: "jd").Orders("s2", 1, platform: "jd").Orders("s3", 1, platform: "jd"));
        Assert.Equal([10000m, 20000m, 40000m], Open(code: "fine").OrderBy(p => p.Subject).Select(p => p.Terms.Amount));
        Assert.Equal([14, 30], Open(code: "demote_shop").OrderBy(p => p.Subject).Select(p => p.Terms.Days!.Value.Fixed));
        Assert.Equal("shop/jd/s3", Assert.Single(Open(code: "close_shop")).Subject.ToString());
    }

    [Fact]
    public void Douyin_tiers_follow_the_table()
    {
        var circumstances = new Circumstances(Store, Clock);
        circumstances.Assert(Subject.Parse("shop/douyin/s2"), "tier_2", Ann, "seen");
        circumstances.Assert(Subject.Parse("shop/douyin/s3"), "tier_3", Ann, "seen");
        Propose(new FindingsBuilder().Orders("s1", 1, platform: "douyin").Orders("s2", 1, platform: "douyin").Orders("s3", 1, platform: "douyin"));
        Assert.Equal([30, 60, 120], Open(code: "deduct_points").OrderBy(p => p.Subject).Select(p => p.Terms.Points));
        Assert.Equal([3, 10], Open(code: "hide_shop").OrderBy(p => p.Subject).Select(p => p.Terms.Days!.Value.Fixed));
    }

    [Fact]
    public void Suspicion_alone_leads_to_nothing()
    {
        Propose(new FindingsBuilder().Orders("s1", 500, "review").Orders("s1", 500, "watch", prefix: "w"));
        Assert.Empty(Open());
    }

    [Fact]
    public void Hostile_orders_leave_the_sales_and_cost_the_seller_nothing()
    {
        Propose(new FindingsBuilder().Orders("s1", 1500, "victim"));
        Assert.Equal(["exclude_orders", "protect"], Open().Select(p => p.Code).Order());
        Assert.All(Open(), p => Assert.Equal(0, p.Occurrence));
        AdoptAll();
        Clock.Move(TimeSpan.FromDays(10));
        Propose(new FindingsBuilder().Orders("s1", 1, at: Clock.Now, prefix: "later"));
        Assert.Equal(1, Open(code: "exclude_orders")[0].Occurrence);
    }

    [Fact]
    public void Orders_made_before_a_finding_was_known_open_no_second_occurrence()
    {
        Propose(new FindingsBuilder().Orders("s1", 50));
        AdoptAll();
        Propose(new FindingsBuilder().Orders("s1", 50).Orders("s1", 40, prefix: "late"));
        Assert.All(Open(), p => Assert.Equal(1, p.Occurrence));
        Assert.Equal(40, Open(code: "exclude_orders")[0].Size);
    }

    [Fact]
    public void Items_are_demoted_for_30_days_each_by_itself()
    {
        Propose(new FindingsBuilder().Orders("s1", 2, item: "i1").Orders("s1", 1, item: "i2", prefix: "p"));
        AdoptAll();
        Assert.Equal(2, Rows("rank_penalties").Length);
        Assert.Equal(2, Rows("rank_penalties", Clock.Now.AddDays(30).AddTicks(-10)).Length);
        Assert.Empty(Rows("rank_penalties", Clock.Now.AddDays(30)));
    }

    [Fact]
    public void Reviews_are_marked_only_where_each_is_confirmed_and_the_feed_places_it()
    {
        var scan = new FindingsBuilder().Orders("s1", 1).Review("r1", "o-s1-0000").Review("r2", "o-s1-0000", verdict: "review");
        Assert.Contains(Propose(scan, withFeed: false).Notes, n => n.En.Contains("Fake reviews cannot be placed", StringComparison.Ordinal));
        Propose(scan);
        AdoptAll();
        Assert.StartsWith("taobao,r1,", Assert.Single(Rows("ratings_not_counted")), StringComparison.Ordinal);
    }
}
