using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.WeChat;

/// <summary>WeChat's express helper (物流助手): <c>logistics.onPathUpdate</c> and <c>getPath</c>. Its member names are not confirmed; either case is read.</summary>
internal sealed class WeChatExpressFormat() : TrackFormat("wechat")
{
    protected override Sentence? Recognise(JsonShape shape)
    {
        if (shape.Has("waybill_id", "actions.action_type") || shape.Has("waybill_id", "path_item_list.action_type"))
            return By("WeChat's express helper", "微信物流助手", "waybill_id", "actions.action_type");
        return shape.Has("WayBillId", "Actions.ActionType") ? By("WeChat's express helper", "微信物流助手", "WayBillId", "Actions.ActionType") : null;
    }

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        var events = new List<TrackEvent>();
        foreach (var action in record.List("actions").Concat(record.List("path_item_list")).Concat(record.List("Actions")))
        {
            var type = action.First("action_type", "ActionType");
            events.Add(new() { Time = Cells.Epoch(action.First("action_time", "ActionTime")), Meaning = ScanActions.OfCode("wechat.action", type), Code = type, Text = action.First("action_msg", "ActionMsg") });
        }

        tracks.Write(row, Carriers.Of("wechat", record.First("delivery_id", "DeliveryID", "DeliveryId")), record.First("waybill_id", "WayBillId"), events, ("wechat", record.First("order_id", "OrderId")));
    }
}
