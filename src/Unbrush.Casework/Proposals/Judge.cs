using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;
using Unbrush.Core;

namespace Unbrush.Casework.Proposals;

/// <summary>Runs all policies over one scan, subject by subject.</summary>
internal sealed class Judge
{
    private static readonly string[] Corrections = ["exclude_orders", "hide_reviews", "request_explanation", "protect"];
    private readonly FindingsFolder findings;
    private readonly PolicySet policies;
    private readonly PolicyEngine engine;
    private readonly Dictionary<string, Dictionary<(string, string, DateOnly), long>> days = [];
    private readonly SortedDictionary<string, long> unanswered = new(StringComparer.Ordinal);
    private readonly SortedSet<string> unpoliced = new(StringComparer.Ordinal);

    public Judge(FindingsFolder findings, PolicySet policies, History history)
    {
        this.findings = findings;
        this.policies = policies;
        engine = new(history, policy =>
        {
            if (!days.TryGetValue(policy.Timezone, out var own))
                days[policy.Timezone] = own = findings.ItemDays(policy.Timezone);
            return own;
        });
    }

    /// <summary>Each subject's findings and occasions; shops first, then facilities.</summary>
    public IEnumerable<(IReadOnlyList<Finding> Findings, IReadOnlyList<PlannedOccasion> Occasions)> All()
    {
        string[] signals = [.. policies.Policies.SelectMany(p => p.Versions).SelectMany(v => v.Offence.Signals).Select(s => s.Signal).Distinct()];
        foreach (var shop in findings.Shops(signals))
        {
            var occasions = policies.For(shop.Shop.Scope, Holder.Platform, Holder.Regulator).SelectMany(p => engine.Judge(p, shop)).ToList();
            if (!policies.For(shop.Shop.Scope, Holder.Platform).Any())
                unpoliced.Add(shop.Shop.Scope);
            Tell(shop.Codes, occasions);
            yield return ([.. shop.Orders, .. shop.Reviews], occasions);
        }

        // Days of facilities are those of the couriers' policies; the shipped ones share one zone.
        var zone = policies.Policies.FirstOrDefault(p => p.Holder == Holder.Courier)?.Timezone ?? "Asia/Shanghai";
        foreach (var facility in findings.Facilities(zone))
        {
            var occasions = policies.For(facility.Finding.Subject.Scope, Holder.Courier, Holder.Regulator).SelectMany(p => engine.Judge(p, facility)).ToList();
            Tell(facility.Codes, occasions);
            yield return ([facility.Finding], occasions);
        }
    }

    /// <summary>What the reader must know, after <see cref="All"/> was run through.</summary>
    public IReadOnlyList<Sentence> Notes()
    {
        var notes = new List<Sentence>();
        foreach (var scope in unpoliced)
            notes.Add(new($"No policy holds for '{scope}': its findings were taken in and nothing is proposed. Give one with --policy.", $"没有适用于 '{scope}' 的策略：结果已收入，但不作提议。请用 --policy 指定。"));
        foreach (var (code, count) in unanswered)
            notes.Add(new($"The scan proposes {code} for {count} subjects, and no rule in force answers it.", $"扫描对 {count} 个对象提出 {code}，但没有生效规则与之对应。"));
        if (!findings.HasItems && policies.Policies.Any(p => p.Versions.Any(v => v.Rules.Any(r => r.When.ItemDay is not null || r.Then.Any(t => t.Measure == "demote_items")))))
            notes.Add(new("Items are unknown: give the feed's folder with --feed for rules on items and item-days.", "商品未知：商品与单日规则需要用 --feed 指定数据文件夹。"));
        if (findings.HasReviewsWithoutFeed)
            notes.Add(new("Fake reviews cannot be placed: give the feed's folder with --feed, which tells their shops and dates.", "虚假评价无法归属：请用 --feed 指定数据文件夹，以确定店铺与日期。"));
        foreach (var policy in policies.Policies)
        {
            var blank = policy.Versions.Where(v => !v.InForce.Undated).SelectMany(v => v.Rules).Where(r => r.IsBlank).Select(r => r.Name).ToList();
            if (blank.Count > 0)
                notes.Add(new($"In '{policy.Name}' these rules rest until their figures are filled in: {string.Join(", ", blank)}.", $"策略 '{policy.Name}' 中以下规则的数值尚未填写，暂不生效：{string.Join("、", blank)}。"));
        }

        return notes;
    }

    private void Tell(IReadOnlyList<string> codes, List<PlannedOccasion> occasions)
    {
        foreach (var code in codes)
        {
            if (!Corrections.Contains(code) && !occasions.Any(o => o.Proposals.Any(p => p.Code == code)))
                unanswered[code] = unanswered.GetValueOrDefault(code) + 1;
        }
    }
}
