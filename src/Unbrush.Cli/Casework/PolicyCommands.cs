using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Casework;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Storage;

namespace Unbrush.Cli.Casework;

internal sealed class PolicyListCommand : Command<PolicySettings>
{
    public override int Execute(CommandContext context, PolicySettings settings, CancellationToken cancellationToken)
    {
        var policies = settings.LoadPolicies().Policies;
        return settings.Answer(
            policies.Select(p => new { p.Name, p.Title, p.Holder, p.Scope, Versions = p.Versions.Select(v => new { v.Name, v.InForce, Rules = v.Rules.Count, Resting = v.Rules.Count(r => r.IsBlank) }), p.Sha256 }),
            policies.Select(p => $"{p.Name,-12} {string.Join(',', p.Scope),-16} {p.Versions.Count,2}  {p.Title.In(settings.Language)}"));
    }
}

internal sealed class PolicyShowSettings : PolicySettings
{
    [CommandArgument(0, "<NAME>")]
    [Says("The policy's name.", "策略名称。")]
    public required string Name { get; init; }
}

internal sealed class PolicyShowCommand : Command<PolicyShowSettings>
{
    public override int Execute(CommandContext context, PolicyShowSettings settings, CancellationToken cancellationToken)
    {
        var policy = settings.LoadPolicies()[settings.Name];
        return settings.Answer(policy, Lines());

        IEnumerable<string> Lines()
        {
            yield return policy.Title.In(settings.Language);
            foreach (var version in policy.Versions)
            {
                yield return $"  {version.Name}  [{version.InForce.From?.ToString("O") ?? ""} .. {version.InForce.Before?.ToString("O") ?? ""}]{(version.InForce.Undated ? settings.Say(" undated", " 无日期") : "")}";
                foreach (var rule in version.Rules)
                {
                    var source = policy.Sources[rule.Source];
                    yield return $"    {rule.Name,-22} {string.Join(", ", rule.Then.Select(t => t.Measure)),-24} {rule.Sentence.In(settings.Language)}{(rule.IsBlank ? settings.Say(" (rests: figures to fill in)", "（数值未填，暂不生效）") : "")}";
                    yield return $"      [{source.Certainty}] {source.Cite}";
                }
            }
        }
    }
}

internal sealed class PolicyCheckSettings : CaseworkSettings
{
    [CommandArgument(0, "<FILES>")]
    [Says("Policy files or folders.", "策略文件或文件夹。")]
    public required string[] Files { get; init; }
}

internal sealed class PolicyCheckCommand : Command<PolicyCheckSettings>
{
    public override int Execute(CommandContext context, PolicyCheckSettings settings, CancellationToken cancellationToken)
    {
        var policies = PolicySet.Load(settings.Files).Policies;
        var resting = policies.SelectMany(p => p.Versions.SelectMany(v => v.Rules.Where(r => r.IsBlank).Select(r => $"{p.Name} {v.Name} {r.Name}"))).ToList();
        return settings.Answer(
            new { IsValid = true, Policies = policies.Select(p => p.Name), Resting = resting },
            [settings.Say("All policies fit.", "策略全部有效。"), .. resting.Select(r => settings.Say($"rests until its figures are filled in: {r}", $"数值未填，暂不生效：{r}"))]);
    }
}

internal sealed class PolicyTestSettings : CaseworkSettings
{
    [CommandArgument(0, "<FILES>")]
    [Says("The candidate's files.", "候选策略文件。")]
    public required string[] Files { get; init; }

    [CommandOption("--findings <DIR>", true)]
    [Says("What unbrush scan --out wrote.", "unbrush scan --out 的输出。")]
    public required string Findings { get; init; }

    [CommandOption("--feed <DIR>")]
    [Says("The feed, for items and reviews.", "数据文件夹，提供商品与评价。")]
    public string? Feed { get; init; }

    [CommandOption("--against <FILE>")]
    [Says("The files in force over the shipped ones; may be repeated.", "在用策略文件；可重复。")]
    public string[] Against { get; init; } = [];

    [CommandOption("--labels <DIR>")]
    [Says("A folder with labels, for precision and recall.", "标注文件夹，用于精确率与召回率。")]
    public string? Labels { get; init; }

    [CommandOption("--history")]
    [Says("Count occurrences from the case store.", "按案件库历史计算次数。")]
    public bool WithHistory { get; init; }

    [CommandOption("--limit <N>")]
    [Says("Changes to list.", "列出的变化数。")]
    [DefaultValue(50)]
    public int Limit { get; init; }
}

internal sealed class PolicyTestCommand : Command<PolicyTestSettings>
{
    public override int Execute(CommandContext context, PolicyTestSettings settings, CancellationToken cancellationToken)
    {
        using var findings = FindingsFolder.Open(settings.Findings, settings.Feed);
        using var store = settings.WithHistory ? settings.OpenStore() : null;
        IReadOnlyDictionary<Subject, bool> labels = settings.Labels is { } folder ? Labels.Read(folder) : new Dictionary<Subject, bool>();
        var report = ShadowTest.Run(findings, PolicySet.Load(settings.Against), PolicySet.Load([.. settings.Against, .. settings.Files]), labels, store);
        return settings.Answer(report, Lines());

        IEnumerable<string> Lines()
        {
            yield return Totals(settings.Say("in force ", "在用"), report.Before);
            yield return Totals(settings.Say("candidate", "候选"), report.After);
            yield return settings.Say($"{report.Changes.Count(c => c.Change == "hit")} hit, {report.Changes.Count(c => c.Change == "spared")} spared, {report.Changes.Count(c => c.Change == "changed")} changed", $"新增 {report.Changes.Count(c => c.Change == "hit")}，豁免 {report.Changes.Count(c => c.Change == "spared")}，变更 {report.Changes.Count(c => c.Change == "changed")}");
            foreach (var change in report.Changes.Take(settings.Limit))
                yield return $"  {change.Change,-8} {change.Subject,-30} {change.Code,-18} {change.Before ?? "-"} -> {change.After ?? "-"}";
            foreach (var (name, accuracy) in (IEnumerable<(string, IReadOnlyList<ShadowAccuracy>)>)[(settings.Say("in force ", "在用"), report.AccuracyBefore), (settings.Say("candidate", "候选"), report.AccuracyAfter)])
            {
                foreach (var a in accuracy)
                    yield return settings.Say(
                        $"{name} {a.Kind,-9} precision {a.Precision:0.000} [{a.PrecisionInterval.Low:0.000}, {a.PrecisionInterval.High:0.000}]  recall {a.Recall:0.000} [{a.RecallInterval.Low:0.000}, {a.RecallInterval.High:0.000}]  of {a.Labelled} labelled",
                        $"{name} {a.Kind,-9} 精确率 {a.Precision:0.000} [{a.PrecisionInterval.Low:0.000}, {a.PrecisionInterval.High:0.000}]  召回率 {a.Recall:0.000} [{a.RecallInterval.Low:0.000}, {a.RecallInterval.High:0.000}]  标注 {a.Labelled}");
            }
        }

        string Totals(string name, ShadowTotals t) => settings.Say(
            $"{name}: {t.Shops} shops, {t.Facilities} facilities, {t.Orders} orders, amount {Spoken.Sums(t.Amounts)}",
            $"{name}：店铺 {t.Shops}，网点 {t.Facilities}，订单 {t.Orders}，金额 {Spoken.Sums(t.Amounts)}");
    }
}
