using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Detection.Store;
using Unbrush.Feeds;

namespace Unbrush.Cli.Feeds;

/// <summary><c>unbrush export</c>: writes a workspace's tables as files.</summary>
internal sealed class ExportCommand : Command<ExportCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Workspace is null || !Directory.Exists(settings.Workspace))
            throw new UnbrushException(ExitCode.Usage, new("Name the --workspace to export from.", "请指定要导出的 --workspace。"));
        using var workspace = Detection.Store.Workspace.Open(settings.Workspace, new StoreOptions());
        foreach (var (path, table, rows) in FeedExporter.Export(workspace.Store.Connection, settings.Form, settings.Out))
            Console.WriteLine(new Sentence($"{table}: {rows:N0} rows in {path}", $"{table}：{rows:N0} 行，写入 {path}").In(settings.Language));
        return (int)ExitCode.Complete;
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandOption("--workspace <DIR>")]
        [Description("The workspace whose tables are written")]
        public string? Workspace { get; init; }

        [CommandOption("--format <FORM>")]
        [Description("parquet, csv or duckdb")]
        [DefaultValue("parquet")]
        public string Form { get; init; } = "parquet";

        [CommandOption("--out <DIR>")]
        [Description("Where the files go")]
        [DefaultValue("feed")]
        public string Out { get; init; } = "feed";
    }
}
