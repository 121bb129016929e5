using System.Text.Json;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Taobao;

namespace Unbrush.Feeds.Top;

/// <summary>Trades, refunds and reviews of Taobao's open platform → rows.</summary>
internal sealed class TopTrades(RowSink sink)
{
    /// <summary>One trade.</summary>
    public void Trade(JsonElement trade, long row)
    {
        var identities = sink.Context.Identities;
        var tid = trade.First("tid_str", "tid");
        var lines = trade.Member("orders").List("order").OrderBy(o => o.First("oid_str", "oid") is { } oid ? oid.PadLeft(20, '0') : "", StringComparer.Ordinal).ToList();
        var seller = trade.Text("seller_nick") ?? sink.Context.Options.Seller;
        var status = trade.Text("status");
        var ours = OrderStatuses.Of("taobao.trade.status", status);
        if (ours is null && status is not null)
            Orders.NoteStatus(sink, status);
        var platform = PlatformOf(lines);
        var nick = trade.Text("buyer_nick");
        var address = identities.Address(string.Join(' ', new[] { trade.Text("receiver_state"), trade.Text("receiver_city"), trade.Text("receiver_district"), trade.Text("receiver_town"), trade.Text("receiver_address") }.Where(p => p is not null)));
        var region = Regions.Of(trade.Text("receiver_state"), trade.Text("receiver_city"), trade.Text("receiver_district")) ?? address.Region;
        var detail = trade.Text("receiver_address");
        var addressKey = detail is null || detail.StartsWith('~') ? default : address.Key;
        if (addressKey.IsEmpty && trade.Text("oaid") is { } oaid)
        {
            addressKey = sink.Context.Pseudonyms.Of("oaid/" + oaid);
            sink.Count("info", "orders", "oaid", n => new($"In {n} orders the address is encrypted; the platform's oaid stands for it (its sameness within one shop is not confirmed).", $"有 {n} 个订单的地址已加密，以平台的 oaid 代替（同店一致性未经证实）。"));
        }

        var changed = trade.Text("ti_modify_address_time") ?? lines.Select(l => l.Text("ti_modify_address_time")).FirstOrDefault(t => t is not null);
        if (changed is not null || lines.Exists(l => l.Text("modify_address") is not null))
            sink.Count("info", "orders", "changed", n => new($"In {n} orders the buyer changed the address.", $"有 {n} 个订单的买家修改了地址。"));
        var paid = Cells.Time(trade.Text("pay_time"));
        var created = Cells.Time(trade.Text("created"));
        var promised = trade.Text("step_trade_status") is not null ? trade.First("send_time", "est_con_time") : trade.Text("send_time");
        sink.New("orders", row)
            .With("platform", platform).With("order_id", tid).With("seller_id", seller)
            .With("buyer_id", trade.Text("buyer_open_uid") ?? identities.Account(nick)).With("created_at", created).With("paid_at", paid)
            .With("shipped_at", Cells.Time(trade.Text("consign_time"))).With("updated_at", Cells.Time(trade.Text("modified")))
            // The end of a closed trade is its closing, no completion.
            .With("completed_at", status == "TRADE_FINISHED" ? Cells.Time(trade.Text("end_time")) : null)
            .With("status", ours).With("amount", Cells.Money(trade.Text("payment"))).With("fulfilment", FulfilmentOf(trade, lines))
            .With("source", trade.Text("trade_from")?.Contains("JHS", StringComparison.Ordinal) == true ? "campaign" : null).With("promised_at", Cells.Time(promised))
            .With("payer_key", identities.Account(trade.Text("buyer_alipay_no"))).With("phone_key", identities.Phone(trade.Text("receiver_mobile")) ?? identities.Phone(trade.Text("receiver_phone")))
            .With("address_key", addressKey).With("address_kind", address.Kind).With("region", region).With("address_changed_at", Cells.Time(changed)).With("memo", MemoOf(trade)).Write();
        if (seller is not null)
            sink.New("sellers", row).With("platform", platform).With("seller_id", seller).With("name", seller).Write();
        if (trade.Text("alipay_no") is { } payment && paid is not null)
        {
            if (identities.Account(trade.Text("buyer_alipay_no")) is { } payer && seller is not null)
            {
                sink.New("payments", row).With("payment_id", payment).With("paid_at", paid).With("payer_key", payer).With("payee_key", TaobaoOrderExport.PayeeOf(sink.Context, seller))
                    .With("amount", Cells.Money(trade.Text("payment"))).With("kind", "order").With("platform", platform).With("order_id", tid).Write();
            }
            else
                sink.Bar("payments", row, "buyer_alipay_no", "", new("an account of the payer that is masked or missing", "是被遮蔽或缺失的付款账号"));
        }

        var numbers = new HashSet<(string?, string)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            sink.New("order_items", row).With("platform", platform).With("order_id", tid).With("line", Cells.Text(i + 1)).With("listing_id", line.Text("num_iid")).With("quantity", line.Text("num"))
                .With("unit_price", Cells.Money(line.Text("price"))).Write();
            if (line.Text("num_iid") is { } listing && seller is not null)
                sink.New("listings", row).With("platform", platform).With("listing_id", listing).With("seller_id", seller).With("title", line.Text("title")).With("category", line.Text("cid")).Write();
            var carrier = Carriers.Of("name", line.Text("logistics_company"));
            ReadOnlySpan<char> given = line.Text("invoice_no");
            while (Parcels.NextNumber(ref given, out var number))
            {
                if (numbers.Add((carrier, number.ToString())))
                    Parcels.Write(sink, row, carrier, number, Cells.Time(line.First("consign_time") ?? trade.Text("consign_time")) ?? paid ?? created, platform, tid ?? "", region);
            }
        }
    }

    /// <summary>One refund.</summary>
    public void Refund(JsonElement refund, long row)
    {
        string? tid = refund.Text("tid"), status = refund.Text("status"), id = refund.Text("refund_id"), seller = refund.Text("seller_nick") ?? sink.Context.Options.Seller;
        var at = Cells.Time(refund.Text("modified"));
        if (status == "SUCCESS")
        {
            sink.Context.Refunds.Add(new(sink.File.Name, "taobao", tid, Cells.Decimal(refund.Text("refund_fee")), at, refund.Text("reason")));
            var buyer = sink.Context.Identities.Account(refund.Text("buyer_nick"));
            if (buyer is not null && seller is not null)
            {
                sink.New("payments", row).With("payment_id", id).With("paid_at", at).With("payer_key", sink.Context.Pseudonyms.Of("taobao/seller/" + seller)).With("payee_key", buyer)
                    .With("amount", Cells.Money(refund.Text("refund_fee"))).With("kind", "refund").With("platform", "taobao").With("order_id", tid).Write();
            }
            else
                sink.Bar("payments", row, "buyer_nick", "", new("an account of the buyer that is masked or missing", "是被遮蔽或缺失的买家账号"));
        }
        else if (OrderStatuses.Of("taobao.refund.status", status) is null)
            sink.Count("warning", "orders", "refund " + status, n => new($"Refund status '{status}' ({n} times) is not in the table; it changes nothing.", $"退款状态“{status}”（{n} 次）不在对照表中，不作改动。"));

        if (refund.Text("good_status") == "BUYER_NOT_RECEIVED")
        {
            sink.New("reports", row).With("report_id", "taobao/refund/" + id).With("reported_at", Cells.Time(refund.First("created", "modified"))).With("kind", "not_received").With("subject_kind", "order")
                .With("subject_platform", "taobao").With("subject_id", tid).With("reporter", "recipient").With("text", Cells.WithoutPhones(refund.Text("reason"))).Write();
        }

        if (refund.Text("sid") is { } waybill)
        {
            // The parcel that goes back is no proof that one came: it is not linked to the order.
            var carrier = Carriers.Of("name", refund.Text("company_name")) ?? "unknown";
            sink.New("parcels", row).With("carrier", carrier).With("waybill_no", waybill).With("created_at", Cells.Time(refund.First("good_return_time", "created"))).With("remark", "return").Write();
            if (refund.Text("dispute_type") is "TMALL_EXCHANGE" or "TAOBAO_EXCHANGE" or "RESHIPPING")
                sink.New("registers", row).With("kind", "replacement").With("scope", carrier).With("id", waybill).With("valid_from", Cells.Time(refund.Text("created"))).With("note", refund.Text("dispute_type")).Write();
        }
    }

    /// <summary>One review.</summary>
    public void Rate(JsonElement rate, long row)
    {
        if (rate.Text("role") != "buyer")
        {
            sink.Count("info", "reviews", "role", n => new($"{n} reviews are by sellers; they were left out.", $"有 {n} 条评价由卖家给出，未写入。"));
            return;
        }

        if (rate.Text("valid_score") == "false")
            sink.Count("info", "reviews", "valid", n => new($"{n} reviews are not counted by the platform (valid_score).", $"有 {n} 条评价不计入平台评分。"));
        var result = rate.Text("result");
        var rating = result switch { "good" => "5", "neutral" => "3", "bad" => "1", _ => result };
        sink.New("reviews", row)
            .With("platform", "taobao").With("review_id", rate.First("oid", "tid")).With("order_id", rate.Text("tid")).With("listing_id", rate.Text("num_iid"))
            .With("buyer_id", sink.Context.Identities.Account(rate.Text("nick"))).With("reviewed_at", Cells.Time(rate.Text("created"))).With("rating", rating).With("text", Cells.WithoutPhones(rate.Text("content"))).Write();
    }

    private static string PlatformOf(List<JsonElement> lines) => lines.Exists(l => l.Text("seller_type") == "B") ? "tmall" : "taobao";

    private static string? FulfilmentOf(JsonElement trade, List<JsonElement> lines)
    {
        if (trade.Text("shipping_type") == "virtual" || trade.Text("type") is "auto_delivery" or "game_equipment")
            return "digital";
        if (trade.Member("eticket_ext").ValueKind is JsonValueKind.String or JsonValueKind.Object || lines.Exists(l => l.Text("is_service_order") == "true"))
            return "service";
        return trade.Text("o2o_delivery") == "inshop" ? "pickup" : null;
    }

    private static string? MemoOf(JsonElement trade)
    {
        var flag = trade.Text("seller_flag") is { Length: 1 } f && f[0] is >= '1' and <= '5' ? "flag=" + f : null;
        return Orders.Memo(flag, trade.Text("seller_memo"), trade.Text("buyer_message"));
    }
}
