using System.Text.RegularExpressions;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Alipay;

/// <summary>Alipay's account bill: comment lines that begin with <c>#</c>, cells that end in tabs, one row a movement of money.</summary>
internal sealed partial class AlipayBill() : SheetFormat("alipay", "payments", Known, new("an Alipay bill", "支付宝账单"), Essential)
{
    private static readonly string[] Essential = ["账务流水号", "发生时间", "对方账号", "业务类型"];

    private static readonly HashSet<string> Known = [.. "账务流水号 业务流水号 商户订单号 商品名称 发生时间 对方账号 收入金额（+元） 支出金额（-元） 账户余额（元） 交易渠道 业务类型 备注".Split(' ')];

    private static readonly (string Word, string Kind)[] Kinds =
    [
        ("退款", "refund"), ("提现", "payout"), ("在线支付", "order"), ("交易付款", "order"), ("转账", "transfer"), ("红包", "transfer"),
    ];

    private static readonly Sentence Masked = new(
        "an account that is masked or missing, so that the payment cannot be tied to anybody; ask the platform for the full bill",
        "是被遮蔽或缺失的对方账号，无法与任何人关联；请向平台索取完整账单");

    private static readonly Dictionary<string, Func<string, string>> ByOrder = new() { ["payments"] = Taobao.TmallOrders.Resolve("platform", "order_id") };

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["payments.payment_id"] = ["账务流水号"],
        ["payments.paid_at"] = ["发生时间"],
        ["payments.amount"] = ["收入金额（+元）", "支出金额（-元）"],
        ["payments.payer_key"] = ["对方账号"],
        ["payments.payee_key"] = ["对方账号"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => ByOrder;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    private static void Read(SheetFile sheet, RowSink sink)
    {
        var identities = sink.Context.Identities;
        var account = sheet.Comments.Select(c => Account().Match(c)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
        var own = identities.Account(account);
        if (own is null)
        {
            own = identities.Account("alipay account of " + (sink.Context.Options.Seller ?? sink.File.Name));
            sink.Context.Note("warning", "payments", sink.File.Name, "The head of the bill names no account; one stands for it that is tied to nothing else.", "账单抬头没有账号，以一个不与其他数据关联的账号代替。");
        }

        int id = sheet.At("账务流水号"), at = sheet.At("发生时间"), other = sheet.At("对方账号"), income = sheet.At("收入金额（+元）"), outlay = sheet.At("支出金额（-元）"),
            kind = sheet.At("业务类型"), order = sheet.At("商户订单号"), goods = sheet.At("商品名称"), remark = sheet.At("备注");
        while (sheet.Read(sink, "payments"))
        {
            if (!sheet.TryKey(id, sink, "payments", out var paymentId))
                continue;
            var kindText = sheet.Cell(kind);
            var ours = Kinds.FirstOrDefault(k => kindText?.Contains(k.Word, StringComparison.Ordinal) == true).Kind;
            if (ours is null)
            {
                // A service fee, a deposit: money that moves between the account and the platform, and no sale.
                ours = "transfer";
                sink.Count("warning", "payments", "kind " + kindText, n => new($"Business type '{kindText}' ({n} times) is not in the table; read as transfer.", $"业务类型“{kindText}”（{n} 次）不在对照表中，按转账处理。"));
            }

            var party = Parties(sheet.Cell(other)).Select(p => identities.Account(p)).FirstOrDefault(k => k is not null);
            if (party is null)
            {
                sink.Bar("payments", sheet.Row, "对方账号", "", Masked);
                continue;
            }

            var plus = Cells.Decimal(sheet.Cell(income));
            var minus = Cells.Decimal(sheet.Cell(outlay));
            var isIncome = plus is not (null or 0);
            // Outlays stand with or without their sign.
            var amount = isIncome ? plus : minus is { } m ? Math.Abs(m) : null;
            var (platform, orderId) = OrderOf(sheet.Cell(order));
            sink.New("payments", sheet.Row)
                .With("payment_id", paymentId).With("paid_at", Cells.Time(sheet.Cell(at))).With("payer_key", isIncome ? party : own).With("payee_key", isIncome ? own : party)
                .With("amount", amount is { } a ? Cells.Text(a) : sheet.Cell(income) ?? sheet.Cell(outlay)).With("kind", ours).With("platform", platform).With("order_id", orderId)
                .With("memo", Orders.Memo(sheet.Cell(goods), sheet.Cell(remark))).Write();
        }
    }

    /// <summary><c>T200P</c> and a trade number on Taobao; any other number names no platform that we know.</summary>
    private static (string? Platform, string? Order) OrderOf(string? number) =>
        number is not null && TaobaoOrder().Match(number) is { Success: true } match ? ("taobao", match.Groups[1].Value) : (null, null);

    /// <summary>The account in a cell such as <c>张三(zhang@example.com)</c> or <c>zhang@example.com 张三</c>: what is in the brackets, else what looks like one.</summary>
    private static IEnumerable<string?> Parties(string? cell)
    {
        if (cell is null)
            yield break;
        var open = cell.IndexOfAny(['(', '（']);
        if (open >= 0)
            yield return cell[(open + 1)..].TrimEnd(')', '）');
        yield return open >= 0 ? null : cell;
    }

    protected override Header? HeaderOf(FileSample file)
    {
        var text = file.Text;
        while (text.StartsWith('#'))
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0)
                return null;
            text = text[(end + 1)..];
        }

        return Header.Of(text);
    }

    [GeneratedRegex(@"账号[：:]\s*\[?([^\]\s,，]+)")]
    private static partial Regex Account();

    [GeneratedRegex(@"^T\d+P(\d{15,20})$")]
    private static partial Regex TaobaoOrder();
}
