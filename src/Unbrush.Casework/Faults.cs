using Unbrush.Core;

namespace Unbrush.Casework;

/// <summary>
/// The throws of casework. A message names files, rows, ids of proposals and measures and the mend; never a name,
/// a reason or a value from the data, which may be personal.
/// </summary>
internal static class Faults
{
    public static UnbrushException Usage(string en, string zh) => new(ExitCode.Usage, new(en, zh));

    public static UnbrushException Unreadable(string en, string zh) => new(ExitCode.Unreadable, new(en, zh));

    public static UnbrushException Store(string en, string zh) => new(ExitCode.Workspace, new(en, zh));

    /// <summary>A failure of the engine. What it says itself may repeat values, and is left to <c>--debug</c>.</summary>
    public static UnbrushException Failed(System.Data.Common.DbException e) => new(
        ExitCode.Workspace,
        new(
            $"The case store failed ({e.SqlState ?? $"code {e.ErrorCode}"}), and nothing of this step was kept: check that its disk has room, that its server runs and that no other program holds the file, then run the same again.",
            $"案件库出错（{e.SqlState ?? $"代码 {e.ErrorCode}"}），本步骤未保留任何更改：请检查磁盘空间、服务器是否运行、文件是否被占用，然后重新运行。"),
        e);

    public static UnbrushException NoProposal(long proposal) => Usage(
        $"There is no proposal {proposal}; see `unbrush propose list`.", $"没有编号为 {proposal} 的提议；请用 unbrush propose list 查看。");

    public static UnbrushException NoMeasure(long measure) => Usage(
        $"There is no measure {measure}; see `unbrush action list`.", $"没有编号为 {measure} 的措施；请用 unbrush action list 查看。");

    public static UnbrushException NoReason() => Usage(
        "A decision needs a reason: give one with --reason.", "决定必须说明理由：请用 --reason 给出。");

    public static UnbrushException Decided(long proposal, string standing, long at) => Store(
        $"Proposal {proposal} was decided meanwhile ({standing}, {at.MicrosToText()}); nothing was changed. Look at it again with `unbrush propose show {proposal}`.",
        $"提议 {proposal} 已由他人作出决定（{standing}，{at.MicrosToText()}），本次未作任何更改。请用 unbrush propose show {proposal} 重新查看。");

    public static UnbrushException Changed(long proposal) => Store(
        $"Proposal {proposal} changed since you read it; nothing was changed. Look at it again with `unbrush propose show {proposal}`.",
        $"提议 {proposal} 在您查看之后已有变化，本次未作任何更改。请用 unbrush propose show {proposal} 重新查看。");

    public static UnbrushException SamePerson(long proposal) => Usage(
        $"Proposal {proposal} needs two different people, and you have already agreed to it: a second person must decide.",
        $"提议 {proposal} 须由两人分别决定，您已同意过，须由另一人决定。");

    public static UnbrushException Stale(long proposal, int was, int now) => Store(
        $"Proposal {proposal} was made for occurrence {was}, and it would now be occurrence {now}: run `unbrush propose` again.",
        $"提议 {proposal} 按第 {was} 次违规作出，现应为第 {now} 次：请重新运行 unbrush propose。");
}
