using Unbrush.Casework.Findings;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Policy;

/// <summary>One measure on one subject that one of the policies would propose and the other not, or on other terms.</summary>
/// <param name="Subject">The shop or facility.</param>
/// <param name="Code">The measure.</param>
/// <param name="Change"><c>hit</c>, <c>spared</c> or <c>changed</c>.</param>
/// <param name="Before">Rule and terms of the policies in force, or null.</param>
/// <param name="After">Rule and terms of the candidate, or null.</param>
public sealed record ShadowChange(Subject Subject, string Code, string Change, string? Before, string? After);

/// <summary>What one set of policies would do.</summary>
/// <param name="Shops">Shops with a measure that weighs on them.</param>
/// <param name="Facilities">Outlets and centres with one.</param>
/// <param name="Orders">Orders that would not count.</param>
/// <param name="Amounts">Their sums by currency; currencies are never added.</param>
/// <param name="Measures">Proposals for each measure.</param>
public sealed record ShadowTotals(long Shops, long Facilities, long Orders, IReadOnlyDictionary<string, decimal> Amounts, IReadOnlyDictionary<string, long> Measures);

/// <summary>How often a set of policies is right, where labels tell.</summary>
/// <param name="Kind"><c>order</c>, <c>shop</c> or <c>facility</c>.</param>
/// <param name="Labelled">Subjects with a label.</param>
/// <param name="Hit">Of these, hit.</param>
/// <param name="HitFake">Of those hit, labelled fake.</param>
/// <param name="Fake">Labelled fake.</param>
public sealed record ShadowAccuracy(string Kind, long Labelled, long Hit, long HitFake, long Fake)
{
    /// <summary>The share of those hit that are fake; null where none is hit.</summary>
    public decimal? Precision => Hit == 0 ? null : (decimal)HitFake / Hit;

    /// <summary>The share of fakes that are hit; null where none is labelled fake.</summary>
    public decimal? Recall => Fake == 0 ? null : (decimal)HitFake / Fake;

    /// <summary>The 95 % interval of the precision.</summary>
    public (decimal Low, decimal High) PrecisionInterval => (Wilson.Low(HitFake, Hit), Wilson.High(HitFake, Hit));

    /// <summary>The 95 % interval of the recall.</summary>
    public (decimal Low, decimal High) RecallInterval => (Wilson.Low(HitFake, Fake), Wilson.High(HitFake, Fake));
}

/// <summary>The blast radius of a policy, before anybody is hit by it.</summary>
public sealed record ShadowReport(
    ShadowTotals Before, ShadowTotals After, IReadOnlyList<ShadowChange> Changes, IReadOnlyList<ShadowAccuracy> AccuracyBefore, IReadOnlyList<ShadowAccuracy> AccuracyAfter);

/// <summary>Runs a candidate's policies on findings in shadow, against those in force. Nothing is proposed or stored.</summary>
public static class ShadowTest
{
    private static readonly string[] Weightless = ["exclude_orders", "hide_reviews", "request_explanation", "protect"];

    /// <summary>Runs both.</summary>
    /// <param name="findings">The scan.</param>
    /// <param name="inForce">The policies in force.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="labels">Labels by subject: true is fake. Outlets and centres are both labelled as outlets, as the feed does not tell them apart.</param>
    /// <param name="store">The case store whose history counts occurrences, or null for none.</param>
    public static ShadowReport Run(
        FindingsFolder findings, PolicySet inForce, PolicySet candidate, IReadOnlyDictionary<Subject, bool> labels, CaseDatabase? store = null)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(labels);
        var history = store?.InRead(HistoryReader.Read) ?? History.None;
        var before = Outcome.Of(findings, inForce, history);
        var after = Outcome.Of(findings, candidate, history);
        var changes = new List<ShadowChange>();
        foreach (var key in before.Measures.Keys.Union(after.Measures.Keys).Order())
        {
            var (was, becomes) = (before.Measures.GetValueOrDefault(key), after.Measures.GetValueOrDefault(key));
            if (was != becomes)
                changes.Add(new(key.Subject, key.Code, was is null ? "hit" : becomes is null ? "spared" : "changed", was, becomes));
        }

        return new(before.Totals(), after.Totals(), changes, before.Accuracy(labels), after.Accuracy(labels));
    }

    private sealed class Outcome
    {
        public Dictionary<(Subject Subject, string Code), string> Measures { get; } = [];

        private readonly HashSet<Subject> orders = [];
        private readonly HashSet<Subject> weighed = [];
        private readonly SortedDictionary<string, long> byCode = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, decimal> amounts = new(StringComparer.Ordinal);

        public static Outcome Of(FindingsFolder findings, PolicySet policies, History history)
        {
            var outcome = new Outcome();
            foreach (var (_, occasions) in new Judge(findings, policies, history).All())
            {
                foreach (var occasion in occasions)
                    outcome.Add(occasion);
            }

            return outcome;
        }

        public ShadowTotals Totals() => new(
            weighed.Count(s => s.Kind == SubjectKind.Shop), weighed.Count(s => s.Kind is SubjectKind.Outlet or SubjectKind.Centre), orders.Count, amounts, byCode);

        public List<ShadowAccuracy> Accuracy(IReadOnlyDictionary<Subject, bool> labels)
        {
            var all = new List<ShadowAccuracy>();
            foreach (var (kind, is_, hit) in (ReadOnlySpan<(string, Func<SubjectKind, bool>, HashSet<Subject>)>)
                [("order", k => k == SubjectKind.Order, orders), ("shop", k => k == SubjectKind.Shop, weighed), ("facility", k => k == SubjectKind.Outlet, [.. weighed.Where(s => s.Kind is SubjectKind.Outlet or SubjectKind.Centre).Select(s => s with { Kind = SubjectKind.Outlet })])])
            {
                var told = labels.Where(l => is_(l.Key.Kind)).ToList();
                if (told.Count > 0)
                    all.Add(new(kind, told.Count, told.Count(l => hit.Contains(l.Key)), told.Count(l => l.Value && hit.Contains(l.Key)), told.Count(l => l.Value)));
            }

            return all;
        }

        private void Add(PlannedOccasion occasion)
        {
            foreach (var proposal in occasion.Proposals)
            {
                var key = (occasion.Subject, proposal.Code);
                var text = $"{occasion.Policy.Name} {occasion.Version.Name} {proposal.Rule.Name} {proposal.Terms.ToJson()} x{proposal.Targets.Count}";
                Measures[key] = Measures.TryGetValue(key, out var other) ? $"{other}; {text}" : text;
                byCode[proposal.Code] = byCode.GetValueOrDefault(proposal.Code) + 1;
                if (!Weightless.Contains(proposal.Code))
                    weighed.Add(occasion.Subject);
                if (proposal.Code != "exclude_orders" || occasion.Kind != RuleBasis.OffendingOrders)
                    continue;
                foreach (var finding in occasion.Findings.Where(f => orders.Add(f.Subject)))
                {
                    if (finding is { AmountE4: { } amount, Currency: { } currency })
                        amounts[currency] = amounts.GetValueOrDefault(currency) + (amount / 10_000m);
                }
            }
        }
    }
}
