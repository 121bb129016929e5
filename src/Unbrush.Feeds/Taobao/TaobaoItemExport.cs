using System.Security.Cryptography;
using System.Text;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Taobao;

/// <summary>Taobao's and Tmall's <c>ExportOrderDetailList</c>: one row an order line. It names no item id: the seller's own code, else the title, stands for it.</summary>
internal sealed class TaobaoItemExport() : SheetFormat("taobao.items", "order_items", Known)
{
    private static readonly string[] Essential = ["标题", "价格", "购买数量"];

    private static readonly HashSet<string> Known = [.. "订单编号 子订单编号 主订单编号 标题 价格 购买数量 外部系统编号 商品属性 套餐信息 备注 订单状态 商家编码 支付单号 买家应付货款 买家实际支付金额 退款状态 退款金额 订单创建时间 订单付款时间".Split(' ')];

    protected override Recognition? Recognise(Header header, string? table) =>
        header.IndexOf("订单编号") < 0 && header.IndexOf("主订单编号") < 0 ? null : By(header, new("Taobao's ExportOrderDetailList", "淘宝 ExportOrderDetailList "), Essential);

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["order_items.order_id"] = ["主订单编号", "订单编号"],
        ["order_items.listing_id"] = ["外部系统编号", "商家编码", "标题"],
        ["order_items.quantity"] = ["购买数量"],
        ["order_items.unit_price"] = ["价格"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => SellerThroughOrder;

    // Lines are counted through all files, for an export may be split in the middle of an order.
    protected override Action<SheetFile, RowSink> Begin()
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        return (sheet, sink) => Read(sheet, sink, lines);
    }


    /// <summary>The export names no seller. A listing's row carries its order in the seller's place until the orders, loaded before it, tell whose it is.</summary>
    private static readonly Dictionary<string, Func<string, string>> SellerThroughOrder = new()
    {
        ["listings"] = from => $"""
            SELECT l.platform, l.listing_id, min(o.seller_id) AS seller_id, min(l.title) AS title, min(l.category) AS category, min(l.weight_g) AS weight_g, min(l.price) AS price, min(l.file_row) AS file_row
            FROM {from} l JOIN import_orders o ON o.platform = l.platform AND o.order_id = l.seller_id GROUP BY l.platform, l.listing_id ORDER BY file_row
            """,
    };

    private static void Read(SheetFile sheet, RowSink sink, Dictionary<string, int> lines)
    {
        int order = sheet.At("主订单编号", "订单编号"), title = sheet.At("标题"), price = sheet.At("价格"), quantity = sheet.At("购买数量"), sku = sheet.At("外部系统编号"), code = sheet.At("商家编码");
        while (sheet.Read(sink, "order_items"))
        {
            if (!sheet.TryKey(order, sink, "order_items", out var key))
                continue;
            var orderId = key.ToString();
            lines[orderId] = lines.GetValueOrDefault(orderId) + 1;
            var name = sheet.Cell(title);
            sink.New("order_items", sheet.Row)
                .With("platform", "taobao").With("order_id", orderId).With("line", Cells.Text(lines[orderId])).With("listing_id", ListingOf(sheet.Cell(sku) ?? sheet.Cell(code), name))
                .With("quantity", sheet.Cell(quantity)).With("unit_price", Cells.Money(sheet.Cell(price))).Write();
            if (ListingOf(sheet.Cell(sku) ?? sheet.Cell(code), name) is { } listing && name is not null)
                sink.New("listings", sheet.Row).With("platform", "taobao").With("listing_id", listing).With("seller_id", orderId).With("title", name).Write();
        }

        sink.Context.Note("info", "order_items", sink.File.Name, "The export names no item; the seller's own code, else the title, stands for the listing.", "导出文件没有宝贝编号，以商家编码或标题代替。");
    }

    /// <summary><c>sku:</c> and the seller's code, or <c>title:</c> and a hash of the title.</summary>
    internal static string? ListingOf(string? code, string? title) =>
        code is not null ? "sku:" + code : title is null ? null : "title:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)).AsSpan(0, 8));
}
