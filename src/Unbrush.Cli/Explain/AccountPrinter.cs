using System.Globalization;
using Spectre.Console;
using Unbrush.Core;
using Unbrush.Detection.Explain;

namespace Unbrush.Cli.Explain;

/// <summary>Prints an account on the terminal: what is known, the story, the sum, what would change it. Nothing out of a feed can steer the terminal.</summary>
internal sealed class AccountPrinter(Language language, TimeZoneInfo zone)
{
    private const int BarWidth = 16;

    private static readonly Style Soft = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    private readonly IAnsiConsole _console = AnsiConsole.Console;

    public void Print(Account account)
    {
        var score = account.Score is { } p ? Say($", score {Wording.Probability(p)}", $"，评分 {Wording.Probability(p)}") : "";
        _console.Write(new Text($"{Wording.Kind(account.Kind, language)} {Wording.Printable($"{account.Scope} {account.Id}".Trim())}: {Wording.Verdict(account.Verdict, language)}{score}\n\n", Strong));
        Known(account.Facts);
        Story(account.Timeline);
        Sum(account);
        Changes(account);
        List(Say("What can be shown in answer", "当事人可以出示"), account.CanShow);
        List(Say("Proposals, for a person to decide", "建议（由人工决定）"), account.Proposals.Select(x => $"{x.Text}: {x.Reason}"));
        List(Say("Belonging to it", "相关"), account.Related.Select(x => $"{Wording.Kind(x.Kind, language)} {x.Scope} {x.Id}: {(x.Kind is "buyer" or "seller" ? Wording.Kind(x.Verdict, language) : Wording.Verdict(x.Verdict, language))} {x.Note}".TrimEnd()));
    }

    private void Known(IReadOnlyList<Fact> facts)
    {
        if (facts.Count == 0)
            return;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        foreach (var fact in facts)
            grid.AddRow(new Text(fact.Label, Soft), Safe(fact.Value));
        _console.Write(grid);
        _console.WriteLine();
    }

    private void Story(IReadOnlyList<Happening> timeline)
    {
        if (timeline.Count == 0)
            return;
        Heading(Say("What happened", "经过"));
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2)).AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn();
        var day = "";
        foreach (var h in timeline)
        {
            var style = new Style(h.Kind == HappeningKind.Missing || h.IsOdd ? Color.Red : h.Kind == HappeningKind.Money ? Color.Blue : Color.Default);
            var time = "–";
            if (h.At is { } at)
            {
                var local = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
                time = local.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
                if (local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) is var date && date != day)
                {
                    grid.AddRow(new Text(date, Strong), new Text(""), new Text(""));
                    day = date;
                }
            }

            var gap = h.SinceLast is { } since && since >= TimeSpan.FromHours(1) ? $"+{Wording.Span(since, language)}" : "";
            var line = string.Join(" · ", new[] { h.Title, h.Place, gap, h.Note }.Where(t => t.Length > 0));
            grid.AddRow(new Text(time.PadLeft(8), Soft), new Text(h.Kind == HappeningKind.Missing ? "○" : "●", style), Safe(line, style));
        }

        _console.Write(grid);
        _console.WriteLine();
    }

    private void Sum(Account account)
    {
        if (account.Reasons.Count == 0)
            return;
        Heading(Say("How it adds up (decibans; ten multiply the odds by ten)", "如何得出（分贝；每十分贝使赔率乘以十）"));
        var reasons = account.Reasons.OrderBy(r => r.Signal == "base_rate" ? 0 : r.Family == "context" ? 1 : 2).ThenByDescending(r => r.Db ?? 0).ToList();
        var greatest = Math.Max(1, reasons.Max(r => Math.Abs(r.Db ?? 0)));
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var r in reasons)
        {
            var db = r.Db ?? 0;
            var style = new Style(r.Family == "context" || db == 0 ? Color.Grey : db < 0 ? Color.Green : r.Hard ? Color.Red : Color.Default);
            var family = r.Signal == "base_rate" ? Say("base rate", "基准") : r.Family == "context" ? Say("prior odds", "先验") : Wording.Family(r.Family, language);
            var mark = db == 0 ? Say(", not counted", "，不计") : db < 0 && r.Family != "context" ? Say(", in favour", "，有利") : r.Hard ? Say(", contradiction", "，硬矛盾") : "";
            grid.AddRow(new Text(r.Db is null ? "" : Decibans(db), style), new Text(Bar(db, greatest), style), Safe($"[{family}{mark}] {r.Text}", style));
        }

        if (account.EvidenceDb is { } sum)
        {
            var verdict = account.Score is { } p ? Say($"sum → score {Wording.Probability(p)} → {Wording.Verdict(account.Verdict, language)}", $"合计 → 评分 {Wording.Probability(p)} → {Wording.Verdict(account.Verdict, language)}") : Say("sum", "合计");
            grid.AddRow(new Text(Decibans(sum), Strong), new Text("=", Strong), new Text(verdict, Strong));
        }

        _console.Write(grid);
        _console.WriteLine();
    }

    /// <summary>Single reasons only where they decide; families and surroundings always.</summary>
    private void Changes(Account account)
    {
        var told = account.Changes.Where(c => c.Without != "signal" || c.Verdict != account.Verdict).ToList();
        if (account.Changes.Count == 0)
            return;
        var lines = told.Select(c =>
        {
            var (en, zh) = c.Without switch
            {
                "family" => ($"Without anything of '{Wording.Family(c.Name, Language.En)}'", $"若去除“{Wording.Family(c.Name, Language.Zh)}”类的全部理由"),
                "surroundings" => ("Without what its surroundings lend", "若不考虑周边记录"),
                _ => ($"Without '{c.Name}'", $"若去除“{c.Name}”"),
            };
            return Say($"{en}: {Wording.Verdict(c.Verdict, Language.En)}, score {Wording.Probability(c.Score)}.", $"{zh}：{Wording.Verdict(c.Verdict, Language.Zh)}，评分 {Wording.Probability(c.Score)}。");
        }).ToList();
        if (told.All(c => c.Without != "signal"))
            lines.Insert(0, Say("No single reason decides it.", "没有任何单一理由起决定作用。"));
        List(Say("What would change it", "什么会改变结论"), lines);
    }

    private void List(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        Heading(heading);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1)).AddColumn();
        foreach (var line in all)
            grid.AddRow(new Text("–", Soft), Safe(line));
        _console.Write(grid);
        _console.WriteLine();
    }

    private void Heading(string text) => _console.Write(new Text(text + "\n", Strong));

    private string Say(string en, string zh) => new Sentence(en, zh).In(language);

    private static Text Safe(string text, Style? style = null) => new(Wording.Printable(text), style);

    private static string Decibans(double db) => db.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    private static string Bar(double db, double greatest) => new(db < 0 ? '░' : '█', (int)Math.Round(Math.Abs(db) / greatest * BarWidth));
}
