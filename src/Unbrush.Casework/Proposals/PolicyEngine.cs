using Unbrush.Casework.Actions;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;

namespace Unbrush.Casework.Proposals;

/// <summary>Judges findings by policies. Pure: the same findings, policies and history give the same occasions.</summary>
internal sealed class PolicyEngine(History history, Func<PolicyFile, IReadOnlyDictionary<(string Platform, string Item, DateOnly Day), long>> itemDays)
{
    /// <summary>The occasions of a shop under one policy. Each order is judged by the version of its own day.</summary>
    public IEnumerable<PlannedOccasion> Judge(PolicyFile policy, ShopFindings shop)
    {
        foreach (var (version, orders) in ByVersion(policy, shop.Orders))
        {
            var offending = orders.Where(o => o.Verdict != "victim" && Offends(version, o) && history.IsOpen(policy.Name, o)).ToList();
            if (Judge(policy, version, RuleBasis.OffendingOrders, shop, offending) is { } offence)
                yield return offence;
            var victims = orders.Where(o => o.Verdict == "victim" && history.IsOpen(policy.Name, o)).ToList();
            if (Judge(policy, version, RuleBasis.VictimOrders, shop, victims) is { } protection)
                yield return protection;
        }

        foreach (var (version, reviews) in ByVersion(policy, shop.Reviews))
        {
            var fake = reviews.Where(r => history.IsOpen(policy.Name, r)).ToList();
            if (Judge(policy, version, RuleBasis.FakeReviews, shop, fake) is { } occasion)
                yield return occasion;
        }
    }

    /// <summary>The occasions of a facility under one policy: one for each version in whose days it had empty parcels.</summary>
    public IEnumerable<PlannedOccasion> Judge(PolicyFile policy, FacilityFindings facility)
    {
        if (!history.IsOpen(policy.Name, facility.Finding) || history.IsFoundUpTo(policy.Name, facility.Finding.Subject, facility.Finding.At))
            yield break;
        var versions = facility.Days.GroupBy(d => policy.Versions.FirstOrDefault(v => v.InForce.Holds(d.Day))).Where(g => g.Key is not null).ToList();
        foreach (var part in versions)
        {
            var empty = part.Sum(d => d.Empty);
            var days = part.Where(d => d.Empty > 0).ToList();
            if (days.Count == 0)
                continue;
            var parcels = part.Sum(d => d.Parcels);
            var isWhole = versions.Count == 1;
            var low = isWhole ? facility.RateLow : Wilson.Low(empty, parcels);
            var occasion = Judge(policy, part.Key!, facility, isWhole ? facility.Empty : empty, low, days.Min(d => d.FirstAt), days.Max(d => d.LastAt));
            if (occasion is not null)
                yield return occasion;
        }
    }

    private PlannedOccasion? Judge(PolicyFile policy, PolicyVersion version, RuleBasis kind, ShopFindings shop, List<Finding> findings)
    {
        if (findings.Count == 0)
            return null;
        var (first, last) = (findings[0].At, findings[^1].At);
        var counts = kind == RuleBasis.OffendingOrders;
        var before = history.Before(policy.Name, shop.Shop, last);
        var number = counts ? before.All + 1 : 0;
        var asserted = history.Circumstances(shop.Shop);
        bool Holds(PolicyRule rule, int serious) =>
            rule.Findings == kind && !rule.IsBlank
            && (rule.When.Count?.Hold(findings.Count) ?? true)
            && (rule.When.Occurrence?.Hold(number) ?? true)
            && (rule.When.SeriousFindings?.Hold(serious) ?? true)
            && HoldCodes(rule.When, asserted, shop.Codes)
            && (rule.When.ItemDay is not { } bounds || HoldItemDay(policy, bounds, findings));
        var isSerious = version.Rules.Any(r => r.Serious && r.When.SeriousFindings is null && Holds(r, 0));
        var serious = before.Serious + (isSerious ? 1 : 0);
        var rules = version.Rules.Where(r => Holds(r, serious)).ToList();
        var orders = findings.Where(f => f.Subject.Kind == SubjectKind.Order).Select(f => f.Subject).ToList();
        var reviews = findings.Where(f => f.Subject.Kind == SubjectKind.Review).Select(f => f.Subject).ToList();
        var items = findings.SelectMany(f => f.Items.Select(i => new Subject(SubjectKind.Item, f.Subject.Scope, i))).Distinct().Order().ToList();
        var proposals = Plan(policy, rules, new(shop.Shop, orders, reviews, items), findings.Count);
        return proposals.Count == 0 ? null : new(policy, version, kind, shop.Shop, number, isSerious, findings.Count, first, last, findings, proposals);
    }

