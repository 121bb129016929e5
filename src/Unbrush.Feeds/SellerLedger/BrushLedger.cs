using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.SellerLedger;

/// <summary>The sheet in which a seller keeps its own brushed orders (店铺刷单): each row says that an order is fake.</summary>
internal sealed class BrushLedger : IFeedFormat
{
    private static readonly string[] Essential = ["淘宝订单编号", "接单时间", "买手垫付金额"];

    private static readonly HashSet<string> Known = [.. "序号 接单时间 旺旺名称 实际发生金额 买手垫付金额 商家支付总佣金 淘宝订单编号".Split(' ')];

    private static readonly Dictionary<string, Func<string, string>> ByOrder = new() { ["labels"] = Taobao.TmallOrders.Resolve("scope", "subject_id") };

    private readonly LedgerChecks _checks = new();

    public string Name => "seller_ledger";

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && Header.Of(file.Text) is var header && Essential.All(c => header.IndexOf(c) >= 0)
            ? new(95, new($"its columns {string.Join(", ", Essential)} are those of a seller's ledger of brushed orders", $"其列 {string.Join("、", Essential)} 与店铺刷单台账一致"))
            : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            using var sink = new RowSink(context, file);
            Read(file, sink);
            foreach (var relation in sink.Staged(ByOrder))
                yield return relation;
        }
    }

    /// <summary>The ledger's buyer and amount must be those of the order.</summary>
    public void Verify(ImportContext context) => _checks.Verify(context);

    private void Read(FileSample file, RowSink sink)
    {
        using var sheet = SheetFile.Open(file, Header.Of(file.Text));
        sheet.NoteUnknown(sink, "labels", Known);
        int order = sheet.At("淘宝订单编号"), at = sheet.At("接单时间"), buyer = sheet.At("旺旺名称"), amount = sheet.At("实际发生金额");
        while (sheet.Read(sink, "labels"))
        {
            if (sheet.Cell(order) is not { } orderId)
            {
                sink.Refuse("labels", sheet.Row, "淘宝订单编号", "", new Sentence("a value is required here", "此处必须有值"));
                continue;
            }

            if (Cells.IsRounded(orderId))
            {
                sink.Refuse("labels", sheet.Row, "淘宝订单编号", orderId, Taobao.TaobaoOrderExport.Rounded);
                continue;
            }

            sink.New("labels", sheet.Row).With("subject_kind", "order").With("scope", "taobao").With("subject_id", orderId).With("label", "fake").With("source", "seller_ledger").With("labelled_at", Cells.Time(sheet.Cell(at))).Write();
            _checks.Add(file.Name, orderId, sink.Context.Identities.Account(sheet.Cell(buyer)), Cells.Decimal(sheet.Cell(amount)));
        }
    }
}
