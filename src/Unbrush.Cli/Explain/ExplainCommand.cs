using System.ComponentModel;
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
        if (settings.Feed.Length == 0 && !Directory.Exists(settings.Workspace))
            throw new UnbrushException(ExitCode.Workspace, new($"There is no workspace '{settings.Workspace}'.", $"没有工作区“{settings.Workspace}”。"));
        var options = new DetectorOptions { Language = settings.Language, OwnSignals = settings.Signals };
        var account = Terminal.Watch(settings.Language, (terminal, cancel) =>
        {
            using var workspace = settings.Workspace is null ? Detection.Store.Workspace.OpenTemporary(new()) : Detection.Store.Workspace.Open(settings.Workspace, new());
            if (settings.Feed.Length > 0)
            {
                workspace.Import(settings.Feed, new() { TimeZone = settings.TimeZone, Progress = terminal }, cancel);
                if (settings.Signals is not null)
                    workspace.Store.ShutOff(null);
                new Detector(workspace.Store, options with { Progress = terminal }).Run(cancel);
            }

            var reader = new AccountReader(workspace.Store, options, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
            return Find(reader, settings) ?? throw NotFound(reader, settings);
        });
        if (settings.Json)
            Console.WriteLine(JsonSerializer.Serialize(account, Json));
        else
            new AccountPrinter(settings.Language, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)).Print(account);
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
        var nearest = Wording.Printable(string.Join(", ", reader.Nearest(s.Kind, s.Kind == "ring" ? s.Scope : s.Id).Take(5).Select(n => $"{n.Scope} {n.Id}".Trim())));
        return new(ExitCode.Usage, new(
            $"There is no {s.Kind} '{s.Scope} {s.Id}'." + (nearest.Length > 0 ? $" Nearest: {nearest}." : ""),
            $"没有{Wording.Kind(s.Kind, Language.Zh)}“{s.Scope} {s.Id}”。" + (nearest.Length > 0 ? $"最接近的有：{nearest}。" : "")));
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

        [CommandOption("--signals <DIR>")]
        [Description("The folder of your own signals that the scan ran with")]
        public string? Signals { get; init; }

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
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
                return ValidationResult.Error($"--timezone: there is no zone '{TimeZone}'; use an IANA name such as Asia/Shanghai");
            return base.Validate();
        }
    }
}
