using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Amazon;

/// <summary>Amazon's flat-file report of all orders: tab-separated, one row an item. It names no buyer.</summary>
internal sealed class AmazonAllOrders() : SheetFormat("amazon", "orders", Known, new("Amazon's all-orders report", "亚马逊订单报告"), Essential)
{
    private static readonly string[] Essential = ["amazon-order-id", "purchase-date", "order-status", "asin"];

    private static readonly string[] Parts = ["item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax"];

    private static readonly HashSet<string> Known = [.. "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel order-channel ship-service-level product-name sku asin item-status quantity currency item-price item-tax shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city ship-state ship-postal-code ship-country promotion-ids cpf is-business-order purchase-order-number price-designation".Split(' ')];

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["orders.order_id"] = ["amazon-order-id"],
        ["orders.created_at"] = ["purchase-date"],
        ["orders.updated_at"] = ["last-updated-date"],
        ["orders.amount"] = [.. Parts, "item-promotion-discount", "ship-promotion-discount"],
        ["order_items.listing_id"] = ["asin"],
        ["order_items.quantity"] = ["quantity"],
        ["order_items.unit_price"] = ["item-price", "quantity"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => Orders.ListingsOnce;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    private static void Read(SheetFile sheet, RowSink sink)
    {
        var seller = sink.Context.SellerOf(sink.File);
        sink.New("sellers", 2).With("platform", "amazon").With("seller_id", seller).Write();
        sink.Context.Note("warning", "orders", sink.File.Name, "Amazon's report names no buyer; the family of signals on buyers is blind on it.", "亚马逊报告没有买家，买家类信号对其不作判断。");
        int id = sheet.At("amazon-order-id"), quantity = sheet.At("quantity"), asin = sheet.At("asin"), price = sheet.At("item-price"), title = sheet.At("product-name");
        var parts = Parts.Select(p => sheet.At(p)).ToArray();
        int[] discounts = [sheet.At("item-promotion-discount"), sheet.At("ship-promotion-discount")];
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        while (sheet.Read(sink, "orders"))
        {
            if (!sheet.TryKey(id, sink, "orders", out var key))
                continue;
            var orderId = key.ToString();
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
                Orders.NoteStatus(sink, status);
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
