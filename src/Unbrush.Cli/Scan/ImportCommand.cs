using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;

namespace Unbrush.Cli.Scan;

/// <summary><c>unbrush import</c>: adds feeds to a workspace.</summary>
internal sealed class ImportCommand : Command<FeedSettings>
{
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
        foreach (var cell in report.Quarantine.Take(20))
            Console.Error.WriteLine(new Sentence($"{cell.File}, row {cell.Row}, column '{cell.Column}': '{cell.Value}' is {cell.Reason.En}", $"{cell.File} 第 {cell.Row} 行，列“{cell.Column}”：“{cell.Value}”{cell.Reason.Zh}").In(settings.Language));
        return (int)ExitCode.Complete;
    }
}
