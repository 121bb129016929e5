using System.ComponentModel;
using Spectre.Console.Cli;
using Unbrush.Casework.Ledger;
using Unbrush.Core;

namespace Unbrush.Cli.Casework;

internal sealed class LedgerListSettings : CaseworkSettings
{
    [CommandOption("--after <SEQ>")]
    [Says("Begin after this number.", "从该编号之后开始。")]
    public long After { get; init; }

    [CommandOption("--limit <N>")]
    [Says("How many at most.", "最多条数。")]
    [DefaultValue(100)]
    public int Limit { get; init; }
}

internal sealed class LedgerListCommand : Command<LedgerListSettings>
{
    public override int Execute(CommandContext context, LedgerListSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var entries = new LedgerBook(store, CaseworkSettings.Clock).List(settings.After, settings.Limit);
        return settings.Answer(entries, entries.Select(e => $"{e.Seq,10}  {e.At:u}  {e.Kind,-12} {e.Who ?? "-"}  {e.Subject ?? "-"}  {e.Facts}  {e.Why}"));
    }
}

internal sealed class LedgerVerifySettings : CaseworkSettings
{
    [CommandOption("--checkpoint <FILE>")]
    [Says("A signed checkpoint kept elsewhere; may be repeated.", "另行保存的签名检查点；可重复。")]
    public string[] Checkpoints { get; init; } = [];

    [CommandOption("--public-key <FILE>")]
    [Says("The public key of the checkpoints.", "检查点公钥。")]
    public string? PublicKey { get; init; }
}

internal sealed class LedgerVerifyCommand : Command<LedgerVerifySettings>
{
    public override int Execute(CommandContext context, LedgerVerifySettings settings, CancellationToken cancellationToken)
    {
        if (settings.Checkpoints.Length > 0 && settings.PublicKey is null)
            throw new UnbrushException(ExitCode.Usage, new("A checkpoint is verified with its public key: give --public-key.", "校验检查点需要公钥：请用 --public-key 指定。"));
        using var store = settings.OpenStore();
        var checkpoints = settings.Checkpoints.Select(c => Checkpoint.Read(c, settings.PublicKey!)).ToList();
        var result = new LedgerVerifier(store).Verify(checkpoints);
        settings.Answer(result, result.Fault?.In(settings.Language) ?? settings.Say($"{result.Entries} entries, whole; head {result.Head}", $"共 {result.Entries} 条，完整；末条哈希 {result.Head}"));
        return (int)(result.IsWhole ? ExitCode.Complete : ExitCode.Workspace);
    }
}

internal sealed class OutSettings : CaseworkSettings
{
    [CommandOption("--out <PATH>", true)]
    [Says("Where to write.", "输出位置。")]
    public required string Out { get; init; }
}

internal sealed class LedgerKeyCommand : Command<OutSettings>
{
    public override int Execute(CommandContext context, OutSettings settings, CancellationToken cancellationToken)
    {
        var (secret, open) = LedgerKeys.Make(settings.Out);
        return settings.Answer(new { PrivateKey = secret, PublicKey = open }, secret, open);
    }
}

internal sealed class LedgerCheckpointSettings : CaseworkSettings
{
    [CommandOption("--key <FILE>", true)]
    [Says("The private key.", "私钥。")]
    public required string Key { get; init; }

    [CommandOption("--out <DIR>", true)]
    [Says("Where to write; keep a copy elsewhere.", "输出文件夹；请另存副本。")]
    public required string Out { get; init; }
}

internal sealed class LedgerCheckpointCommand : Command<LedgerCheckpointSettings>
{
    public override int Execute(CommandContext context, LedgerCheckpointSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var (checkpoint, file) = Checkpoint.Sign(store, CaseworkSettings.Clock, settings.Key, settings.Out);
        return settings.Answer(new { checkpoint.Seq, checkpoint.Hash, checkpoint.At, File = file }, file, checkpoint.Text.TrimEnd());
    }
}

internal sealed class LedgerExportCommand : Command<OutSettings>
{
    public override int Execute(CommandContext context, OutSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        using var file = File.Create(settings.Out);
        var entries = new LedgerBook(store, CaseworkSettings.Clock).WriteLines(file);
        return settings.Answer(new { File = settings.Out, Entries = entries }, settings.Say($"{entries} entries written", $"已写出 {entries} 条"));
    }
}

internal sealed class LedgerEraseSettings : ReasonSettings
{
    [CommandOption("--person <NAME>", true)]
    [Says("Whose data: a name, an account, or the id of a buyer or sender.", "删除对象：姓名、账号，或买家、寄件人编号。")]
    public required string Whose { get; init; }
}

internal sealed class LedgerEraseCommand : Command<LedgerEraseSettings>
{
    public override int Execute(CommandContext context, LedgerEraseSettings settings, CancellationToken cancellationToken)
    {
        using var store = settings.OpenStore();
        var result = new Erasure(store, CaseworkSettings.Clock).Erase(settings.Whose, settings.Person, settings.Reason ?? "");
        return settings.Answer(result, settings.Say($"{result.LedgerFields} values of the ledger and {result.Rows} rows erased; the chain verifies as before", $"已删除台账值 {result.LedgerFields} 项、其他 {result.Rows} 行；台账校验不受影响"));
    }
}
