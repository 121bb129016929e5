using System.Text.RegularExpressions;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Taobao;

/// <summary>Taobao's and Tmall's <c>ExportOrderList</c>: one row an order, the columns of every year found by name.</summary>
internal sealed partial class TaobaoOrderExport() : SheetFormat("taobao.orders", "orders", Known)
{
    private static readonly string[] Essential = ["订单编号", "买家会员名", "订单状态", "订单创建时间"];

    /// <summary>Every column of every year; what is not read here has no place in the contract.</summary>
    private static readonly HashSet<string> Known = [.. """
        订单编号 买家会员名 买家支付宝账号 支付单号 支付详情 买家应付货款 买家应付邮费 买家支付积分 总金额 返点积分 买家实际支付金额 买家实际支付积分 订单状态 买家留言 收货人姓名
        收货地址 运送方式 联系电话 联系手机 订单创建时间 订单付款时间 宝贝标题 宝贝种类 物流单号 物流公司 订单备注 宝贝总数量 店铺Id 店铺名称 订单关闭原因 卖家服务费
        买家服务费 发票抬头 是否手机订单 分阶段订单信息 特权订金订单id 是否上传合同照片 是否上传小票 是否代付 定金排名 修改后的sku 修改后的收货地址 异常信息 天猫卡券抵扣
        集分宝抵扣 是否是O2O交易 新零售交易类型 新零售导购门店名称 新零售导购门店id 新零售发货门店名称 新零售发货门店id 退款金额 预约门店 确认收货时间 打款商家金额
        含应开票给个人的个人红包 是否信用购 体验期结束时间 前N有礼 配送类型 主订单编号 满返红包金额 直播返现状态 返现金额 新零售成交门店昵称 新零售成交门店id 新零售成交经销商id
        延迟发货自动赔付金额 预售订单 发货时间 商家备忘
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    protected override Recognition? Recognise(Header header, string? table) =>
        By(header, new($"Taobao's ExportOrderList ({header.Names.Count} columns, {YearOf(header)})", $"淘宝 ExportOrderList（{header.Names.Count} 列，{YearOf(header)}）"), Essential);

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["orders.order_id"] = ["订单编号"],
        ["orders.seller_id"] = ["店铺Id", "店铺名称"],
        ["orders.created_at"] = ["订单创建时间"],
        ["orders.paid_at"] = ["订单付款时间"],
        ["orders.shipped_at"] = ["发货时间"],
        ["orders.completed_at"] = ["确认收货时间"],
        ["orders.amount"] = ["买家实际支付金额", "总金额"],
        ["orders.promised_at"] = ["预售订单", "分阶段订单信息"],
        ["orders.refunded_amount"] = ["退款金额"],
        ["sellers.seller_id"] = ["店铺Id", "店铺名称"],
        ["parcels.waybill_no"] = ["物流单号"],
        ["parcels.created_at"] = ["发货时间", "订单付款时间", "订单创建时间"],
        ["parcel_orders.waybill_no"] = ["物流单号"],
        ["parcel_orders.order_id"] = ["订单编号"],
        ["payments.payment_id"] = ["支付单号"],
        ["payments.paid_at"] = ["订单付款时间"],
        ["payments.amount"] = ["买家实际支付金额", "总金额"],
        ["payments.payer_key"] = ["买家支付宝账号"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => Parcels.Once;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    private static void Read(SheetFile sheet, RowSink sink)
    {
        int id = sheet.At("订单编号"), shopId = sheet.At("店铺Id"), shop = sheet.At("店铺名称"), buyer = sheet.At("买家会员名"), payer = sheet.At("买家支付宝账号"),
            amount = sheet.At("买家实际支付金额", "总金额"), status = sheet.At("订单状态"), created = sheet.At("订单创建时间"), paid = sheet.At("订单付款时间"), shipped = sheet.At("发货时间"),
            completed = sheet.At("确认收货时间"), address = sheet.At("收货地址"), changed = sheet.At("修改后的收货地址"), mobile = sheet.At("联系手机"), phone = sheet.At("联系电话"),
            waybill = sheet.At("物流单号"), carrier = sheet.At("物流公司"), way = sheet.At("运送方式"), remark = sheet.At("订单备注"), memo = sheet.At("商家备忘"), message = sheet.At("买家留言"),
            refunded = sheet.At("退款金额"), reason = sheet.At("订单关闭原因"), stages = sheet.At("分阶段订单信息"), preSale = sheet.At("预售订单"), byAnother = sheet.At("是否代付"),
            o2o = sheet.At("是否是O2O交易"), delivery = sheet.At("配送类型"), payment = sheet.At("支付单号");
        var identities = sink.Context.Identities;
        var statuses = new Remembered<string?>(text => OrderStatuses.Of("taobao.csv", text));
        var carriers = new Remembered<string?>(text => Carriers.Of("name", text));
        var seller = shopId < 0 && shop < 0 ? sink.Context.SellerOf(sink.File) : null;
        var sellers = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        while (sheet.Read(sink, "orders"))
        {
            if (!sheet.TryKey(id, sink, "orders", out var orderId))
                continue;
            var shopKey = sheet.Span(shopId);
            if (shopKey.IsEmpty || shopKey is "0")
                shopKey = sheet.Span(shop) is { IsEmpty: false } name ? name : seller;
            var buyerName = sheet.Span(buyer);
            if (buyerName.Contains('*'))
                sink.Count("warning", "orders", "masked", n => new($"The buyer's name is masked in {n} rows; signals that need the buyer stay silent on them.", $"有 {n} 行的买家会员名被遮蔽，需要买家的信号对其不作判断。"));
            var lastAddress = sheet.Span(changed);
            if (lastAddress.IsEmpty)
                lastAddress = sheet.Span(address);
            else
                sink.Count("info", "orders", "changed", n => new($"In {n} rows the buyer changed the address; the changed one was read.", $"有 {n} 行修改了收货地址，按修改后的地址读取。"));
            if (sheet.Span(byAnother) is "是" or "1" or "true")
                sink.Count("info", "orders", "byAnother", n => new($"{n} orders were paid by another person (是否代付).", $"有 {n} 个订单由他人代付。"));
            // One behind the other, so that the processor waits for the memory of all four at once.
            ReadOnlySpan<char> payerName = sheet.Span(payer), mobileNumber = sheet.Span(mobile);
            var buyerKey = identities.AccountKey(buyerName);
            var payerKey = identities.AccountKey(payerName);
            var phoneKey = identities.PhoneKey(mobileNumber);
            var place = identities.Address(lastAddress);
            var statusText = sheet.Span(status);
            var ours = statusText.IsEmpty ? null : statuses.Of(statusText);
            if (ours is null && !statusText.IsEmpty)
                Orders.NoteStatus(sink, statusText.ToString());
            var createdAt = Cells.Time(sheet.Span(created));
            var paidAt = Cells.Time(sheet.Span(paid));
            var shippedAt = Cells.Time(sheet.Span(shipped));
            var closing = sheet.Span(reason);
            sink.New("orders", sheet.Row)
                .With("platform", "taobao").With("order_id", orderId).With("seller_id", shopKey).With("created_at", createdAt).With("buyer_id", buyerKey)
                .With("amount", Cells.Money(sheet.Span(amount))).With("status", ours).With("paid_at", paidAt).With("shipped_at", shippedAt).With("completed_at", Cells.Time(sheet.Span(completed)))
                .With("fulfilment", FulfilmentOf(sheet.Span(way), sheet.Span(o2o), sheet.Span(delivery)))
                .With("promised_at", DateIn(sheet.Span(preSale)) ?? DateIn(sheet.Span(stages))).With("payer_key", payerKey)
                .With("phone_key", phoneKey.IsEmpty ? identities.PhoneKey(sheet.Span(phone)) : phoneKey)
                .With("address_key", place.Key).With("address_kind", place.Kind).With("region", place.Region)
                .With("refunded_amount", refunded >= 0 && Cells.Decimal(sheet.Cell(refunded)) is > 0 and { } back ? Cells.Text(back) : null)
                .With("refund_reason", closing is "订单未关闭" ? default : closing)
                .With("memo", MemoOf(sheet.Span(remark), sheet.Span(memo), sheet.Span(message))).Write();
            if (!shopKey.IsEmpty && sellers.Add(shopKey))
                sink.New("sellers", sheet.Row).With("platform", "taobao").With("seller_id", shopKey).With("name", sheet.Span(shop)).Write();

            if (sheet.Span(payment) is { IsEmpty: false } paymentId && !paidAt.IsEmpty)
                Pay(sink, sheet.Row, paymentId, paidAt, payerKey, shopKey, Cells.Money(sheet.Span(amount)), orderId);
            var bornAt = !shippedAt.IsEmpty ? shippedAt : !paidAt.IsEmpty ? paidAt : createdAt;
            var numbers = sheet.Span(waybill);
            while (Parcels.NextNumber(ref numbers, out var number))
                Parcels.Write(sink, sheet.Row, sheet.Span(carrier) is { IsEmpty: false } company ? carriers.Of(company) : null, number, bornAt, "taobao", orderId, place.Region);
        }
    }

    /// <summary>What the buyer paid to the shop, where the export tells who the payer is.</summary>
    private static void Pay(RowSink sink, long row, ReadOnlySpan<char> id, ReadOnlySpan<char> paidAt, ReadOnlySpan<char> payer, ReadOnlySpan<char> seller, ReadOnlySpan<char> amount, ReadOnlySpan<char> order)
    {
        if (payer.IsEmpty || seller.IsEmpty || amount.IsEmpty || Cells.IsRounded(id))
        {
            sink.Count("warning", "payments", "payer", n => new($"{n} payments (支付单号) have a payer who is masked or missing, or no amount; they were left out.", $"有 {n} 笔支付（支付单号）的付款人被遮蔽或缺失，或没有金额，未写入。"));
            return;
        }

        sink.New("payments", row).With("payment_id", id).With("paid_at", paidAt).With("payer_key", payer).With("payee_key", PayeeOf(sink.Context, seller.ToString()))
            .With("amount", amount).With("kind", "order").With("platform", "taobao").With("order_id", order).Write();
    }

    /// <summary>The account that a shop's buyers pay into: no export and no call names it, so that it goes by the shop.</summary>
    internal static string? PayeeOf(ImportContext context, string seller) => context.Pseudonyms.Of("taobao/seller/" + seller);

    /// <summary>The same of cells that are no strings yet; most orders have no remark.</summary>
    private static string? MemoOf(ReadOnlySpan<char> remark, ReadOnlySpan<char> memo, ReadOnlySpan<char> message) =>
        remark.IsEmpty && memo.IsEmpty && message.IsEmpty ? null : Orders.Memo(Text(remark), Text(memo), Text(message));

    private static string? Text(ReadOnlySpan<char> cell) => cell.IsEmpty ? null : cell.ToString();

    private static string? FulfilmentOf(ReadOnlySpan<char> way, ReadOnlySpan<char> o2o, ReadOnlySpan<char> delivery)
    {
        if (way.Contains("虚拟", StringComparison.Ordinal))
            return "digital";
        if (delivery.Contains("自提", StringComparison.Ordinal) || o2o is "是" or "1" or "true")
            return "pickup";
        return null;
    }

    private static string? DateIn(ReadOnlySpan<char> text) => !text.IsEmpty && Date().Match(text.ToString()) is { Success: true } found ? Cells.Time(found.Value) : null;

    private static string YearOf(Header header)
    {
        foreach (var (column, year) in ((string, string)[])[("商家备忘", "2021 on"), ("延迟发货自动赔付金额", "2021 on"), ("满返红包金额", "2020"), ("是否信用购", "2019"), ("支付单号", "2018"), ("打款商家金额", "2018")])
        {
            if (header.IndexOf(column) >= 0)
                return year;
        }

        return "2016";
    }

    [GeneratedRegex(@"20\d{2}[-/年]\d{1,2}[-/月]\d{1,2}日?( \d{1,2}:\d{2}(:\d{2})?)?")]
    private static partial Regex Date();
}
