using System.Globalization;
using Unbrush.Core;
using Unbrush.Detection.Explain;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Report;

/// <summary>What the sections of a report share: the store, the language, the page, and the small pieces they are made of.</summary>
internal sealed class Page(IStore store, ReportOptions options)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    public IStore Store { get; } = store;

    public ReportOptions Options { get; } = options;

    public Html Html { get; } = new();

    public Language Language => Options.Language;

    public TimeZoneInfo Zone => _zone;

    /// <summary>The cases that the report tells, by <c>order platform id</c> or <c>parcel carrier number</c>, with their anchors.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The strongest told order of each seller, by <c>seller platform id</c>.</summary>
    public Dictionary<string, (string Scope, string Id)> SellerCases { get; } = new(StringComparer.Ordinal);

    /// <summary>The strongest told parcel of each facility, by <c>facility carrier id</c>.</summary>
    public Dictionary<string, (string Scope, string Id)> ParcelCases { get; } = new(StringComparer.Ordinal);

    /// <summary>A sentence in the report's language.</summary>
    public string Say(string en, string zh) => new Sentence(en, zh).In(Language);

    public static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with its English noun, which is given for one.</summary>
    public static string Count(long n, string noun) => $"{Count(n)} {noun}{(n == 1 ? "" : "s")}";

    public static string Percent(double share, int digits = 1) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, digits)}\u00A0%");

    /// <summary>An amount, in thousands or millions where it is long.</summary>
    public string Money(decimal amount, string? currency)
    {
        var text = Math.Abs(amount) switch
        {
            >= 100_000_000 when Language == Language.Zh => string.Create(CultureInfo.InvariantCulture, $"{amount / 100_000_000:#,0.00}\u00A0亿"),
            >= 10_000 when Language == Language.Zh => string.Create(CultureInfo.InvariantCulture, $"{amount / 10_000:#,0.0}\u00A0万"),
            >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{amount / 1_000_000:#,0.00}\u00A0million"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{amount:#,0}"),
        };
        return currency is null ? text : $"{text}\u00A0{currency}";
    }

    /// <summary>A range of amounts in one unit; one amount where both ends read alike.</summary>
    public string Range(decimal low, decimal high)
    {
        var (from, to) = (Money(low, null), Money(high, null));
        if (from == to)
            return to;
        var unit = to.LastIndexOf('\u00A0');
        return unit > 0 && from.EndsWith(to[unit..], StringComparison.Ordinal) ? $"{from[..^(to.Length - unit)]} – {to}" : $"{from} – {to}";
    }

    public string Time(DateTime utc, string format = "yyyy-MM-dd HH:mm") => TimeZoneInfo.ConvertTimeFromUtc(utc, _zone).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A verdict as a badge.</summary>
    public Markup Badge(string verdict) => Html.Of($"<span class=\"badge {Class(verdict)}\">{Wording.Verdict(verdict, Language)}</span>");

    /// <summary>An id that may be long, in a face in which signs are told apart.</summary>
    public static Markup Id(string scope, string id) => Html.Of($"<span class=\"id\"><span class=\"scope\">{scope}</span> {id}</span>");

    /// <summary>A section's heading with its introduction.</summary>
    public void Open(string anchor, string heading, string introduction)
    {
        Html.Add($"<section id=\"{anchor}\" aria-labelledby=\"{anchor}-h\">\n<h2 id=\"{anchor}-h\">{heading}</h2>\n");
        if (introduction.Length > 0)
            Html.Add($"<p class=\"lead\">{introduction}</p>\n");
    }

    public void Close() => Html.Add($"</section>\n");

    public void Empty(string sentence) => Html.Add($"<p class=\"empty\">{sentence}</p>\n");

    /// <summary>The link to a case, where the report tells it.</summary>
    public Markup Case(string kind, string scope, string id)
    {
        var text = Id(scope, id);
        return Anchors.TryGetValue(Key(kind, scope, id), out var anchor) ? Html.Of($"<a href=\"#{anchor}\">{text}</a>") : text;
    }

    public static string Key(string kind, string scope, string id) => $"{kind}\n{scope}\n{id}";

    /// <summary>The class of a verdict's colour.</summary>
    public static string Class(string verdict) => verdict switch
    {
        "confirmed" or "no_physical_parcel" or "brusher" => "bad",
        "review" => "ask",
        "victim" => "hurt",
        "watch" or "data_quality" or "unknown" => "dim",
        _ => "good",
    };
}
