using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Pinduoduo;

/// <summary>Pinduoduo's order export: one row an order of one product. It names neither buyer nor seller.</summary>
internal sealed class PinduoduoExport() : SheetFormat("pinduoduo", "orders", Known, new("Pinduoduo's order export", "拼多多订单导出"), Essential)
{
    private static readonly string[] Essential = ["订单号", "订单状态", "商品数量(件)", "商家实收金额(元)"];

    private static readonly HashSet<string> Known = [.. "订单成交时间 商品 订单号 订单状态 商品总价(元) 邮费(元) 店铺优惠折扣(元) 平台优惠折扣(元) 多多支付立减金额(元) 用户实付金额(元) 商家实收金额(元) 商品数量(件) 发货时间 确认收货时间 商品id 商品规格 样式ID 商家编码-规格维度 商家编码-商品维度 商家备注 售后状态 快递单号 快递公司".Split(' ')];

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["orders.order_id"] = ["订单号"],
        ["orders.created_at"] = ["订单成交时间"],
        ["orders.paid_at"] = ["订单成交时间"],
        ["orders.shipped_at"] = ["发货时间"],
        ["orders.completed_at"] = ["确认收货时间"],
        ["orders.amount"] = ["用户实付金额(元)"],
        ["orders.refunded_amount"] = ["用户实付金额(元)"],
        ["order_items.listing_id"] = ["商品id"],
        ["order_items.quantity"] = ["商品数量(件)"],
        ["order_items.unit_price"] = ["商品总价(元)", "商品数量(件)"],
        ["parcels.waybill_no"] = ["快递单号"],
        ["parcels.created_at"] = ["发货时间", "订单成交时间"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => Orders.ListingsOnce;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    private static void Read(SheetFile sheet, RowSink sink)
    {
        int id = sheet.At("订单号"), status = sheet.At("订单状态"), paid = sheet.At("订单成交时间"), amount = sheet.At("用户实付金额(元)"), shipped = sheet.At("发货时间"), completed = sheet.At("确认收货时间"),
            listing = sheet.At("商品id"), quantity = sheet.At("商品数量(件)"), total = sheet.At("商品总价(元)"), title = sheet.At("商品"), carrier = sheet.At("快递公司"), waybill = sheet.At("快递单号"),
            memo = sheet.At("商家备注"), afterSale = sheet.At("售后状态");
        var seller = sink.Context.SellerOf(sink.File);
        sink.Context.Note("warning", "orders", sink.File.Name, "The Pinduoduo export names no buyer; the family of signals on buyers is blind on it.", "拼多多导出没有买家，买家类信号对其不作判断。");
        sink.New("sellers", 2).With("platform", "pdd").With("seller_id", seller).Write();
        while (sheet.Read(sink, "orders"))
        {
            if (!sheet.TryKey(id, sink, "orders", out var orderId))
                continue;
            var text = sheet.Cell(status);
            var ours = OrderStatuses.Of("pdd.csv", text);
            if (ours is null && text is not null)
                Orders.NoteStatus(sink, text);
            var paidAt = Cells.Time(sheet.Cell(paid));
            var shippedAt = Cells.Time(sheet.Cell(shipped));
            var price = Cells.Money(sheet.Cell(amount));
            // The export gives no refunded amount: the whole is taken back only where the texts say so.
            var refunded = sheet.Cell(afterSale)?.Contains("退款成功", StringComparison.Ordinal) == true || text?.Contains("退款成功", StringComparison.Ordinal) == true;
            sink.New("orders", sheet.Row)
                .With("platform", "pdd").With("order_id", orderId).With("seller_id", seller).With("created_at", paidAt).With("paid_at", paidAt).With("shipped_at", shippedAt)
                .With("completed_at", Cells.Time(sheet.Cell(completed))).With("amount", price).With("status", ours).With("refunded_amount", refunded ? price : null)
                .With("memo", Orders.Memo(sheet.Cell(memo))).Write();
            if (sheet.Cell(listing) is { } listingId)
            {
                sink.New("order_items", sheet.Row).With("platform", "pdd").With("order_id", orderId).With("listing_id", listingId).With("quantity", sheet.Cell(quantity))
                    .With("unit_price", Cells.Unit(Cells.Decimal(sheet.Cell(total)), Cells.Decimal(sheet.Cell(quantity)))).Write();
                sink.New("listings", sheet.Row).With("platform", "pdd").With("listing_id", listingId).With("seller_id", seller).With("title", sheet.Cell(title)).Write();
            }

            var numbers = sheet.Span(waybill);
            while (Parcels.NextNumber(ref numbers, out var number))
                Parcels.Write(sink, sheet.Row, Carriers.Of("name", sheet.Cell(carrier)), number, shippedAt ?? paidAt, "pdd", orderId, null);
        }
    }
}
