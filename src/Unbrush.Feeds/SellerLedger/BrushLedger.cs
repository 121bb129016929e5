using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.SellerLedger;

/// <summary>The sheet in which a seller keeps its own brushed orders (店铺刷单): each row says that an order is fake.</summary>
internal sealed class BrushLedger() : SheetFormat("seller_ledger", "labels", Known, new("a seller's ledger of brushed orders", "店铺刷单台账"), Essential)
{
    private static readonly string[] Essential = ["淘宝订单编号", "接单时间", "买手垫付金额"];

    private static readonly HashSet<string> Known = [.. "序号 接单时间 旺旺名称 实际发生金额 买手垫付金额 商家支付总佣金 淘宝订单编号".Split(' ')];

    private static readonly Dictionary<string, Func<string, string>> ByOrder = new() { ["labels"] = Taobao.TmallOrders.Resolve("scope", "subject_id") };

    private readonly LedgerChecks _checks = new();

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["labels.subject_id"] = ["淘宝订单编号"],
        ["labels.labelled_at"] = ["接单时间"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => ByOrder;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    /// <summary>The ledger's buyer and amount must be those of the order.</summary>
    public override void Verify(ImportContext context) => _checks.Verify(context);

    private void Read(SheetFile sheet, RowSink sink)
    {
        int order = sheet.At("淘宝订单编号"), at = sheet.At("接单时间"), buyer = sheet.At("旺旺名称"), amount = sheet.At("实际发生金额");
        while (sheet.Read(sink, "labels"))
        {
            if (!sheet.TryKey(order, sink, "labels", out var orderId))
                continue;
            sink.New("labels", sheet.Row).With("subject_kind", "order").With("scope", "taobao").With("subject_id", orderId).With("label", "fake").With("source", "seller_ledger").With("labelled_at", Cells.Time(sheet.Cell(at))).Write();
            _checks.Add(sink.File.Name, orderId.ToString(), sink.Context.Identities.Account(sheet.Cell(buyer)), Cells.Decimal(sheet.Cell(amount)));
        }
    }
}
