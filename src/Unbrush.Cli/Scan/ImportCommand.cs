using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;

namespace Unbrush.Cli.Scan;

/// <summary><c>unbrush import</c>: adds feeds to a workspace.</summary>
internal sealed class ImportCommand : Command<FeedSettings>
{
    /// <summary>So many quarantined cells are shown; the workspace keeps all.</summary>
    private const int MostShown = 20;

    public override int Execute(CommandContext context, FeedSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Workspace is null || (settings.Feeds.Length == 0 && settings.Map is null))
            throw new UnbrushException(ExitCode.Usage, new("Name the feed and the --workspace to import it into.", "请指定数据，以及要导入的 --workspace。"));
        var report = Terminal.Watch(settings.Language, (terminal, cancel) =>
        {
            using var workspace = settings.Open();
            return workspace.Import(settings.Feeds, settings.Import with { Progress = terminal }, cancel);
        });
        var table = new Table().RoundedBorder();
        foreach (var head in (Sentence[])[new("File", "文件"), new("Format", "格式"), new("Table", "表"), new("Read", "读取"), new("Kept", "保留"), new("Superseded", "被取代"), new("Quarantined", "隔离")])
            table.AddColumn(head.In(settings.Language));
        foreach (var file in report.Files)
            table.AddRow(Markup.Escape(file.Name), file.Format, file.Table, $"{file.Read:N0}", $"{file.Kept:N0}", $"{file.Superseded:N0}", $"{file.Quarantined:N0}");
        AnsiConsole.Write(table);
        foreach (var note in report.Notes)
            Console.Error.WriteLine($"{note.File}: {note.Text.In(settings.Language)}");
        foreach (var cell in report.Quarantine.Take(MostShown))
            Console.Error.WriteLine(new Sentence($"{cell.File}, {cell.Said.En}", $"{cell.File} {cell.Said.Zh}").In(settings.Language));
        if (report.Quarantine.Count > MostShown)
            Console.Error.WriteLine(new Sentence($"… and {report.Quarantine.Count - MostShown} more cells.", $"……另有 {report.Quarantine.Count - MostShown} 处。").In(settings.Language));
        return (int)ExitCode.Complete;
    }
}
