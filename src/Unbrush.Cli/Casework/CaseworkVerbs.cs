using Spectre.Console.Cli;
using Unbrush.Core;

namespace Unbrush.Cli.Casework;

/// <summary>The verbs of casework: <c>policy</c>, <c>propose</c>, <c>decide</c>, <c>action</c>, <c>ledger</c>, <c>turnover</c>.</summary>
internal static class CaseworkVerbs
{
    public static void Register(IConfigurator config)
    {
        Branch(config, "policy", new("What a finding leads to: list, check and try policies.", "策略：查看、校验与试运行。"), b =>
        {
            Add<PolicyListCommand>(b, "list", new("List the policies in use.", "列出在用策略。"), "policy list", "policy list --policy own.yaml --json");
            Add<PolicyShowCommand>(b, "show", new("Show a policy's rules with their sources.", "显示策略规则及来源。"), "policy show taobao");
            Add<PolicyCheckCommand>(b, "check", new("Check policy files; errors name the line.", "校验策略文件，错误指明行号。"), "policy check own.yaml");
            Add<PolicyTestCommand>(b, "test", new("Run a policy in shadow on findings, against those in force.", "在结果上试运行策略，与在用策略对比。"), "policy test own.yaml --findings findings --feed feed --labels feed");
        });
        Branch(config, "propose", new("Take in a scan and propose measures; list and show proposals.", "收入扫描结果并提出处理建议。"), b =>
        {
            b.SetDefaultCommand<ProposeRunCommand>();
            Add<ProposeRunCommand>(b, "from", new("Take in a findings folder and propose.", "读取结果文件夹并提出建议。"), "propose from findings --feed feed --by ann");
            Add<ProposeListCommand>(b, "list", new("List proposals.", "列出建议。"), "propose list --standing suspected --code demote_shop", "propose list --subject shop/taobao/1234 --json");
            Add<ProposeShowCommand>(b, "show", new("Show a proposal, what it rests on and who decided.", "显示建议、依据与决定。"), "propose show 1234");
        });
        Branch(config, "decide", new("Decide on proposals: a person, with a reason.", "对建议作出决定：由人作出并说明理由。"), b =>
        {
            Add<DecideAdoptCommand>(b, "adopt", new("Adopt a proposal: suspected becomes found.", "采纳：由涉嫌转为认定。"), "decide adopt 1234 --by ann --reason \"scans seen\"", "decide adopt 1234 --days 30 --by ben --reason \"scans seen\"");
            Add<DecideRejectCommand>(b, "reject", new("Reject a proposal.", "驳回建议。"), "decide reject 1234 --by ann --reason \"a live sale\"");
            Add<DecideBulkCommand>(b, "bulk", new("Decide on many: a preview first, then --confirm with its token.", "批量决定：先预览，再以 --confirm 确认。"), "decide bulk adopt --code exclude_orders", "decide bulk adopt --code exclude_orders --confirm 0123456789abcdef --by ann --reason \"sample checked\"");
            Add<DecideAssertCommand>(b, "assert", new("Assert a circumstance that no figure can show.", "认定一项情节。"), "decide assert shop/taobao/1234 resistance --by ann --reason \"refused twice\"");
            Add<DecideWithdrawCommand>(b, "withdraw", new("Withdraw a circumstance.", "撤回一项情节。"), "decide withdraw 1234 --by ann --reason \"mistaken\"");
            Add<DecideCircumstancesCommand>(b, "circumstances", new("List standing circumstances.", "列出有效情节。"), "decide circumstances");
        });
        ActionBranch(config);
        Branch(config, "ledger", new("The record of who did what, when and why.", "台账：何人何时因何做了何事。"), b =>
        {
            Add<LedgerListCommand>(b, "list", new("List entries.", "列出记录。"), "ledger list --after 100 --limit 20");
            Add<LedgerVerifyCommand>(b, "verify", new("Verify the chain; names the first broken entry.", "校验台账，指出第一条被破坏的记录。"), "ledger verify", "ledger verify --checkpoint checkpoint-1200.txt --public-key ledger.pub.pem");
            Add<LedgerKeyCommand>(b, "key", new("Make an Ed25519 key pair for checkpoints.", "生成检查点用的 Ed25519 密钥对。"), "ledger key --out keys");
            Add<LedgerCheckpointCommand>(b, "checkpoint", new("Sign the ledger as it stands.", "对当前台账签名。"), "ledger checkpoint --key keys/ledger.key.pem --out checkpoints");
            Add<LedgerExportCommand>(b, "export", new("Write the hashed lines, to verify without Unbrush.", "导出哈希行，无需 Unbrush 即可校验。"), "ledger export --out ledger.jsonl");
            Add<LedgerEraseCommand>(b, "erase", new("Erase a person's data on request; the chain still verifies.", "应请求删除个人信息，台账仍可校验。"), "ledger erase --person zhangsan --by ben --reason \"a request\"");
        });
        config.AddCommand<TurnoverCommand>("turnover")
            .WithDescription(new Sentence("A seller's turnover: gross, fakes excluded, suspicion as an interval.", "卖家营业额：总额、剔除虚假、涉嫌部分为区间。").In(Spoken.Language))
            .WithExample(Words("turnover findings --feed feed --platform taobao --seller 1234"))
            .WithExample(Words("turnover findings --json"));
    }

