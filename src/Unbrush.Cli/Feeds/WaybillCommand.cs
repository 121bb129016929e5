using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Feeds.Codes;

namespace Unbrush.Cli.Feeds;

/// <summary><c>unbrush waybill</c>: whose number it may be, and whether its check digit is right.</summary>
internal sealed class WaybillCommand : Command<WaybillCommand.Settings>
{
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var language = settings.Language;
        if (string.IsNullOrWhiteSpace(settings.Number))
            throw new UnbrushException(ExitCode.Usage, new("Name a waybill number.", "请指定运单号。"));
        var matches = Waybills.Of(settings.Number);
        if (matches.Count == 0)
        {
            Console.WriteLine(new Sentence($"{settings.Number} fits no pattern that is known here. See first whether it was typed or copied whole.", $"{settings.Number} 不符合任何已知的运单号规则。请先确认号码是否完整无误。").In(language));
            return (int)ExitCode.Complete;
        }

        var table = new Table().RoundedBorder();
        foreach (var head in (Sentence[])[new("Carrier", "快递公司"), new("Check digit", "校验位"), new("Pattern", "规则"), new("Source", "来源")])
            table.AddColumn(head.In(language));
        foreach (var match in matches)
        {
            var check = match.IsRight switch
            {
                true => new Sentence($"right ({match.CheckDigit})", $"正确（{match.CheckDigit}）"),
                false => new Sentence($"wrong ({match.CheckDigit})", $"错误（{match.CheckDigit}）"),
                null => new Sentence("none is public", "无公开校验位"),
            };
            table.AddRow(Carriers.NameOf(match.Carrier) is { } name ? $"{match.Carrier} {name}" : match.Carrier, check.In(language), Markup.Escape(match.Pattern), Markup.Escape(match.Source));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(new Sentence("A match says that the number is plausible, never that it was issued.", "符合规则只说明号码合理，不说明它确已发出。").In(language));
        return (int)ExitCode.Complete;
    }

    internal sealed class Settings : CommonSettings
    {
        [CommandArgument(0, "<NUMBER>")]
        [Description("A waybill number")]
        public string Number { get; init; } = "";
    }
}
