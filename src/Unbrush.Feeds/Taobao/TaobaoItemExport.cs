using System.Security.Cryptography;
using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Taobao;

/// <summary>Taobao's and Tmall's <c>ExportOrderDetailList</c>: one row an order line. It names no item id: the seller's own code, else the title, stands for it.</summary>
internal sealed class TaobaoItemExport : IFeedFormat
{
    private static readonly string[] Essential = ["标题", "价格", "购买数量"];

    private static readonly HashSet<string> Known = [.. "订单编号 子订单编号 主订单编号 标题 价格 购买数量 外部系统编号 商品属性 套餐信息 备注 订单状态 商家编码 支付单号 买家应付货款 买家实际支付金额 退款状态 退款金额 订单创建时间 订单付款时间".Split(' ')];

    public string Name => "taobao.items";

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && Header.Of(file.Text) is var header && Essential.All(c => header.IndexOf(c) >= 0) && (header.IndexOf("订单编号") >= 0 || header.IndexOf("主订单编号") >= 0)
            ? new(95, new($"its columns {string.Join(", ", Essential)} are those of Taobao's ExportOrderDetailList", $"其列 {string.Join("、", Essential)} 与淘宝 ExportOrderDetailList 一致"))
            : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        // Lines are counted through all files, for an export may be split in the middle of an order.
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (file, _) in files)
        {
            using var sink = new RowSink(context, file);
            Read(file, sink, lines);
            foreach (var relation in sink.Staged(SellerThroughOrder))
                yield return relation;
        }
    }

    /// <summary>The export names no seller. A listing's row carries its order in the seller's place until the orders, loaded before it, tell whose it is.</summary>
    private static readonly Dictionary<string, Func<string, string>> SellerThroughOrder = new()
    {
        ["listings"] = from => $"""
            SELECT l.platform, l.listing_id, min(o.seller_id) AS seller_id, min(l.title) AS title, min(l.category) AS category, min(l.weight_g) AS weight_g, min(l.price) AS price, min(l.file_row) AS file_row
            FROM {from} l JOIN import_orders o ON o.platform = l.platform AND o.order_id = l.seller_id GROUP BY l.platform, l.listing_id ORDER BY file_row
            """,
    };

    private static void Read(FileSample file, RowSink sink, Dictionary<string, int> lines)
    {
        using var sheet = SheetFile.Open(file, Header.Of(file.Text));
        sheet.NoteUnknown(sink, "order_items", Known);
        int order = sheet.At("主订单编号", "订单编号"), title = sheet.At("标题"), price = sheet.At("价格"), quantity = sheet.At("购买数量"), sku = sheet.At("外部系统编号"), code = sheet.At("商家编码");
        while (sheet.Read(sink, "order_items"))
        {
            if (sheet.Cell(order) is not { } orderId)
            {
                sink.Refuse("order_items", sheet.Row, sheet.Names[order], "", new Sentence("a value is required here", "此处必须有值"));
                continue;
            }

            if (Cells.IsRounded(orderId))
            {
                sink.Refuse("order_items", sheet.Row, sheet.Names[order], orderId, TaobaoOrderExport.Rounded);
                continue;
            }

            lines[orderId] = lines.GetValueOrDefault(orderId) + 1;
            var name = sheet.Cell(title);
            sink.New("order_items", sheet.Row)
                .With("platform", "taobao").With("order_id", orderId).With("line", Cells.Text(lines[orderId])).With("listing_id", ListingOf(sheet.Cell(sku) ?? sheet.Cell(code), name))
                .With("quantity", sheet.Cell(quantity)).With("unit_price", Cells.Money(sheet.Cell(price))).Write();
            if (ListingOf(sheet.Cell(sku) ?? sheet.Cell(code), name) is { } listing && name is not null)
                sink.New("listings", sheet.Row).With("platform", "taobao").With("listing_id", listing).With("seller_id", orderId).With("title", name).Write();
        }

        sink.Context.Note("info", "order_items", file.Name, "The export names no item; the seller's own code, else the title, stands for the listing.", "导出文件没有宝贝编号，以商家编码或标题代替。");
    }

    /// <summary><c>sku:</c> and the seller's code, or <c>title:</c> and a hash of the title.</summary>
    internal static string? ListingOf(string? code, string? title) =>
        code is not null ? "sku:" + code : title is null ? null : "title:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)).AsSpan(0, 8));
}
