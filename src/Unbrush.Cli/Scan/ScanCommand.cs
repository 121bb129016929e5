using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Detection.Pipeline;

namespace Unbrush.Cli.Scan;

/// <summary><c>unbrush scan</c>: from files to findings.</summary>
internal sealed class ScanCommand : Command<ScanCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Feeds.Length == 0 && settings.Workspace is null && settings.Map is null)
            throw new UnbrushException(ExitCode.Usage, new("Name the files or folders of a feed, or a --workspace that holds one.", "请指定数据文件或目录，或指定已有数据的 --workspace。"));
        var summary = Terminal.Watch(settings.Language, (terminal, cancel) =>
        {
            using var workspace = settings.Open();
            return Detection.Pipeline.Scan.Run(
                workspace,
                new()
                {
                    Feeds = settings.Feeds,
                    Out = settings.Out,
                    Import = settings.Import with { Progress = terminal },
                    Detector = new() { Language = settings.Language, OwnSignals = settings.Signals, Progress = terminal },
                },
                cancel);
        });
        Show(summary, settings.Out, settings.Language);
        return (int)ExitCode.Complete;
    }

    internal static void Show(ScanSummary summary, string directory, Language language)
    {
        var table = new Table().RoundedBorder()
            .AddColumn(new Sentence("Verdict", "结论").In(language))
            .AddColumn(new TableColumn(new Sentence("Orders", "订单").In(language)).RightAligned())
            .AddColumn(new Sentence("Verdict", "结论").In(language))
            .AddColumn(new TableColumn(new Sentence("Parcels", "包裹").In(language)).RightAligned());
        string[] orders = ["confirmed", "review", "victim", "watch", "data_quality", "clean"];
        string[] parcels = ["no_physical_parcel", "review", "data_quality", "unknown", "physical"];
        for (var i = 0; i < orders.Length; i++)
        {
            table.AddRow(
                orders[i], $"{summary.Orders.GetValueOrDefault(orders[i]):N0}",
                i < parcels.Length ? parcels[i] : "", i < parcels.Length ? $"{summary.Parcels.GetValueOrDefault(parcels[i]):N0}" : "");
        }

        AnsiConsole.Write(table);
        var path = Path.GetFullPath(directory);
        Console.WriteLine(new Sentence($"Findings: {path}", $"结果：{path}").In(language));
        Console.WriteLine(new Sentence($"Report:   {Path.Combine(path, "report.html")}", $"报告：{Path.Combine(path, "report.html")}").In(language));
    }

    internal sealed class Settings : FeedSettings
    {
        [CommandOption("--out <DIR>")]
        [Description("Where the findings go")]
        [DefaultValue("findings")]
        public string Out { get; init; } = "findings";

        [CommandOption("--signals <DIR>")]
        [Description("A folder of your own signals, run beside the product's without access to files or network")]
        public string? Signals { get; init; }
    }
}
