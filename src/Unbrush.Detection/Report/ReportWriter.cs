using System.Security.Cryptography;
using System.Text;
using Unbrush.Core;
using Unbrush.Detection.Explain;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Report;

/// <summary>
/// Writes <c>report.html</c>: one file that needs no network, in one language, for the screen and for paper. It shows what a person
/// needs first and points to the tables for the rest, so that its size does not grow with the feed.
/// </summary>
public static class ReportWriter
{
    /// <summary>Writes the report of the findings that a store holds.</summary>
    /// <param name="store">A store after <see cref="Pipeline.Detector.Run"/>.</param>
    /// <param name="options">Language, title, size.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(IStore store, ReportOptions options, string path)
    {
        var page = new Page(store, options);
        var cases = CaseSection.Choose(page);
        var title = options.Title ?? page.Say("Unbrush: the findings", "Unbrush：检测结果");
        var html = page.Html;
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        html.Add($"<!DOCTYPE html>\n<html lang=\"{(options.Language == Language.Zh ? "zh-CN" : "en")}\" data-filter=\"{page.Say("Filter the table", "筛选表格")}\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {Source(style)}; script-src {Source(script)}; base-uri 'none'; form-action 'none'\">\n");
        html.Add($"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<header><h1>{title}</h1><p class=\"meta\">{Meta(page)}</p><nav aria-label=\"{page.Say("Sections", "章节")}\">");
        foreach (var (anchor, name) in Sections(page))
            html.Add($"<a href=\"#{anchor}\">{name}</a>");
        html.Add($"</nav></header>\n<main>\n");
        OverviewSection.Write(page);
        SellerSection.Write(page);
        FacilitySection.Write(page);
        SenderSection.Write(page);
        RingSection.Write(page);
        CaseSection.Write(page, cases);
        VictimSection.Write(page);
        QualitySection.Write(page);
        html.Add($"</main>\n<footer><p>Unbrush {options.Version}");
        if (options.Findings is { } hash)
            html.Add($" · {page.Say("findings", "结果")} <code>{hash[..16]}</code>");
        if (options.Configuration is { } configuration)
            html.Add($" · {page.Say("configuration", "配置")} <code>{configuration[..16]}</code>");
        html.Add($"</p></footer>\n<script>{script}</script>\n</body>\n</html>\n");
        File.WriteAllText(path, html.ToString(), new UTF8Encoding(false));
    }

    private static (string Anchor, string Name)[] Sections(Page page) =>
    [
        ("overview", page.Say("Overview", "概览")), ("sellers", page.Say("Sellers", "店铺")), ("facilities", page.Say("Outlets and centres", "网点与中心")),
        ("senders", page.Say("Senders", "寄件人")), ("rings", page.Say("Rings", "团伙")), ("cases", page.Say("Cases", "案例")),
        ("victims", page.Say("Victims", "受害者")), ("quality", page.Say("Data quality", "数据质量")),
    ];

    /// <summary>What the report is about, in one line: the feed's time, its markets, the zone of the times shown.</summary>
    private static string Meta(Page page)
    {
        var parts = new List<string>();
        foreach (var r in Row.Of(page.Store, "SELECT min(created_at) AS first_at, max(created_at) AS last_at, string_agg(DISTINCT platform, ', ' ORDER BY platform) AS platforms FROM fact_order"))
        {
            if (r.Time("first_at") is { } first && r.Time("last_at") is { } last)
                parts.Add(page.Say($"Orders from {page.Time(first, "yyyy-MM-dd")} to {page.Time(last, "yyyy-MM-dd")} on {r.Word("platforms")}", $"{r.Word("platforms")} 的订单，{page.Time(first, "yyyy-MM-dd")} 至 {page.Time(last, "yyyy-MM-dd")}"));
        }

        if (Row.Of(page.Store, "SELECT string_agg(DISTINCT carrier, ', ' ORDER BY carrier) AS carriers FROM fact_parcel").Select(r => r.Text("carriers")).FirstOrDefault() is { } carriers)
            parts.Add(page.Say($"parcels of {carriers}", $"承运 {carriers}"));
        parts.Add(page.Say($"times in {page.Options.TimeZone}", $"时间为 {page.Options.TimeZone}"));
        return string.Join(" · ", parts);
    }

    /// <summary>The one style or script that the page may use, by its hash.</summary>
    private static Markup Source(Markup text) => new($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.Text)))}'");

    private static Markup Resource(string name)
    {
        using var stream = typeof(ReportWriter).Assembly.GetManifestResourceStream($"report/{name}") ?? throw new InvalidOperationException($"The report's '{name}' is missing.");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}
