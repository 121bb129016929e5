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
        var unknown = new List<UnbrushException>();
        foreach (var named in settings.Files)
        {
            // What one file is does not hang on what another is not.
            try
            {
                foreach (var file in FeedImporter.Identify([named], notes, unpacked))
                {
                    table.AddRow(
                        Markup.Escape(file.File.Name), Markup.Escape(file.Table is null ? file.Format.Name : $"{file.Format.Name} ({file.Table})"), $"{file.Recognition.Certainty}",
                        ContentOf(file.File).In(settings.Language), Markup.Escape(file.Recognition.Why.In(settings.Language)));
                }
            }
            catch (UnbrushException e)
            {
                unknown.Add(e);
            }
        }

        if (table.Rows.Count > 0)
            AnsiConsole.Write(table);
        foreach (var note in notes)
            Console.Error.WriteLine($"{note.File}: {note.Text.In(settings.Language)}");
        foreach (var e in unknown)
            Console.Error.WriteLine(e.Sentence.In(settings.Language));
        return (int)(unknown.FirstOrDefault()?.Code ?? ExitCode.Complete);
    }

    private static Sentence ContentOf(FileSample file)
    {
        var packing = file.Packing == Packing.None ? "" : ", " + file.Packing.ToString().ToLowerInvariant();
        return file.Content switch
        {
            Content.Parquet => new("Parquet", "Parquet"),
            Content.Json => new("JSON, " + file.Encoding.WebName + packing, "JSON，" + file.Encoding.WebName + packing),
            Content.Ndjson => new("JSON lines, " + file.Encoding.WebName + packing, "逐行 JSON，" + file.Encoding.WebName + packing),
            _ => new("delimited text, " + file.Encoding.WebName + packing, "分隔文本，" + file.Encoding.WebName + packing),
        };
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandArgument(0, "[FILE]")]
        [Description("Files or folders; table=path names a file's table")]
        public string[] Files { get; init; } = [];
    }
}
