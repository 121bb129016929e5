using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Casework;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Proposals;

namespace Unbrush.Cli.Casework;

internal sealed class ProposeRunSettings : PolicySettings
{
    [CommandArgument(0, "<FINDINGS>")]
    [Says("What unbrush scan --out wrote.", "unbrush scan --out 的输出。")]
    public required string Findings { get; init; }

    [CommandOption("--feed <DIR>")]
    [Says("The feed, for items and reviews.", "数据文件夹，提供商品与评价。")]
    public string? Feed { get; init; }
}

internal sealed class ProposeRunCommand : Command<ProposeRunSettings>
{
    public override int Execute(CommandContext context, ProposeRunSettings settings, CancellationToken cancellationToken)
    {
        var policies = settings.LoadPolicies();
        using var findings = FindingsFolder.Open(settings.Findings, settings.Feed);
        using var store = settings.OpenStore();
        var result = new Proposer(store, CaseworkSettings.Clock).Propose(findings, policies, settings.By is null ? null : settings.Person);
        return settings.Answer(
            result,
            [
                settings.Say(
                    $"scan {result.Scan}: {result.Findings} findings, {result.Occasions} new occasions, {result.Proposals} new proposals, {result.Withdrawn} withdrawn",
                    $"扫描 {result.Scan}：结果 {result.Findings}，新案由 {result.Occasions}，新建议 {result.Proposals}，撤回 {result.Withdrawn}"),
                .. result.Notes.Select(n => "  " + n.In(settings.Language)),
            ]);
    }
}

/// <summary>Which proposals.</summary>
internal class ProposalFilterSettings : ReasonSettings
{
    [CommandOption("--with-policy <NAME>")]
    [Says("Of this policy.", "属于该策略。")]
    public string? WithPolicy { get; init; }

    [CommandOption("--code <CODE>")]
    [Says("Of this measure.", "该措施。")]
    public string? Code { get; init; }

    [CommandOption("--scope <SCOPE>")]
    [Says("Of this platform or carrier.", "该平台或快递。")]
    public string? Scope { get; init; }

    [CommandOption("--subject <SUBJECT>")]
    [Says("Of this shop or facility: kind/scope/id.", "该店铺或网点：类别/平台/编号。")]
    public string? Subject { get; init; }

    public ProposalFilter Filter(Standing? standing) => new(standing, WithPolicy, Code, Scope, Subject is null ? null : Unbrush.Casework.Subject.Parse(Subject));
}

internal sealed class ProposeListSettings : ProposalFilterSettings
{
    [CommandOption("--standing <STANDING>")]
    [Says("suspected, found, dismissed, withdrawn or lifted.", "suspected 涉嫌、found 认定、dismissed 不成立、withdrawn 撤回、lifted 撤销。")]
    public string? Standing { get; init; }

    [CommandOption("--after <ID>")]
    [Says("Begin after this number.", "从该编号之后开始。")]
    public long After { get; init; }

    [CommandOption("--limit <N>")]
    [Says("How many at most.", "最多条数。")]
    [DefaultValue(100)]
    public int Limit { get; init; }
}

internal sealed class ProposeListCommand : Command<ProposeListSettings>
{
    public override int Execute(CommandContext context, ProposeListSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var filter = settings.Filter(settings.Standing is null ? null : StandingWords.Of(settings.Standing));
        var table = new ProposalTable(store);
        var proposals = table.List(filter, settings.After, settings.Limit);
        return settings.Answer(
            new { Total = table.Count(filter), Proposals = proposals },
            proposals.Select(p => $"{p.Id,10}  {p.Standing.Title().In(settings.Language),-10} {p.Code,-20} {p.Subject,-32} {p.Policy} {p.Version}  {p.Rule}  x{p.Targets}  {p.People}/{p.PeopleNeeded}"));
    }
}

internal sealed class ProposalIdSettings : CaseworkSettings
{
    [CommandArgument(0, "<ID>")]
    [Says("The proposal's number.", "建议编号。")]
    public required long Id { get; init; }
}

internal sealed class ProposeShowCommand : Command<ProposalIdSettings>
{
    public override int Execute(CommandContext context, ProposalIdSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var table = new ProposalTable(store);
        var proposal = table.Get(settings.Id);
        var decisions = new Decider(store, CaseworkSettings.Clock).Decisions(settings.Id);
        var basis = table.Basis(settings.Id);
        return settings.Answer(
            new { Proposal = proposal, Targets = table.Targets(settings.Id), Basis = basis.Select(b => new { b.Subject, b.Digest, b.IsCleared }), Decisions = decisions },
            [
                $"{proposal.Id}  {proposal.Standing.Title().In(settings.Language)}  {proposal.Code}  {proposal.Subject}  {proposal.Policy} {proposal.Version} {proposal.Rule}",
                settings.Say($"occurrence {proposal.Occurrence}, {proposal.Size} findings, {proposal.Targets} targets, people {proposal.People}/{proposal.PeopleNeeded}, revision {proposal.Revision}", $"第 {proposal.Occurrence} 次，结果 {proposal.Size}，对象 {proposal.Targets}，决定人 {proposal.People}/{proposal.PeopleNeeded}，修订 {proposal.Revision}"),
                .. decisions.Select(d => $"  {d.At:u}  {(d.IsAdoption ? settings.Say("adopted", "采纳") : settings.Say("rejected", "驳回"))}  {d.By}: {d.Reason}"),
                .. basis.Take(20).Select(b => $"  {b.Subject}{(b.IsCleared ? settings.Say(" (cleared)", "（已排除）") : "")}"),
            ]);
    }
}
