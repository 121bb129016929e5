using System.ComponentModel;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Detection.Explain;
using Unbrush.Detection.Pipeline;

namespace Unbrush.Cli.Explain;

/// <summary><c>unbrush explain</c>: the whole account of one subject: what happened, what weighs for and against it, how it adds up.</summary>
internal sealed class ExplainCommand : Command<ExplainCommand.Settings>
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var options = new DetectorOptions { Language = settings.Language };
        var account = Terminal.Watch(settings.Language, (terminal, cancel) =>
        {
            using var workspace = settings.Workspace is null ? Detection.Store.Workspace.OpenTemporary(new()) : Detection.Store.Workspace.Open(settings.Workspace, new());
            if (settings.Feed.Length > 0)
            {
                workspace.Import(settings.Feed, new() { TimeZone = settings.TimeZone, Progress = terminal }, cancel);
                new Detector(workspace.Store, options with { Progress = terminal }).Run(cancel);
            }

            var reader = new AccountReader(workspace.Store, options, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
            return Find(reader, settings) ?? throw NotFound(reader, settings);
        });
        if (settings.Json)
            Console.WriteLine(JsonSerializer.Serialize(account, Json));
        else
            Show(account, settings);
        return (int)ExitCode.Complete;
    }

    private static Account? Find(AccountReader reader, Settings s) => s.Kind switch
    {
        "order" => reader.Order(s.Scope, s.Id),
        "parcel" => reader.Parcel(s.Scope, s.Id),
        "review" => reader.Review(s.Scope, s.Id),
        "seller" => reader.Seller(s.Scope, s.Id),
        "buyer" => reader.Buyer(s.Scope, s.Id),
        "facility" => reader.Facility(s.Scope, s.Id),
        "sender" => reader.Sender(s.Scope, s.Id),
        _ => reader.Ring(s.Scope),
    };

    private static UnbrushException NotFound(AccountReader reader, Settings s)
    {
        var nearest = string.Join(", ", reader.Nearest(s.Kind, s.Kind == "ring" ? s.Scope : s.Id).Take(5).Select(n => $"{n.Scope} {n.Id}".Trim()));
        return new(ExitCode.Usage, new(
            $"There is no {s.Kind} '{s.Scope} {s.Id}'." + (nearest.Length > 0 ? $" Nearest: {nearest}." : ""),
            $"没有{Wording.Kind(s.Kind, Language.Zh)}“{s.Scope} {s.Id}”。" + (nearest.Length > 0 ? $"最接近的有：{nearest}。" : "")));
    }

    private static void Show(Account account, Settings settings)
    {
        var language = settings.Language;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        string Say(string en, string zh) => new Sentence(en, zh).In(language);
        var score = account.Score is { } p ? string.Create(CultureInfo.InvariantCulture, $", {100 * p:0.0} %") : "";
        AnsiConsole.MarkupLine($"[bold]{Markup.Escape($"{Wording.Kind(account.Kind, language)} {account.Scope} {account.Id}".Trim())}[/]: [bold]{Markup.Escape(Wording.Verdict(account.Verdict, language))}[/]{score}");
        if (account.Facts.Count > 0)
        {
            var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach (var fact in account.Facts)
                facts.AddRow(new Text(fact.Label, new Style(Color.Grey)), new Text(fact.Value));
            AnsiConsole.Write(facts);
        }

        if (account.Timeline.Count > 0)
        {
            var timeline = new Table().SimpleBorder().AddColumns(Say("When", "时间"), Say("After", "间隔"), Say("What", "事件"), Say("Where", "地点"), Say("Figures", "数据"));
            foreach (var h in account.Timeline)
            {
                var style = new Style(h.Kind == HappeningKind.Missing || h.IsOdd ? Color.Red : Color.Default);
                timeline.AddRow(
                    new Text(h.At is { } at ? TimeZoneInfo.ConvertTimeFromUtc(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "—", style),
                    new Text(h.SinceLast is { } since ? Wording.Span(since, language) : "", style), new Text(h.Title, style), new Text(h.Place, style), new Text(h.Note, style));
            }

            AnsiConsole.Write(timeline);
        }

        if (account.Reasons.Count > 0)
        {
            var reasons = new Table().SimpleBorder().AddColumn(new TableColumn("dB").RightAligned()).AddColumn(Say("Family", "类别")).AddColumn(Say("Reason", "理由"));
            foreach (var r in account.Reasons)
            {
                var style = new Style(r.Db < 0 ? Color.Green : r.Hard ? Color.Red : Color.Default);
                reasons.AddRow(new Text((r.Db ?? 0).ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture), style), new Text(r.Family == "context" ? Say("prior odds", "先验") : Wording.Family(r.Family, language), style), new Text(r.Text + (r.Hard ? Say(" (contradiction)", "（硬矛盾）") : ""), style));
            }

            if (account.EvidenceDb is { } sum)
                reasons.AddRow(new Text(sum.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture), new Style(decoration: Decoration.Bold)), new Text(""), new Text(Say("sum", "合计"), new Style(decoration: Decoration.Bold)));
            AnsiConsole.Write(reasons);
        }

        foreach (var change in account.Changes)
            Console.WriteLine(Say($"Without '{change.Signal}' it would be {Wording.Verdict(change.Verdict, language)} ({100 * change.Score:0.0} %).", $"若没有“{change.Signal}”，结论将是{Wording.Verdict(change.Verdict, language)}（{100 * change.Score:0.0}%）。"));
        List(Say("What can be shown in answer", "当事人可以出示"), account.CanShow);
        List(Say("Proposals, for a person to decide", "建议（由人工决定）"), account.Proposals.Select(x => $"{x.Text}: {x.Reason}"));
        List(Say("Belonging to it", "相关"), account.Related.Select(x => $"{Wording.Kind(x.Kind, language)} {x.Scope} {x.Id}: {Wording.Verdict(x.Verdict, language)} {x.Note}"));
    }

    private static void List(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        Console.WriteLine(heading);
        foreach (var line in all)
            Console.WriteLine($"  - {line}");
    }

    internal sealed class Settings : CommonSettings
    {
        private static readonly string[] Kinds = ["order", "parcel", "review", "seller", "buyer", "facility", "sender", "ring"];

        [CommandArgument(0, "<KIND>")]
        [Description("order, parcel, review, seller, buyer, facility, sender or ring")]
        public string Kind { get; init; } = "";

        [CommandArgument(1, "<SCOPE>")]
        [Description("The platform, or the carrier; of a ring, its id")]
        public string Scope { get; init; } = "";

        [CommandArgument(2, "[ID]")]
        [Description("The order's number, the waybill, the shop's id …")]
        public string Id { get; init; } = "";

        [CommandOption("--workspace <DIR>")]
        [Description("The workspace of a scan (unbrush scan --workspace)")]
        public string? Workspace { get; init; }

        [CommandOption("--feed <PATH>")]
        [Description("Scan these files or folders first; may be repeated")]
        public string[] Feed { get; init; } = [];

        [CommandOption("--timezone <ZONE>")]
        [Description("Zone of the times shown")]
        [DefaultValue("Asia/Shanghai")]
        public string TimeZone { get; init; } = "Asia/Shanghai";

        [CommandOption("--json")]
        [Description("Write the account as JSON")]
        public bool Json { get; init; }

        public override ValidationResult Validate()
        {
            if (!Kinds.Contains(Kind))
                return ValidationResult.Error($"KIND is one of {string.Join(", ", Kinds)}");
            if (Kind != "ring" && Id.Length == 0)
                return ValidationResult.Error("name the platform or carrier, and the id");
            if (Workspace is null && Feed.Length == 0)
                return ValidationResult.Error("name the --workspace of a scan, or a --feed to scan");
            return base.Validate();
        }
    }
}
