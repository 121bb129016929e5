using System.Text;
using Unbrush.Core;
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
    /// <param name="path">The file; written beside its place and moved into it.</param>
    public static void Write(IStore store, ReportOptions options, string path)
    {
        var page = new Page(store, options);
        var cases = CaseSection.Choose(page);
        var title = options.Title ?? page.Say("Unbrush: the findings", "Unbrush：检测结果");
        var html = page.Html;
        html.Add($"<!DOCTYPE html>\n<html lang=\"{(options.Language == Language.Zh ? "zh-CN" : "en")}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>");
        html.Add(new Markup(Resource("report.css")));
        html.Add($"</style>\n</head>\n<body>\n<header><h1>{title}</h1><nav aria-label=\"{page.Say("Sections", "章节")}\">");
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
        html.Add($" · {page.Say($"times in {options.TimeZone}", $"时间为 {options.TimeZone}")}</p></footer>\n<script>");
        html.Add(new Markup(Resource("report.js")));
        html.Add($"</script>\n</body>\n</html>\n");
        File.WriteAllText(path + ".part", html.ToString(), new UTF8Encoding(false));
        File.Move(path + ".part", path, overwrite: true);
    }

    private static (string Anchor, string Name)[] Sections(Page page) =>
    [
        ("overview", page.Say("Overview", "概览")), ("sellers", page.Say("Sellers", "店铺")), ("facilities", page.Say("Outlets and centres", "网点与中心")),
        ("senders", page.Say("Senders", "寄件人")), ("rings", page.Say("Rings", "团伙")), ("cases", page.Say("Cases", "案例")),
        ("victims", page.Say("Victims", "受害者")), ("quality", page.Say("Data quality", "数据质量")),
    ];

    private static string Resource(string name)
    {
        using var stream = typeof(ReportWriter).Assembly.GetManifestResourceStream($"report/{name}") ?? throw new InvalidOperationException($"The report's '{name}' is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
