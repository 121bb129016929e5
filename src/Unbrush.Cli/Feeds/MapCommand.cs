using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Feeds.Mapping;

namespace Unbrush.Cli.Feeds;

/// <summary><c>unbrush map</c>: proposes a mapping for a file of no known format.</summary>
internal sealed class MapCommand : Command<MapCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var language = settings.Language;
        if (System.IO.File.Exists(settings.Out) && !settings.Force)
            throw new UnbrushException(ExitCode.Usage, new($"{settings.Out} exists already; name another --out, or add --force.", $"{settings.Out} 已存在；请另外指定 --out，或加上 --force。"));
        var proposal = MapWizard.Propose(settings.File);
        System.IO.File.WriteAllText(settings.Out, proposal.Yaml);
        Console.WriteLine(new Sentence($"Mapping written to {settings.Out}.", $"映射已写入 {settings.Out}。").In(language));
        foreach (var doubt in proposal.Doubts)
            Console.WriteLine(new Sentence("Doubt: ", "存疑：").In(language) + doubt.In(language));
        if (proposal.Failure is { } failure)
            Console.WriteLine(new Sentence("The first rows cannot be read with it yet: ", "目前还无法用它读取前若干行：").In(language) + failure.In(language));
        foreach (var file in proposal.Tried?.Files ?? [])
            Console.WriteLine(new Sentence($"Tried on the first rows: {file.Table}: {file.Read} read, {file.Kept} kept, {file.Superseded} superseded, {file.Quarantined} quarantined.", $"前若干行试读：{file.Table}：读取 {file.Read}，保留 {file.Kept}，被取代 {file.Superseded}，隔离 {file.Quarantined}。").In(language));
        foreach (var cell in (proposal.Tried?.Quarantine ?? []).Take(5))
            Console.WriteLine("  " + cell.Said.In(language));
        Console.WriteLine(new Sentence($"Mend the mapping where it is in doubt, then: unbrush import {settings.File} --map {settings.Out} --workspace w", $"修正存疑之处后：unbrush import {settings.File} --map {settings.Out} --workspace w").In(language));
        return (int)ExitCode.Complete;
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandArgument(0, "<FILE>")]
        [Description("A file of no known format: CSV, Excel, JSON or Parquet")]
        public string File { get; init; } = "";

        [CommandOption("--out <FILE>")]
        [Description("Where the mapping goes")]
        [DefaultValue("map.yaml")]
        public string Out { get; init; } = "map.yaml";

        [CommandOption("--force")]
        [Description("Write over an older mapping")]
        public bool Force { get; init; }
    }
}
