using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;

namespace Unbrush.Feeds.Shopify;

/// <summary>Shopify's orders export: one row a line; an order's own cells stand in its first row only.</summary>
internal sealed class ShopifyOrders() : SheetFormat("shopify", "orders", Known, new("Shopify's orders export", "Shopify 订单导出"), Essential)
{
    private static readonly string[] Essential = ["Name", "Financial Status", "Fulfillment Status", "Lineitem name"];

    private static readonly HashSet<string> Known = [.. "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References".Split(',')];

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["orders.order_id"] = ["Id", "Name"],
        ["orders.created_at"] = ["Created at"],
        ["orders.paid_at"] = ["Paid at"],
        ["orders.shipped_at"] = ["Fulfilled at"],
        ["orders.amount"] = ["Total"],
        ["orders.refunded_amount"] = ["Refunded Amount"],
        ["order_items.listing_id"] = ["Lineitem sku", "Lineitem name"],
        ["order_items.quantity"] = ["Lineitem quantity"],
        ["order_items.unit_price"] = ["Lineitem price"],
        ["buyers.buyer_id"] = ["Email", "Phone"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => Orders.ListingsOnce;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    private static void Read(SheetFile sheet, RowSink sink)
    {
        var seller = sink.Context.SellerOf(sink.File);
        sink.New("sellers", 2).With("platform", "shopify").With("seller_id", seller).Write();
        sink.Context.Note("info", "orders", sink.File.Name, "Shopify's export has no waybill numbers and names no payer; signals that need them stay silent.", "Shopify 导出没有运单号和付款人，需要它们的信号不作判断。");
        int name = sheet.At("Name"), id = sheet.At("Id"), created = sheet.At("Created at"), quantity = sheet.At("Lineitem quantity"), title = sheet.At("Lineitem name"), price = sheet.At("Lineitem price"), sku = sheet.At("Lineitem sku");
        string? current = null, orderId = null;
        var line = 0;
        while (sheet.Read(sink, "orders"))
        {
            if (!sheet.TryKey(name, sink, "orders", out var key))
                continue;
            var given = key.ToString();
            if (given != current)
            {
                current = given;
                orderId = sheet.Cell(id) is { } number && !Cells.IsRounded(number) ? number : given;
                line = 0;
                Order(sheet, sink, orderId, seller);
            }

            line++;
            if (sheet.Cell(title) is { } text)
            {
                var listing = sheet.Cell(sku) is { } code ? code : Taobao.TaobaoItemExport.ListingOf(null, text);
                sink.New("order_items", sheet.Row).With("platform", "shopify").With("order_id", orderId).With("line", Cells.Text(line)).With("listing_id", listing).With("quantity", sheet.Cell(quantity)).With("unit_price", Cells.Money(sheet.Cell(price))).Write();
                sink.New("listings", sheet.Row).With("platform", "shopify").With("listing_id", listing).With("seller_id", seller).With("title", text).Write();
            }
        }
    }

    private static void Order(SheetFile sheet, RowSink sink, string orderId, string seller)
    {
        string? Cell(string column) => sheet.Cell(sheet.At(column));

        var identities = sink.Context.Identities;
        var country = Cell("Shipping Country") ?? Cell("Billing Country");
        var province = Cell("Shipping Province") ?? Cell("Billing Province");
        var home = country is { Length: 2 } ? country.ToUpperInvariant() : "US";
        string? financial = Cell("Financial Status"), fulfilled = Cell("Fulfillment Status");
        var buyer = identities.Email(Cell("Email")) ?? identities.Phone(Cell("Phone"), home);
        var street = string.Join(' ', new[] { country, province, Cell("Shipping City"), Cell("Shipping Zip"), Cell("Shipping Address1"), Cell("Shipping Address2") }.Where(p => p is not null));
        sink.New("orders", sheet.Row)
            .With("platform", "shopify").With("order_id", orderId).With("seller_id", seller).With("buyer_id", buyer).With("created_at", Zoned(Cell("Created at"))).With("paid_at", Zoned(Cell("Paid at")))
            .With("shipped_at", Zoned(Cell("Fulfilled at"))).With("status", StatusOf(financial, fulfilled, Cell("Cancelled at"), sink)).With("amount", Cells.Money(Cell("Total"))).With("currency", Cell("Currency"))
            .With("refunded_amount", Cells.Decimal(Cell("Refunded Amount")) is > 0 and { } back ? Cells.Text(back) : null).With("region", country is { Length: 2 } ? province is null ? country : $"{country}-{province}" : null)
            .With("address_key", Cell("Shipping Address1") is null ? default : identities.Address(street).Key).With("phone_key", identities.Phone(Cell("Shipping Phone"), home) ?? identities.Phone(Cell("Phone"), home))
            .With("fulfilment", Cell("Lineitem requires shipping") is "false" ? "digital" : null)
            .With("memo", Orders.Memo(Cell("Notes"), Cell("Tags"), Cell("Risk Level") is { } risk ? "risk: " + risk : null)).Write();
        if (buyer is not null)
            sink.New("buyers", sheet.Row).With("platform", "shopify").With("buyer_id", buyer).With("phone_key", identities.Phone(Cell("Phone"), home)).Write();
    }

    private static string? StatusOf(string? financial, string? fulfilment, string? cancelled, RowSink sink)
    {
        if (cancelled is not null)
            return "closed";
        var money = OrderStatuses.Of("shopify.financial_status", financial);
        if (money is null && financial is not null)
            sink.Count("warning", "orders", "status " + financial, n => new($"Financial status '{financial}' ({n} times) is not in the table; read as unknown.", $"付款状态“{financial}”（{n} 次）不在对照表中，按未知处理。"));
        var goods = fulfilment is null ? null : OrderStatuses.Of("shopify.fulfillment_status", fulfilment);
        return money == "closed" || goods is null or "paid" ? money : goods;
    }

    /// <summary><c>2021-06-11 10:00:00 +0800</c>: DuckDB wants the offset without a blank and with a colon.</summary>
    private static string? Zoned(string? time) =>
        time is { Length: 25 } && time[19] == ' ' && time[20] is '+' or '-' ? $"{time[..19]}{time[20..23]}:{time[23..]}" : time;
}
