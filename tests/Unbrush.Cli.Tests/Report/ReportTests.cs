using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Unbrush.Core;
using Unbrush.Detection.Report;
using Unbrush.Detection.Store;

namespace Unbrush.Cli.Tests.Report;

[Collection("console")]
public sealed partial class ReportTests(ScannedWorld world)
{
    public static TheoryData<Language> Languages => [Language.En, Language.Zh];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_case_tells_every_reason_of_its_order(Language language)
    {
        var cases = Cases(language);
        Assert.NotEmpty(cases);
        var findings = Findings(language);
        foreach (var (id, article) in cases.Where(c => c.Article.Contains("timeline", StringComparison.Ordinal) && findings.ContainsKey(c.Id)))
        {
            var reasons = findings[id].Reasons.Where(r => r.Family != "base_rate").ToList();
            Assert.NotEmpty(reasons);
            foreach (var reason in reasons)
                Assert.Contains(reason.Text, article, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_steps_of_each_case_add_up_to_the_order_s_evidence(Language language)
    {
        var findings = Findings(language);
        var told = 0;
        foreach (var (id, article) in Cases(language).Where(c => findings.ContainsKey(c.Id)))
        {
            var steps = Step().Matches(article).Select(m => Number(m.Groups[1].Value)).ToList();
            Assert.True(steps.Count >= 3, $"{id} has {steps.Count} steps");
            Assert.Equal(findings[id].Evidence, steps[^1], 0.051);
            Assert.Equal(steps[^1], steps.Take(steps.Count - 1).Sum(), 0.05 * steps.Count);
            told++;
        }

        Assert.True(told > 0);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Links_within_the_report_lead_somewhere(Language language)
    {
        var html = File.ReadAllText(world.Report(language));
        var ids = Anchor().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Link().Matches(html).Select(m => m.Groups[1].Value), target => Assert.Contains(target, ids));
        Assert.Contains("#case-1", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Hostile_cells_stay_text(Language language)
    {
        var html = File.ReadAllText(world.Report(language, "hostile"));
        Assert.Contains("&lt;script&gt;alert(", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[a-z]+[^>]* on[a-z]+=", html);
        Assert.DoesNotContain('\u001b', html);
        Assert.DoesNotContain('\u202e', html);
        Assert.DoesNotContain("&#x202E;", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_page_allows_nothing_but_its_own_style_and_script(Language language)
    {
        var html = File.ReadAllText(world.Report(language));
        var policy = Policy().Match(html).Groups[1].Value;
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(Between(html, "<style>", "</style>"))}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(Between(html, "<script>", "</script>"))}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_English_sentence_is_left_in_the_Chinese_report()
    {
        foreach (var text in Visible(File.ReadAllText(world.Report(Language.Zh))))
            Assert.DoesNotMatch("[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", text);
    }

    [Fact]
    public void No_Chinese_is_left_in_the_English_report_of_an_English_feed()
    {
        foreach (var text in Visible(File.ReadAllText(world.Report(Language.En, "hostile"))))
            Assert.DoesNotMatch("[\u4e00-\u9fff]", text);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_report_says_that_it_must_not_be_the_sole_basis(Language language) =>
        Assert.Contains(language == Language.Zh ? "不得作为处罚的唯一依据" : "must not be the sole basis", File.ReadAllText(world.Report(language)), StringComparison.Ordinal);

    [Fact]
    public void The_same_findings_give_the_same_bytes_and_a_bounded_page()
    {
        using var workspace = Detection.Store.Workspace.Open(world.Workspace(Language.En), new());
        var path = Path.Combine(world.Findings(Language.En), "again.html");
        ReportWriter.Write(workspace.Store, new(), path);
        var first = File.ReadAllText(path);
        ReportWriter.Write(workspace.Store, new(), path);
        Assert.Equal(first, File.ReadAllText(path));
        Assert.InRange(first.Length, 20_000, 1_500_000);
    }

    [Fact]
    public void Short_tables_say_where_the_rest_is()
    {
        using var workspace = Detection.Store.Workspace.Open(world.Workspace(Language.En), new());
        var path = Path.Combine(world.Findings(Language.En), "short.html");
        ReportWriter.Write(workspace.Store, new() { Rows = 2, Cases = 2 }, path);
        var html = File.ReadAllText(path);
        Assert.Matches("more are in <code>sellers.csv</code>", html);
        Assert.True(html.Length < new FileInfo(world.Report(Language.En)).Length);
    }

    private List<(string Id, string Article)> Cases(Language language) =>
        [.. Article().Matches(File.ReadAllText(world.Report(language))).Select(m => WebUtility.HtmlDecode(m.Value)).Select(a => (CaseId().Match(a).Groups[1].Value, a))];

    private Dictionary<string, (double Evidence, List<(string Family, string Text)> Reasons)> Findings(Language language)
    {
        using var store = new DuckDbStore();
        using var reader = store.Query($"SELECT order_id, evidence_db, reasons FROM '{Path.Combine(world.Findings(language), "orders.parquet")}' WHERE verdict IN ('confirmed', 'review')");
        var findings = new Dictionary<string, (double, List<(string, string)>)>(StringComparer.Ordinal);
        while (reader.Read())
        {
            using var reasons = JsonDocument.Parse(reader.GetString(2));
            findings[reader.GetString(0)] = (Convert.ToDouble(reader.GetValue(1), CultureInfo.InvariantCulture), [.. reasons.RootElement.EnumerateArray().Select(r => (r.GetProperty("family").GetString()!, r.GetProperty("text").GetString()!))]);
        }

        return findings;
    }

    private static double Number(string text) => double.Parse(WebUtility.HtmlDecode(text).Replace('−', '-'), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Visible(string html) =>
        Regex.Replace(html, "(?s)<style>.*?</style>|<script>.*?</script>|<head>.*?</head>|<code>.*?</code>|<span class=\"id\">.*?</span>", " ")
            .Split(['<', '>']).Where((_, i) => i % 2 == 0).Select(t => WebUtility.HtmlDecode(t)!.Trim()).Where(t => t.Length > 0 && !t.Contains("alert(", StringComparison.Ordinal));

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("(?s)<article class=\"case\".*?</article>")]
    private static partial Regex Article();

    [GeneratedRegex("<span class=\"scope\">[^<]*</span> ([^<]*)</span>")]
    private static partial Regex CaseId();

    [GeneratedRegex("<td class=\"n\">([+−]?[0-9.]+)</td>")]
    private static partial Regex Step();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex(" href=\"#([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();
}
