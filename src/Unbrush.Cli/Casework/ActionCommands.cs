using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Casework;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Export;
using Unbrush.Casework.Webhooks;
using Unbrush.Core;

namespace Unbrush.Cli.Casework;

internal sealed class ActionApplyCommand : Command<PersonSettings>
{
    public override int Execute(CommandContext context, PersonSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var result = new ActionDesk(store, CaseworkSettings.Clock).Apply(settings.By is null ? null : settings.Person);
        return settings.Answer(result, settings.Say($"{result.Proposals} proposals carried out, {result.Measures} measures laid", $"执行建议 {result.Proposals} 项，措施 {result.Measures} 项"));
    }
}

internal sealed class ActionListSettings : CaseworkSettings
{
    [CommandOption("--subject <SUBJECT>")]
    [Says("Over this subject: kind/scope/id.", "针对该对象：类别/平台/编号。")]
    public string? Subject { get; init; }

    [CommandOption("--proposal <ID>")]
    [Says("Of this proposal.", "属于该建议。")]
    public long? Proposal { get; init; }

    [CommandOption("--code <CODE>")]
    [Says("Of this kind.", "该措施。")]
    public string? Code { get; init; }

    [CommandOption("--after <ID>")]
    [Says("Begin after this number.", "从该编号之后开始。")]
    public long After { get; init; }

    [CommandOption("--limit <N>")]
    [Says("How many at most.", "最多条数。")]
    [DefaultValue(100)]
    public int Limit { get; init; }
}

internal sealed class ActionListCommand : Command<ActionListSettings>
{
    public override int Execute(CommandContext context, ActionListSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var measures = new MeasureTable(store).List(new(settings.Subject is null ? null : Subject.Parse(settings.Subject), settings.Proposal, settings.Code), settings.After, settings.Limit);
        return settings.Answer(
            measures,
            measures.Select(m => $"{m.Measure,10}  {m.Code,-20} {m.Subject,-32} {m.StartsAt:u} .. {m.EndsAt:u} {(m.LiftedAt is { } lifted ? settings.Say($"lifted {lifted:u}", $"已撤销 {lifted:u}") : "")}"));
    }
}

internal sealed class ActionLiftSettings : ReasonSettings
{
    [CommandOption("--measure <ID>")]
    [Says("One measure.", "一项措施。")]
    public long? Measure { get; init; }

    [CommandOption("--proposal <ID>")]
    [Says("All measures of a proposal.", "一项建议的全部措施。")]
    public long? Proposal { get; init; }

    [CommandOption("--subject <SUBJECT>")]
    [Says("All measures over a subject.", "一个对象的全部措施。")]
    public string? Subject { get; init; }
}

internal sealed class ActionLiftCommand : Command<ActionLiftSettings>
{
    public override int Execute(CommandContext context, ActionLiftSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var desk = new ActionDesk(store, CaseworkSettings.Clock);
        var (by, reason) = (settings.Person, settings.Reason ?? "");
        var result = (settings.Measure, settings.Proposal, settings.Subject) switch
        {
            ({ } measure, null, null) => desk.LiftMeasure(measure, by, reason),
            (null, { } proposal, null) => desk.LiftProposal(proposal, by, reason),
            (null, null, { } subject) => desk.LiftSubject(Subject.Parse(subject), by, reason),
            _ => throw new UnbrushException(ExitCode.Usage, new("Say what to lift: one of --measure, --proposal or --subject.", "请指明撤销对象：--measure、--proposal 或 --subject 之一。")),
        };
        return settings.Answer(
            result,
            [
                settings.Say($"{result.Lifted.Count} measures lifted", $"撤销措施 {result.Lifted.Count} 项"),
                .. result.Reconsider.Count > 0 ? [settings.Say($"what these rest on has changed, look at them again: {string.Join(", ", result.Reconsider.Take(20))}", $"以下措施的依据已变，请重新审视：{string.Join("、", result.Reconsider.Take(20))}")] : (string[])[],
            ]);
    }
}

