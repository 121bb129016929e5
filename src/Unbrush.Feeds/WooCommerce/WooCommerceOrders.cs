using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.WooCommerce;

/// <summary>WooCommerce's REST v3 orders. Its <c>_gmt</c> times are UTC without saying so.</summary>
internal sealed class WooCommerceOrders() : JsonFormat("woocommerce", "orders")
{
    private string _seller = "";

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => Orders.ListingsOnce;

    protected override Sentence? Recognise(JsonShape shape) =>
        shape.Has("date_created_gmt", "customer_id", "line_items") ? By("WooCommerce's REST v3 orders", "WooCommerce REST v3 订单", "date_created_gmt", "customer_id", "line_items") : null;

    protected override Action<JsonElement, long> Open(RowSink sink)
    {
        _seller = sink.Context.SellerOf(sink.File);
        sink.New("sellers", 1).With("platform", "woocommerce").With("seller_id", _seller).Write();
        return (order, row) => Map(order, row, sink);
    }

    private void Map(JsonElement order, long row, RowSink sink)
    {
        var identities = sink.Context.Identities;
        JsonElement billing = order.Member("billing"), shipping = order.Member("shipping");
        var country = shipping.Text("country") ?? billing.Text("country");
        var state = shipping.Text("state") ?? billing.Text("state");
        var customer = order.Text("customer_id");
        var buyer = customer is null or "0" ? identities.Email(billing.Text("email")) : customer;
        var status = order.Text("status");
        var ours = OrderStatuses.Of("woocommerce.status", status);
        if (ours is null && status is not null)
            Orders.NoteStatus(sink, status);
        var id = order.Text("id");
        var refunded = order.List("refunds").Select(r => Cells.Decimal(r.Text("total"))).Where(t => t is not null).Sum(t => Math.Abs(t!.Value));
        var address = string.Join(' ', new[] { country, state, shipping.Text("city"), shipping.Text("postcode"), shipping.Text("address_1"), shipping.Text("address_2") }.Where(p => p is not null));
        sink.New("orders", row)
            .With("platform", "woocommerce").With("order_id", id).With("seller_id", _seller).With("buyer_id", buyer).With("created_at", Gmt(order.Text("date_created_gmt"))).With("paid_at", Gmt(order.Text("date_paid_gmt")))
            .With("completed_at", Gmt(order.Text("date_completed_gmt"))).With("updated_at", Gmt(order.Text("date_modified_gmt"))).With("status", ours).With("amount", Cells.Money(order.Text("total"))).With("currency", order.Text("currency"))
            .With("ip_key", identities.Other(order.Text("customer_ip_address"))).With("phone_key", identities.Phone(billing.Text("phone"), country is { Length: 2 } ? country : "US"))
            .With("address_key", shipping.Text("address_1") is null ? default : identities.Address(address).Key).With("region", country is { Length: 2 } ? state is null ? country : $"{country}-{state}" : null)
            .With("refunded_amount", refunded > 0 ? Cells.Text(refunded) : null).With("memo", Orders.Memo(order.Text("customer_note"))).Write();
        if (buyer is not null)
            sink.New("buyers", row).With("platform", "woocommerce").With("buyer_id", buyer).Write();
        var line = 0;
        foreach (var item in order.List("line_items"))
        {
            line++;
            sink.New("order_items", row).With("platform", "woocommerce").With("order_id", id).With("line", Cells.Text(line)).With("listing_id", item.Text("product_id")).With("quantity", item.Text("quantity"))
                .With("unit_price", Rounded(item.Text("price"))).Write();
            if (item.Text("product_id") is { } listing)
                sink.New("listings", row).With("platform", "woocommerce").With("listing_id", listing).With("seller_id", _seller).With("title", item.Text("name")).Write();
        }
    }

    private static string? Gmt(string? time) => time is null || time.EndsWith('Z') || time.Length < 19 ? time : time[..19] + "Z";

    /// <summary>A price is a binary fraction with many digits here.</summary>
    private static string? Rounded(string? price) => Cells.Decimal(price) is { } p ? Cells.Text(decimal.Round(p, 4)) : price;
}
