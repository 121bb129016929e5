using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Amazon;

/// <summary>Amazon's flat-file report of all orders: tab-separated, one row an item. It names no buyer.</summary>
internal sealed class AmazonAllOrders : IFeedFormat
{
    private static readonly string[] Essential = ["amazon-order-id", "purchase-date", "order-status", "asin"];

    private static readonly string[] Parts = ["item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax"];

    private static readonly HashSet<string> Known = [.. "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel order-channel ship-service-level product-name sku asin item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids cpf is-business-order purchase-order-number price-designation".Split(' ')];

    public string Name => "amazon";

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && Header.Of(file.Text) is var header && Essential.All(c => header.IndexOf(c) >= 0)
            ? new(95, new($"its columns {string.Join(", ", Essential)} are those of Amazon's all-orders report", $"其列 {string.Join("、", Essential)} 与亚马逊订单报告一致"))
            : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            using var sink = new RowSink(context, file);
            Read(file, sink);
            foreach (var relation in sink.Staged(Pinduoduo.PinduoduoExport.Once))
                yield return relation;
        }
    }

    private static void Read(FileSample file, RowSink sink)
    {
        using var sheet = SheetFile.Open(file, Header.Of(file.Text));
        sheet.NoteUnknown(sink, "orders", Known);
        var seller = sink.Context.SellerOf(file);
        sink.New("sellers", 2).With("platform", "amazon").With("seller_id", seller).Write();
        sink.Context.Note("warning", "orders", file.Name, "Amazon's report names no buyer; the family of signals on buyers is blind on it.", "亚马逊报告没有买家，买家类信号对其不作判断。");
        int id = sheet.At("amazon-order-id"), quantity = sheet.At("quantity"), asin = sheet.At("asin"), price = sheet.At("item-price"), title = sheet.At("product-name");
        var parts = Parts.Select(p => sheet.At(p)).ToArray();
        int[] discounts = [sheet.At("item-promotion-discount"), sheet.At("ship-promotion-discount")];
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        while (sheet.Read(sink, "orders"))
        {
            if (sheet.Cell(id) is not { } orderId)
            {
                sink.Refuse("orders", sheet.Row, "amazon-order-id", "", new Sentence("a value is required here", "此处必须有值"));
                continue;
            }

            if (!orders.TryGetValue(orderId, out var order))
                orders[orderId] = order = Begin(sheet);
            decimal total = parts.Sum(p => Cells.Decimal(sheet.Cell(p)) ?? 0) - discounts.Sum(d => Math.Abs(Cells.Decimal(sheet.Cell(d)) ?? 0));
            order.HasAmount |= Cells.Decimal(sheet.Cell(price)) is not null;
            order.Amount += total;
            order.Lines++;
            sink.New("order_items", sheet.Row).With("platform", "amazon").With("order_id", orderId).With("line", Cells.Text(order.Lines)).With("listing_id", sheet.Cell(asin)).With("quantity", sheet.Cell(quantity))
                .With("unit_price", Cells.Unit(Cells.Decimal(sheet.Cell(price)), Cells.Decimal(sheet.Cell(quantity)))).Write();
            if (sheet.Cell(asin) is { } listing)
                sink.New("listings", sheet.Row).With("platform", "amazon").With("listing_id", listing).With("seller_id", seller).With("title", sheet.Cell(title)).Write();
        }

        foreach (var (orderId, order) in orders)
        {
            var ours = OrderStatuses.Of("amazon.order-status", order.Status);
            if (ours is null && order.Status is { } status)
                sink.Count("warning", "orders", "status " + status, n => new($"Order status '{status}' ({n} times) is not in the table; read as unknown.", $"订单状态“{status}”（{n} 次）不在对照表中，按未知处理。"));
            sink.New("orders", order.Row)
                .With("platform", "amazon").With("order_id", orderId).With("seller_id", seller).With("created_at", order.Created).With("updated_at", order.Updated).With("status", ours)
                .With("completed_by", ours == "completed" ? "auto" : null).With("amount", order.HasAmount ? Cells.Text(order.Amount) : null).With("currency", order.Currency).With("region", order.Region).With("campaign_id", order.Campaign).Write();
        }
    }

    private static Order Begin(SheetFile sheet)
    {
        string? Cell(string column) => sheet.Cell(sheet.At(column));

        var country = Cell("ship-country");
        return new()
        {
            Row = sheet.Row,
            Created = Cell("purchase-date"),
            Updated = Cell("last-updated-date"),
            Status = Cell("order-status"),
            Currency = Cell("currency"),
            Campaign = Cell("promotion-ids"),
            // The state is free text: only a code of two or three letters makes a region.
            Region = country is not { Length: 2 } ? null : Cell("ship-state") is { Length: 2 or 3 } state && state.All(char.IsAsciiLetter) ? $"{country}-{state.ToUpperInvariant()}" : country,
        };
    }

    private sealed class Order
    {
        public long Row { get; init; }

        public string? Created { get; init; }

        public string? Updated { get; init; }

        public string? Status { get; init; }

        public string? Currency { get; init; }

        public string? Campaign { get; init; }

        public string? Region { get; init; }

        public decimal Amount { get; set; }

        public bool HasAmount { get; set; }

        public int Lines { get; set; }
    }
}
