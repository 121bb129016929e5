using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Turnover;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public sealed class ShadowAndTurnoverTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private FindingsFolder Open(FindingsBuilder builder) => FindingsFolder.Open(builder.Write(folder.Path).Findings);

    [Fact]
    public void A_policy_in_shadow_tells_whom_it_would_hit_and_spare_and_how_often_it_is_right()
    {
        using var findings = Open(new FindingsBuilder().Orders("s1", 100).Orders("s2", 95).Orders("s3", 20).Orders("s4", 4));
        var candidate = PolicySet.Load(folder.Write("own.yaml", """
            policy: taobao
            extends: true
            versions:
              - version: current
                rules:
                  - rule: demote-shop
                    subject: shop
                    findings: offending_orders
                    when: { count: { at_least: 20, below: 100 } }
                    then: [{ measure: demote_shop, days: { at_least: 7, at_most: 90 } }]
                    people: 2
                    sentence: { en: "Ours.", zh: "本单位。" }
                    source: demotion
                  - { rule: points-96, disabled: true }
                  - { rule: shut-12, disabled: true }
            """));
        var labels = new Dictionary<Subject, bool>
        {
            [Subject.Parse("shop/taobao/s1")] = true,
            [Subject.Parse("shop/taobao/s2")] = true,
            [Subject.Parse("shop/taobao/s3")] = false,
            [Subject.Parse("shop/taobao/s4")] = false,
            [Subject.Parse("order/taobao/o-s4-0000")] = false,
            [Subject.Parse("order/taobao/o-s1-0000")] = true,
            [Subject.Parse("order/taobao/unseen")] = true,
        };
        var report = ShadowTest.Run(findings, PolicySet.Load(), candidate, labels);
        Assert.Equal((1, 2), (report.Before.Shops, report.After.Shops));
        Assert.Equal((219, 2190m), (report.After.Orders, report.After.Amounts["CNY"]));
        Assert.Equal(["s2", "s3"], report.Changes.Where(c => c.Change == "hit").Select(c => c.Subject.Id));
        Assert.All(report.Changes.Where(c => c.Change == "spared"), c => Assert.Equal("s1", c.Subject.Id));
        var (before, after) = (report.AccuracyBefore.Single(a => a.Kind == "shop"), report.AccuracyAfter.Single(a => a.Kind == "shop"));
        Assert.Equal((1m, 0.5m), (before.Precision, before.Recall));
        Assert.Equal((0.5m, 0.5m), (after.Precision, after.Recall));
        var orders = report.AccuracyAfter.Single(a => a.Kind == "order");
        Assert.Equal((0.5m, 0.5m), (orders.Precision, orders.Recall));
        Assert.InRange(orders.PrecisionInterval.Low, 0.09m, 0.10m);
        Assert.Empty(ShadowTest.Run(findings, candidate, candidate, labels).Changes);
    }

    [Fact]
    public void Turnover_agrees_with_the_findings_to_the_cent()
    {
        var random = new Random(7);
        var builder = new FindingsBuilder();
        var sums = new Dictionary<string, decimal>();
        for (var i = 0; i < 2000; i++)
        {
            var verdict = ((string[])["clean", "confirmed", "review", "victim", "watch", "data_quality"])[random.Next(6)];
            var amount = random.Next(1, 10_000_000) / 100m;
            sums[verdict] = sums.GetValueOrDefault(verdict) + amount;
            builder.Order("s1", $"o{i}", verdict, FindingsBuilder.Day.AddHours(i), amount);
        }

        var gross = sums.Values.Sum();
        builder.Seller("s1", gross: gross, adjusted: gross - sums["confirmed"] - sums["victim"]);
        using var findings = Open(builder);
        var own = Assert.Single(TurnoverStatement.Of(findings, "taobao", "s1"));
        Assert.Equal((gross, sums["confirmed"], sums["victim"], sums["review"]), (own.Gross, own.Confirmed, own.Victim, own.Suspected));
        Assert.Equal(gross - sums["confirmed"] - sums["victim"], own.AdjustedHigh);
        Assert.Equal(own.AdjustedHigh - sums["review"], own.AdjustedLow);
        Assert.Empty(own.Disagreements);
        Assert.Equal((FindingsBuilder.Day, FindingsBuilder.Day.AddHours(1999)), (own.FirstAt, own.LastAt));
        Assert.Equal((1m, 1m), (own.AmountCoverage, own.BuyerCoverage));
    }

    [Fact]
    public void What_was_never_paid_or_was_called_off_is_in_no_sum()
    {
        var builder = new FindingsBuilder()
            .Order("s1", "paid", "clean", amount: 100m).Order("s1", "unpaid", "clean", amount: 20m).Order("s1", "off", "confirmed", amount: 3m)
            .Order("s1", "late", "confirmed", amount: 0.4m).Order("s1", "untold", "review", amount: 0.05m)
            .Status("paid", "completed").Status("unpaid", "created").Status("off", "closed")
            // The newest row counts, in whatever order the rows come.
            .Status("late", "shipped", FindingsBuilder.Day.AddDays(2)).Status("late", "created", FindingsBuilder.Day)
            .Seller("s1", gross: 100.45m, adjusted: 100.05m);
        var (scan, feed) = builder.Write(folder.Path);
        using (var findings = FindingsFolder.Open(scan, feed))
        {
            var own = Assert.Single(TurnoverStatement.Of(findings));
            Assert.Equal((100.45m, 0.4m, 0.05m), (own.Gross, own.Confirmed, own.Suspected));
            Assert.Equal((100m, 100.05m), (own.AdjustedLow, own.AdjustedHigh));
            Assert.Equal((5, 2, 1, 1), (own.Orders, own.UnsoldOrders, own.ConfirmedOrders, own.SuspectedOrders));
            Assert.Equal(0.8m, own.StatusCoverage);
            Assert.Empty(own.Disagreements);
        }

        // Without the feed nobody knows, and the statement says both: nothing covered, and another sum than the findings'.
        using var blind = FindingsFolder.Open(scan);
        Assert.Equal((123.45m, 0m), (TurnoverStatement.Of(blind)[0].Gross, TurnoverStatement.Of(blind)[0].StatusCoverage));
        Assert.NotEmpty(TurnoverStatement.Of(blind)[0].Disagreements);
    }

    [Fact]
    public void The_blast_radius_never_adds_currencies()
    {
        using var findings = Open(new FindingsBuilder().Order("s1", "o1", amount: 10m).Order("s1", "o2", amount: 0.07m, currency: "USD").Order("s2", "o3", amount: 1m, currency: "USD"));
        var report = ShadowTest.Run(findings, PolicySet.Load(), PolicySet.Load(), new Dictionary<Subject, bool>());
        Assert.Equal([("CNY", 10m), ("USD", 1.07m)], report.After.Amounts.Select(a => (a.Key, a.Value)));
    }

    [Fact]
    public void A_cent_of_disagreement_is_told()
    {
        using var findings = Open(new FindingsBuilder().Order("s1", "o1", "clean", amount: 10.00m).Seller("s1", gross: 10.01m, adjusted: 10.00m));
        Assert.Contains("10.01", Assert.Single(Assert.Single(TurnoverStatement.Of(findings)).Disagreements).En, StringComparison.Ordinal);
    }

    [Fact]
    public void Currencies_are_never_added_and_unknown_amounts_lower_the_coverage()
    {
        using var findings = Open(new FindingsBuilder()
            .Order("s1", "o1", "clean", amount: 1m).Order("s1", "o2", "clean", amount: null).Order("s1", "o3", "clean", amount: 5m, currency: "USD").Order("s2", "o4", amount: 9m));
        var all = TurnoverStatement.Of(findings);
        Assert.Equal([("s1", "CNY", 1m, 0.5m), ("s1", "USD", 5m, 1m), ("s2", "CNY", 9m, 1m)], all.Select(t => (t.SellerId, t.Currency, t.Gross, t.AmountCoverage)));
        Assert.Equal(0m, all[2].AdjustedHigh);
        Assert.Throws<UnbrushException>(() => TurnoverStatement.Of(findings, "taobao", "nobody"));
    }
}
