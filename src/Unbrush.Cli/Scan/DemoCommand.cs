using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Feeds.Writing;
using Unbrush.Simulation;

namespace Unbrush.Cli.Scan;

/// <summary><c>unbrush demo</c>: the main job on a simulated economy.</summary>
internal sealed class DemoCommand : Command<DemoCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var feed = Path.Combine(settings.Out, "feed");
        Console.WriteLine(new Sentence("A simulated economy of 20,000 orders, of which the program does not know which are fake:", "一个有 20,000 笔订单的模拟经济体，程序并不知道其中哪些是假的：").In(settings.Language));
        using (var made = OutputFolder.Open(feed))
        using (var truth = OutputFolder.Open(Path.Combine(settings.Out, "truth")))
        {
            made.Write(staging => Simulator.Run(new SimulationOptions(settings.Seed, 20_000, Profile.Standard), staging, truth.Staging, null, cancellationToken));
            truth.Publish();
            made.Publish();
        }

        var findings = Path.Combine(settings.Out, "findings");
        var summary = Terminal.Watch(settings.Language, (terminal, cancel) =>
        {
            using var workspace = Detection.Store.Workspace.OpenTemporary(new());
            return Detection.Pipeline.Scan.Run(
                workspace,
                new() { Feeds = [feed], Out = findings, Import = new() { Progress = terminal }, Detector = new() { Language = settings.Language, Progress = terminal } },
                cancel);
        });
        ScanCommand.Show(summary, findings, settings.Language);
        return (int)ExitCode.Complete;
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandOption("--out <DIR>")]
        [Description("Where the simulated feed, its truth and the findings go")]
        [DefaultValue("demo")]
        public string Out { get; init; } = "demo";

        [CommandOption("--seed <SEED>")]
        [Description("Seed of the simulated economy")]
        [DefaultValue(7UL)]
        public ulong Seed { get; init; } = 7;
    }
}