    private PlannedOccasion? Judge(PolicyFile policy, PolicyVersion version, FacilityFindings facility, long empty, decimal rateLow, long first, long last)
    {
        var subject = facility.Finding.Subject;
        var before = history.Before(policy.Name, subject, last);
        var number = before.All + 1;
        var asserted = history.Circumstances(subject);
        var rules = version.Rules.Where(rule =>
            rule.Findings == RuleBasis.Facility && !rule.IsBlank
            && (rule.When.Count?.Hold(empty) ?? true)
            && (rule.When.RateLow?.Hold(rateLow) ?? true)
            && (rule.When.Occurrence?.Hold(number) ?? true)
            && (!rule.When.AbovePeers || (facility.PeerRate is { } peers && rateLow > peers))
            && (rule.When.Kind?.Contains(subject.Kind.Word()) ?? true)
            && (rule.When.Verdict?.Contains(facility.Finding.Verdict) ?? true)
            && HoldCodes(rule.When, asserted, facility.Codes)).ToList();
        var serious = before.Serious + (rules.Any(r => r.Serious) ? 1 : 0);
        rules = [.. rules.Where(r => r.When.SeriousFindings?.Hold(serious) ?? true)];
        var proposals = Plan(policy, rules, new(subject, [], [], []), empty);
        return proposals.Count == 0 ? null : new(policy, version, RuleBasis.Facility, subject, number, rules.Any(r => r.Serious), empty, first, last, [facility.Finding], proposals);
    }

    /// <summary>Each measure once an occasion, by the rule whose terms weigh most.</summary>
    private static List<PlannedProposal> Plan(PolicyFile policy, List<PolicyRule> rules, in MeasureBasis basis, long count)
    {
        var planned = new Dictionary<string, PlannedProposal>();
        foreach (var rule in rules)
        {
            foreach (var outcome in rule.Then)
            {
                var measure = Measures.Of(outcome.Measure);
                var targets = measure.Plan(basis);
                if (targets.Count == 0 || TermsOf(policy, outcome, count) is not { } terms)
                    continue;
                if (!planned.TryGetValue(measure.Code, out var other) || terms.Weight > other.Terms.Weight)
                    planned[measure.Code] = new(rule, measure.Code, terms, targets, rule.People);
            }
        }

        return [.. planned.Values.OrderBy(p => p.Code, StringComparer.Ordinal)];
    }

    /// <summary>The terms of an outcome; null where a fine table has no row for the count.</summary>
    private static Terms? TermsOf(PolicyFile policy, RuleOutcome outcome, long count)
    {
        var terms = new Terms
        {
            Days = outcome.Days,
            NoticeDays = (int)(outcome.NoticeDays?.Value ?? 0),
            Points = (int?)outcome.Points?.Value,
            Amount = outcome.Amount?.Fixed.Value,
            Currency = outcome.Amount?.Currency,
        };
        if (outcome.FineTable is null)
            return terms;
        var row = policy.FineTables[outcome.FineTable].Where(r => r.From <= count).MaxBy(r => r.From);
        return row is null ? null : terms with { Amount = (row.Fixed ?? 0) + ((row.Each ?? 0) * count), Currency = row.Currency };
    }

    private bool HoldItemDay(PolicyFile policy, ItemDayBounds bounds, List<Finding> orders)
    {
        var zone = policy.Zone;
        var totals = itemDays(policy);
        return orders
            .SelectMany(o => o.Items.Select(i => (o.Subject.Scope, Item: i, Day: DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(o.At.ToInstant(), zone).DateTime))))
            .GroupBy(k => k)
            .Any(g => bounds.Count.Hold(g.Count()) && bounds.Share.HoldShare(g.Count(), totals.GetValueOrDefault(g.Key)));
    }

    private static bool HoldCodes(RuleConditions when, IReadOnlySet<string> asserted, IReadOnlyList<string> proposed) =>
        (when.Circumstance?.Any(asserted.Contains) ?? true)
        && !(when.Without?.Any(asserted.Contains) ?? false)
        && (when.Proposed?.Any(proposed.Contains) ?? true);

    private static bool Offends(PolicyVersion version, Finding order) =>
        version.Offence.Verdicts.Contains(order.Verdict)
        || version.Offence.Signals.Any(s => s.Value is null ? HasSignal(order, s.Signal) : order.Values.TryGetValue(s.Signal, out var value) && s.Value.Hold(value));

    private static bool HasSignal(Finding order, string signal) => order.Signals.Split(',').Contains(signal);

    private static IEnumerable<(PolicyVersion Version, List<Finding> Findings)> ByVersion(PolicyFile policy, IReadOnlyList<Finding> findings) => findings
        .GroupBy(f => policy.InForceAt(f.At.ToInstant()))
        .Where(g => g.Key is not null)
        .Select(g => (g.Key!, g.ToList()));
}
