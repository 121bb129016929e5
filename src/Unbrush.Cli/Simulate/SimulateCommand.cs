using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Feeds.Writing;
using Unbrush.Simulation;
using Profile = Unbrush.Simulation.Profile;

namespace Unbrush.Cli.Simulate;

/// <summary><c>unbrush simulate</c>: writes a synthetic feed and, apart from it, the truth.</summary>
internal sealed class SimulateCommand : Command<SimulateCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var profile = Named(settings.Profile);
        if (settings.Orders is < 500 or > 100_000_000)
            throw Usage($"--orders is {settings.Orders}; give a number from 500 to 100,000,000.", $"--orders 是 {settings.Orders}；请给 500 到 100,000,000 之间的数。");
        if (settings.Format is not ("csv" or "parquet"))
            throw Usage($"--format is '{settings.Format}'; use csv or parquet.", $"--format 是“{settings.Format}”；请用 csv 或 parquet。");
        if (settings.Truth is { } truth && Path.GetFullPath(truth) == Path.GetFullPath(settings.Out))
            throw Usage("--truth and --out name the same folder; the truth must lie apart from the feed.", "--truth 与 --out 是同一个文件夹；真相必须与数据分开存放。");
        var clock = Stopwatch.StartNew();
        var options = new SimulationOptions(settings.Seed, settings.Orders, profile);
        using var feed = OutputFolder.Open(settings.Out);
        using var apart = settings.Truth is { } folder ? OutputFolder.Open(folder) : null;
        var summary = feed.Write(staging =>
        {
            var made = Watch(settings, progress => Simulator.Run(options, staging, apart?.Staging, progress, cancellationToken));
            if (settings.Format == "parquet")
                ParquetFolder.Convert(staging);
            return made;
        });
        apart?.Publish();
        feed.Publish();
        Console.WriteLine(Line(settings, summary, clock.Elapsed.TotalSeconds));
        return (int)ExitCode.Complete;
    }

    private static SimulationSummary Watch(Settings settings, Func<IProgress<double>?, SimulationSummary> run)
    {
        if (Console.IsErrorRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return run(null);
        SimulationSummary? summary = null;
        var what = new Sentence("Simulating", "正在模拟").In(settings.Spoken);
        AnsiConsole.Progress().AutoClear(true).Start(bars =>
        {
            var bar = bars.AddTask(what, maxValue: 1);
            summary = run(new Direct(share => bar.Value = share));
        });
        return summary!;
    }

    private static string Line(Settings settings, SimulationSummary s, double seconds)
    {
        FormattableString en = $"{s.Orders:N0} orders, {s.Parcels:N0} parcels and {s.Scans:N0} scans are in {settings.Out} ({seconds:0.0} s).";
        FormattableString zh = $"{s.Orders:N0} 个订单、{s.Parcels:N0} 个包裹、{s.Scans:N0} 条扫描写入 {settings.Out}（{seconds:0.0} 秒）。";
        return new Sentence(en.ToString(CultureInfo.InvariantCulture), zh.ToString(CultureInfo.InvariantCulture)).In(settings.Spoken);
    }

    private static Profile Named(string name) => name switch
    {
        "standard" => Profile.Standard,
        "evasive" => Profile.Evasive,
        "honest" => Profile.Honest,
        "sparse" => Profile.Sparse,
        "orders-only" => Profile.OrdersOnly,
        _ => throw Usage($"--profile is '{name}'; use standard, evasive, honest, sparse or orders-only.", $"--profile 是“{name}”；请用 standard、evasive、honest、sparse 或 orders-only。"),
    };

    private static UnbrushException Usage(string en, string zh) => new(ExitCode.Usage, new Sentence(en, zh));

    /// <summary>Reports at once, on the thread that works: the order of reports is the order of work.</summary>
    private sealed class Direct(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--out <DIR>", true)]
        [Description("Folder that receives the feed, one file a table.")]
        public required string Out { get; init; }

        [CommandOption("--truth <DIR>")]
        [Description("Folder that receives the truth; without it the truth is not written.")]
        public string? Truth { get; init; }

        [CommandOption("--seed <S>")]
        [Description("The same seed gives the same bytes; another seed another world.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; }

        [CommandOption("--orders <N>")]
        [Description("About how many orders (500 to 100,000,000).")]
        [DefaultValue(20_000L)]
        public long Orders { get; init; }

        [CommandOption("--profile <P>")]
        [Description("standard, evasive, honest, sparse (orders, parcels, scans) or orders-only.")]
        [DefaultValue("standard")]
        public required string Profile { get; init; }

        [CommandOption("--format <F>")]
        [Description("csv or parquet.")]
        [DefaultValue("csv")]
        public required string Format { get; init; }

        [CommandOption("--language <L>")]
        [Description("en or zh.")]
        [DefaultValue("en")]
        public required string Language { get; init; }

        [CommandOption("--debug")]
        [Description("Show the trace of an error.")]
        public bool Debug { get; init; }

        public Core.Language Spoken => Language == "zh" ? Core.Language.Zh : Core.Language.En;
    }
}