internal sealed class ActionExportSettings : PersonSettings
{
    [CommandOption("--out <DIR>", true)]
    [Says("Where to; a former export there is replaced.", "输出文件夹；其中以往的导出会被替换。")]
    public required string Out { get; init; }

    [CommandOption("--as-of <INSTANT>")]
    [Says("As of when (ISO 8601); default now.", "时点（ISO 8601），默认当前。")]
    public string? AsOf { get; init; }

    [CommandOption("--parquet")]
    [Says("Parquet beside CSV.", "同时输出 Parquet。")]
    public bool Parquet { get; init; }
}

internal sealed class ActionExportCommand : Command<ActionExportSettings>
{
    public override int Execute(CommandContext context, ActionExportSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var result = new Exporter(store, CaseworkSettings.Clock).Export(settings.Out, Exporter.ParseAsOf(settings.AsOf), settings.Parquet, settings.Person);
        return settings.Answer(result, [$"{result.Folder}  {result.AsOf:u}  {result.Digest}", .. result.Rows.Select(r => $"  {r.Key,-22} {r.Value}")]);
    }
}

internal sealed class ActionEndpointSettings : PersonSettings
{
    [CommandArgument(0, "[NAME]")]
    [Says("The endpoint's name.", "推送地址名称。")]
    public string? Name { get; init; }

    [CommandArgument(1, "[URL]")]
    [Says("Its https address.", "https 地址。")]
    public string? Url { get; init; }

    [CommandOption("--secret <WHERE>")]
    [Says("env:NAME or file:PATH of the whsec_ secret.", "密钥位置：env:变量名 或 file:路径。")]
    public string? Secret { get; init; }

    [CommandOption("--remove")]
    [Says("Remove it.", "移除。")]
    public bool Remove { get; init; }
}

internal sealed class ActionEndpointCommand : Command<ActionEndpointSettings>
{
    public override int Execute(CommandContext context, ActionEndpointSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var endpoints = new Endpoints(store, CaseworkSettings.Clock);
        if (settings.Name is { } name && settings.Remove)
            endpoints.Remove(name, settings.Person);
        else if (settings.Name is { } added)
            endpoints.Add(added, settings.Url ?? "", settings.Secret ?? "", settings.Person);
        var all = endpoints.List();
        return settings.Answer(all, all.Select(e => $"{e.Name,-20} {e.Url}  {e.Secret}"));
    }
}

internal sealed class ActionSendCommand : AsyncCommand<CaseworkSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, CaseworkSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        using var handler = WebhookSender.NewHandler();
        using var sender = new WebhookSender(store, CaseworkSettings.Clock, handler);
        var result = await sender.SendDueAsync(cancellationToken);
        return settings.Answer(result, settings.Say($"{result.Sent} sent, {result.Failed} to be tried again, {result.Dead} dead", $"已送达 {result.Sent}，待重试 {result.Failed}，死信 {result.Dead}"));
    }
}

internal sealed class ActionDeadSettings : PersonSettings
{
    [CommandOption("--revive <ENDPOINT>")]
    [Says("Send the dead letters of this endpoint again.", "重发该地址的死信。")]
    public string? Revive { get; init; }

    [CommandOption("--event <ID>")]
    [Says("Only this event.", "仅该事件。")]
    public long? Event { get; init; }
}

internal sealed class ActionDeadCommand : Command<ActionDeadSettings>
{
    public override int Execute(CommandContext context, ActionDeadSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var outbox = new Outbox(store, CaseworkSettings.Clock);
        if (settings.Revive is { } endpoint)
        {
            var revived = outbox.Revive(endpoint, settings.Event, settings.Person);
            return settings.Answer(new { Revived = revived }, settings.Say($"{revived} letters wait again", $"{revived} 封待重发"));
        }

        var dead = outbox.List("dead");
        return settings.Answer(dead, dead.Select(d => $"{d.Event,10}  {d.Endpoint,-20} {d.Type,-16} {d.Attempts}  {d.LastError}"));
    }
}
