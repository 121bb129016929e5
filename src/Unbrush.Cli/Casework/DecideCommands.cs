using Spectre.Console.Cli;
using Unbrush.Casework;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Proposals;

namespace Unbrush.Cli.Casework;

internal sealed class DecideSettings : ReasonSettings
{
    [CommandArgument(0, "<ID>")]
    [Says("The proposal's number.", "建议编号。")]
    public required long Id { get; init; }

    [CommandOption("--days <N>")]
    [Says("How long, where the policy leaves it open.", "天数（策略留待决定时）。")]
    public int? Days { get; init; }

    [CommandOption("--revision <N>")]
    [Says("The revision you read; fails where it changed since.", "您查看时的修订号；如有变化则失败。")]
    public long? Revision { get; init; }

    public Ruling Ruling => new(Person, Reason ?? "", Revision, Days);

    public int Tell(Proposal proposal) => Answer(
        proposal,
        Say(
            $"proposal {proposal.Id}: {proposal.Standing.Title().En}{(proposal.Standing == Standing.Suspected ? $", {proposal.People} of {proposal.PeopleNeeded} people" : "")}",
            $"建议 {proposal.Id}：{proposal.Standing.Title().Zh}{(proposal.Standing == Standing.Suspected ? $"，{proposal.People}/{proposal.PeopleNeeded} 人" : "")}"));
}

internal sealed class DecideAdoptCommand : Command<DecideSettings>
{
    public override int Execute(CommandContext context, DecideSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        return settings.Tell(new Decider(store, CaseworkSettings.Clock).Adopt(settings.Id, settings.Ruling));
    }
}

internal sealed class DecideRejectCommand : Command<DecideSettings>
{
    public override int Execute(CommandContext context, DecideSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        return settings.Tell(new Decider(store, CaseworkSettings.Clock).Reject(settings.Id, settings.Ruling));
    }
}

internal sealed class DecideBulkSettings : ProposalFilterSettings
{
    [CommandArgument(0, "<OUTCOME>")]
    [Says("adopt or reject.", "adopt 采纳或 reject 驳回。")]
    public required string Outcome { get; init; }

    [CommandOption("--confirm <TOKEN>")]
    [Says("The preview's token; without it only the preview is shown.", "预览给出的确认码；缺省只预览。")]
    public string? Token { get; init; }

    [CommandOption("--days <N>")]
    [Says("How long, where the policy leaves it open.", "天数（策略留待决定时）。")]
    public int? Days { get; init; }

    public override Spectre.Console.ValidationResult Validate() => Outcome is "adopt" or "reject"
        ? Spectre.Console.ValidationResult.Success()
        : Spectre.Console.ValidationResult.Error(Say("Say adopt or reject.", "请写 adopt 或 reject。"));
}

internal sealed class DecideBulkCommand : Command<DecideBulkSettings>
{
    public override int Execute(CommandContext context, DecideBulkSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var bulk = new BulkDecision(store, CaseworkSettings.Clock);
        var (filter, adopt) = (settings.Filter(null), settings.Outcome == "adopt");
        if (settings.Token is { } token)
        {
            var result = bulk.Decide(filter, adopt, token, new(settings.Person, settings.Reason ?? "", Days: settings.Days));
            return settings.Answer(
                new { result.Decided, Refused = result.Refused.Select(r => new { r.Proposal, r.Why }) },
                [settings.Say($"{result.Decided} decided, {result.Refused.Count} refused", $"已决定 {result.Decided}，未能决定 {result.Refused.Count}"), .. result.Refused.Take(20).Select(r => "  " + r.Why.In(settings.Language))]);
        }

        var preview = bulk.Preview(filter, adopt);
        return settings.Answer(
            preview,
            [
                settings.Say(
                    $"would {settings.Outcome} {preview.Proposals} proposals on {preview.Subjects} subjects: {preview.Targets} targets, orders worth {Spoken.Sums(preview.Amounts)}{(preview.WithoutAmount > 0 ? $", {preview.WithoutAmount} occasions in no sum" : "")}; {preview.WaitForSecond} would wait for a second person",
                    $"将{(adopt ? "采纳" : "驳回")} {preview.Proposals} 项建议，涉及 {preview.Subjects} 个对象、{preview.Targets} 个目标，订单金额 {Spoken.Sums(preview.Amounts)}{(preview.WithoutAmount > 0 ? $"，另有 {preview.WithoutAmount} 项案由未计入" : "")}；{preview.WaitForSecond} 项须第二人"),
                .. preview.ByCode.Select(c => $"  {c.Key,-22} {c.Value}"),
                settings.Say($"Nothing was decided. To do just this: --confirm {preview.Token} --by … --reason …", $"尚未作出决定。确认请加：--confirm {preview.Token} --by … --reason …"),
            ]);
    }
}

internal sealed class DecideAssertSettings : ReasonSettings
{
    [CommandArgument(0, "<SUBJECT>")]
    [Says("kind/scope/id.", "类别/平台/编号。")]
    public required string Subject { get; init; }

    [CommandArgument(1, "<CODE>")]
    [Says("The circumstance, as policies name it.", "情节代码。")]
    public required string Code { get; init; }
}

internal sealed class DecideAssertCommand : Command<DecideAssertSettings>
{
    public override int Execute(CommandContext context, DecideAssertSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var id = new Circumstances(store, CaseworkSettings.Clock).Assert(Subject.Parse(settings.Subject), settings.Code, settings.Person, settings.Reason ?? "");
        return settings.Answer(new { Circumstance = id }, settings.Say($"circumstance {id}: the next propose judges by it", $"情节 {id}：下次提议时生效"));
    }
}

internal sealed class DecideWithdrawSettings : ReasonSettings
{
    [CommandArgument(0, "<ID>")]
    [Says("The circumstance's number.", "情节编号。")]
    public required long Id { get; init; }
}

internal sealed class DecideWithdrawCommand : Command<DecideWithdrawSettings>
{
    public override int Execute(CommandContext context, DecideWithdrawSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        new Circumstances(store, CaseworkSettings.Clock).Withdraw(settings.Id, settings.Person, settings.Reason ?? "");
        return settings.Answer(new { Withdrawn = settings.Id }, settings.Say($"circumstance {settings.Id} is withdrawn", $"情节 {settings.Id} 已撤回"));
    }
}

internal sealed class DecideCircumstancesCommand : Command<CaseworkSettings>
{
    public override int Execute(CommandContext context, CaseworkSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var all = new Circumstances(store, CaseworkSettings.Clock).List();
        return settings.Answer(all, all.Select(c => $"{c.Id,10}  {c.At:u}  {c.Subject,-32} {c.Code}"));
    }
}
