using System.Globalization;
using System.Text.Json;
using Unbrush.Core;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Findings;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Explain;

/// <summary>Reads whole accounts out of a store that a scan has judged.</summary>
public sealed partial class AccountReader
{
    private const int RelatedShown = 12;

    private readonly IStore _store;
    private readonly Detector? _detector;
    private readonly Language _language;
    private readonly Timeline _timeline;
    private readonly TimeZoneInfo _zone;

    /// <summary>A reader that takes the reasons as the findings have them: in the scan's language, of those that owe any.</summary>
    /// <param name="store">A store with a finished scan.</param>
    /// <param name="language">The language of what is not a reason.</param>
    /// <param name="zone">The zone of the times shown.</param>
    internal AccountReader(IStore store, Language language, TimeZoneInfo zone)
    {
        _store = store;
        _zone = zone;
        _language = language;
        _timeline = new(store, language);
    }

    /// <summary>A reader that weighs anew from the evidence: in any language, of any subject, and knows what each reason decides.</summary>
    /// <param name="store">A store with a finished scan.</param>
    /// <param name="options">The language, and the signals of that scan.</param>
    /// <param name="zone">The zone of the times shown.</param>
    /// <exception cref="UnbrushException">The store holds no scan, or one with other signals.</exception>
    public AccountReader(IStore store, DetectorOptions options, TimeZoneInfo zone)
        : this(store, options.Language, zone)
    {
        _detector = new(store, options);
        RunRecord.Recall(store, _detector);
    }

    private string Say(string en, string zh) => new Sentence(en, zh).In(_language);

    private Fact? Known(string key, string en, string zh, string? value) =>
        string.IsNullOrEmpty(value) ? null : new(key, Say(en, zh), value);

    private static List<Fact> Facts(params Fact?[] facts) => [.. facts.OfType<Fact>()];

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    private static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    private string? Time(DateTime? at) => at is { } utc ? TimeZoneInfo.ConvertTimeFromUtc(utc, _zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;

    private static string List(IEnumerable<int> numbers) => string.Join(", ", numbers.Order().Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Parses a findings cell of reasons.</summary>
    internal static List<AccountReason> Reasons(string json)
    {
        var reasons = new List<AccountReason>();
        using var document = JsonDocument.Parse(json);
        foreach (var r in document.RootElement.EnumerateArray())
        {
            reasons.Add(new(
                r.GetProperty("signal").GetString() ?? "", r.GetProperty("family").GetString() ?? "",
                Number(r.GetProperty("value")), Number(r.GetProperty("expected")), Number(r.GetProperty("db")),
                r.GetProperty("hard").GetBoolean(), r.GetProperty("text").GetString() ?? ""));
        }

        return reasons;

        static double? Number(JsonElement e) => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : null;
    }

    /// <summary>Parses a findings cell of proposals.</summary>
    internal static List<Proposal> Proposals(string json, Language language)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(p => (Code: p.GetProperty("code").GetString() ?? "", Reason: p.GetProperty("reason").GetString() ?? ""))
            .Select(p => new Proposal(p.Code, Wording.Proposal(p.Code, language), p.Reason))];
    }

    /// <summary>The reasons of a subject, made to add up to its sum.</summary>
    private List<AccountReason> Complete(List<AccountReason> reasons, double? sum)
    {
        if (sum is not { } total || reasons.Count == 0)
            return reasons;
        var rest = Math.Round(total - reasons.Sum(r => r.Db ?? 0), 2);
        if (rest != 0)
        {
            reasons.Insert(Math.Max(0, reasons.FindLastIndex(r => r.Signal != "base_rate") + 1), new("remainder", "context", null, null, rest, false, rest > 0
                ? Say("Its surroundings together: as prior odds, not as evidence.", "其周边情况合计：作为先验，不作为证据。")
                : Say("Its surroundings together look ordinary, which speaks for it.", "其周边情况总体正常，这对它有利。")));
        }

        return reasons;
    }

    /// <summary>Weighs a subject anew.</summary>
    private (List<AccountReason> Reasons, EvidenceItem[] Items) Weigh(Subject subject, int number, string recorded)
    {
        if (_detector is null)
            return (Reasons(recorded), []);
        var (json, items) = new ReasonTables(_detector).Of(_store, subject, number);
        return (Reasons(json), items);
    }

    /// <summary>What would become of a subject if one reason against it fell away, or one family, or its surroundings; the heaviest of each first.</summary>
    private List<Change> Changes(Subject subject, EvidenceItem[] items, int totalCenti, Func<Weighed, double, string> verdict)
    {
        if (_detector is null || items.Length == 0)
            return [];
        var whole = _detector.Weighing.Weigh(items, asSale: subject == Subject.Order);
        var signals = _detector.Catalogue.Signals;
        var changes = new List<(int Rank, int Lost, Change Change)>();
        foreach (var signal in items.Select(i => i.Signal).Distinct())
            Without(0, "signal", signals[signal].Id, i => i.Signal != signal);
        foreach (var family in items.Select(i => signals[i.Signal].Family).Distinct())
            Without(1, "family", family.ToString().ToLowerInvariant(), i => signals[i.Signal].Family != family);
        var lent = totalCenti - whole.Centi - _detector.Base.GetValueOrDefault(subject);
        if (lent > 0)
            Add(2, "surroundings", "", lent, whole);
        return [.. changes.OrderBy(c => c.Rank).ThenByDescending(c => c.Lost).ThenBy(c => c.Change.Name, StringComparer.Ordinal).Select(c => c.Change)];

        void Without(int rank, string what, string name, Func<EvidenceItem, bool> kept)
        {
            var rest = _detector.Weighing.Weigh([.. items.Where(kept)], asSale: subject == Subject.Order);
            if (rest.Centi < whole.Centi)
                Add(rank, what, name, whole.Centi - rest.Centi, rest);
        }

        void Add(int rank, string what, string name, int lost, Weighed rest)
        {
            var score = new Decibans(_detector.Model.CalibrationMap.Centi((totalCenti - lost) / 100.0)).ToProbability();
            changes.Add((rank, lost, new(what, name, Math.Round(score, 6), verdict(rest, score))));
        }
    }
}