    private static void ActionBranch(IConfigurator config) =>
        Branch(config, "action", new("Carry out, lift, export and send measures.", "执行、撤销、导出与推送措施。"), b =>
        {
            Add<ActionApplyCommand>(b, "apply", new("Carry out what was found; again changes nothing.", "执行已认定的措施；重复执行无变化。"), "action apply --by ann");
            Add<ActionListCommand>(b, "list", new("List measures.", "列出措施。"), "action list --subject order/taobao/1", "action list --code demote_shop --json");
            Add<ActionLiftCommand>(b, "lift", new("Take measures back in full.", "完全撤销措施。"), "action lift --measure 1234 --by ann --reason \"appeal granted\"", "action lift --subject order/taobao/1 --by ann --reason \"a true sale\"");
            Add<ActionExportCommand>(b, "export", new("Write what other systems consume, as of any instant.", "导出供其他系统使用的表，可指定时点。"), "action export --out out --by ann", "action export --out out --as-of 2026-03-01T00:00:00Z --parquet --by ann");
            Add<ActionEndpointCommand>(b, "endpoint", new("Add or remove a webhook endpoint; without a name, list them.", "添加或移除推送地址；不带名称则列出。"), "action endpoint", "action endpoint shop-system https://example.org/hook --secret env:HOOK_SECRET --by ann", "action endpoint shop-system --remove --by ann");
            Add<ActionSendCommand>(b, "send", new("Send the events that are due.", "推送到期事件。"), "action send");
            Add<ActionDeadCommand>(b, "dead", new("List dead letters, or send them again with --revive.", "列出死信，或用 --revive 重发。"), "action dead", "action dead --revive shop-system --by ann");
        });

    private static void Branch(IConfigurator config, string name, Sentence description, Action<IConfigurator<CommandSettings>> body) => config.AddBranch(name, branch =>
    {
        branch.SetDescription(description.In(Spoken.Language));
        body(branch);
    });

    private static void Add<TCommand>(IConfigurator<CommandSettings> branch, string name, Sentence description, params string[] examples)
        where TCommand : class, ICommandLimiter<CommandSettings>
    {
        var command = branch.AddCommand<TCommand>(name).WithDescription(description.In(Spoken.Language));
        foreach (var example in examples)
            command.WithExample(Words(example));
    }

    /// <summary>Splits an example as a shell would; quotes hold words together.</summary>
    private static string[] Words(string line)
    {
        var words = new List<string>();
        foreach (var (i, part) in line.Split('"').Index())
        {
            if (i % 2 == 1)
                words.Add(part);
            else
                words.AddRange(part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. words];
    }
}
