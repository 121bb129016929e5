using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Top;

/// <summary>
/// JSON of Taobao's open platform: trades, refunds, reviews and traces, each as the call's reply wraps it or bare.
/// Of a trade's times, <c>collect_time</c>, <c>dispatch_time</c>, <c>sign_time</c> and <c>delivery_time</c> are the latest permitted and no events.
/// </summary>
internal sealed class TopFormat() : JsonFormat("taobao.top", "orders")
{
    protected override IReadOnlyDictionary<string, Func<string, string>> Select { get; } = new Dictionary<string, Func<string, string>>(Orders.ListingsOnce)
    {
        // An anonymous review's nick is masked; its order knows the buyer.
        ["reviews"] = Taobao.TmallOrders.Resolve("platform", "order_id", ", coalesce(t.buyer_id, o.buyer_id, p.buyer_id) AS buyer_id"),
        ["reports"] = Taobao.TmallOrders.Resolve("subject_platform", "subject_id"),
        ["parcel_orders"] = Taobao.TmallOrders.Resolve("platform", "order_id"),
        ["facilities"] = TrackWriter.Once["facilities"],
        ["sellers"] = from => $"SELECT platform, seller_id, min(name) AS name, min(opened_at) AS opened_at, min(category) AS category, min(region) AS region, min(owner_key) AS owner_key, min(file_row) AS file_row FROM {from} GROUP BY platform, seller_id ORDER BY file_row",
    };

    protected override Sentence? Recognise(JsonShape shape)
    {
        if (((string[])["", "trade.", "trade_fullinfo_get_response.trade.", "trade_get_response.trade.", "trades_sold_get_response.trades.trade."]).Any(w => shape.Has(w + "tid", w + "orders.order")))
            return By("a trade of Taobao's open platform", "淘宝开放平台交易", "tid", "orders.order");
        if (shape.Has("traderates_get_response") || ((string[])["", "trade_rates.trade_rate."]).Any(w => shape.Has(w + "oid", w + "result", w + "role")))
            return By("reviews of Taobao's open platform", "淘宝开放平台评价", "oid", "result", "role");
        if (shape.Has("refund_get_response") || shape.Has("refunds_receive_get_response") || ((string[])["", "refund."]).Any(w => shape.Has(w + "refund_id", w + "tid")))
            return By("a refund of Taobao's open platform", "淘宝开放平台退款", "refund_id", "tid");
        return ((string[])["", "logistics_trace_search_response."]).Any(w => shape.Has(w + "trace_list.transit_step_info", w + "out_sid")) ? By("a trace of Taobao's open platform", "淘宝开放平台物流轨迹", "out_sid", "trace_list.transit_step_info") : null;
    }

    protected override Action<JsonElement, long> Open(RowSink sink)
    {
        var trades = new TopTrades(sink);
        var tracks = new TrackWriter(sink);
        return (record, row) => Map(record, row, sink, trades, tracks, 0);
    }

    private static void Map(JsonElement record, long row, RowSink sink, TopTrades trades, TrackWriter tracks, int depth)
    {
        if (record.Member("orders").Member("order").ValueKind == JsonValueKind.Array)
            trades.Trade(record, row);
        else if (record.Member("trace_list").ValueKind == JsonValueKind.Object)
            Trace(record, row, tracks);
        else if (record.Text("refund_id") is not null)
            trades.Refund(record, row);
        else if (record.Text("role") is not null && record.Text("result") is not null)
            trades.Rate(record, row);
        else if (record.ValueKind == JsonValueKind.Object && depth < 4)
        {
            foreach (var member in record.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var inner in member.Value.EnumerateArray())
                        Map(inner, row, sink, trades, tracks, depth + 1);
                }
                else if (member.Value.ValueKind == JsonValueKind.Object)
                    Map(member.Value, row, sink, trades, tracks, depth + 1);
            }
        }
    }

    private static void Trace(JsonElement record, long row, TrackWriter tracks)
    {
        var events = new List<TrackEvent>();
        foreach (var step in record.Member("trace_list").List("transit_step_info"))
        {
            var action = step.Text("action");
            events.Add(new() { Time = Cells.Time(step.Text("status_time")), Meaning = ScanActions.OfCode("cainiao.action", action), Code = action, Text = step.Text("status_desc") });
        }

        tracks.Write(row, Carriers.Of("name", record.Text("company_name")), record.Text("out_sid"), events, ("taobao", record.Text("tid")));
    }
}
