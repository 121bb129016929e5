using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Feeds;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Cli.Feeds;

/// <summary><c>unbrush identify</c>: says what files are and why.</summary>
internal sealed class IdentifyCommand : Command<IdentifyCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (settings.Files.Length == 0)
            throw new UnbrushException(ExitCode.Usage, new("Name the files to identify.", "请指定要识别的文件。"));
        var notes = new List<ImportNote>();
        var table = new Table().RoundedBorder();
        foreach (var head in (Sentence[])[new("File", "文件"), new("Format", "格式"), new("Certainty", "确定度"), new("Content", "内容"), new("Why", "依据")])
            table.AddColumn(head.In(settings.Language));
        using var unpacked = new Unpacking();
        foreach (var file in FeedImporter.Identify(settings.Files, notes, unpacked))
        {
            table.AddRow(
                Markup.Escape(file.File.Name), Markup.Escape(file.Table is null ? file.Format.Name : $"{file.Format.Name} ({file.Table})"), $"{file.Recognition.Certainty}",
                $"{file.File.Content}, {file.File.Encoding.WebName}{(file.File.Packing == Packing.None ? "" : ", " + file.File.Packing)}", Markup.Escape(file.Recognition.Why.In(settings.Language)));
        }

        AnsiConsole.Write(table);
        foreach (var note in notes)
            Console.Error.WriteLine($"{note.File}: {note.Text.In(settings.Language)}");
        return (int)ExitCode.Complete;
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandArgument(0, "[FILE]")]
        [Description("Files or folders; table=path names a file's table")]
        public string[] Files { get; init; } = [];
    }
}
