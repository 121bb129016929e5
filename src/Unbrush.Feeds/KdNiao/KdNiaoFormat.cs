using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.KdNiao;

/// <summary>KDNiao: the official reply and push, and a reseller's wrapper that spells the same members in lower case and lists newest first.</summary>
internal sealed class KdNiaoFormat() : TrackFormat("kdniao")
{
    protected override Sentence? Recognise(JsonShape shape)
    {
        if (shape.Has("LogisticCode", "Traces.AcceptStation") || shape.Has("Data.LogisticCode", "Data.Traces.AcceptStation"))
            return By("KDNiao", "快递鸟", "LogisticCode", "Traces.AcceptStation");
        return shape.Has("outWaybillNo", "traces.acceptStation") ? By("a reseller's wrapper of KDNiao", "快递鸟转售接口", "outWaybillNo", "traces.acceptStation") : null;
    }

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        if (record.Member("Data").ValueKind == JsonValueKind.Array)
        {
            foreach (var one in record.List("Data"))
                Map(one, row, tracks, sink);
            return;
        }

        if (record.Member("outWaybillNo").ValueKind == JsonValueKind.String)
            Track(record, row, tracks, Carriers.Of("kdniao", record.Text("carrierCode")), record.Text("outWaybillNo"), "traces", "acceptTime", "acceptStation", "action", "location");
        else
            Track(record, row, tracks, Carriers.Of("kdniao", record.Text("ShipperCode")), record.Text("LogisticCode"), "Traces", "AcceptTime", "AcceptStation", "Action", "Location");
    }

    private static void Track(JsonElement record, long row, TrackWriter tracks, string? carrier, string? waybill, string list, string time, string text, string action, string location)
    {
        var events = new List<TrackEvent>();
        foreach (var trace in record.List(list))
        {
            // The reseller's state 5 is "out for delivery" with action 202: the action is to be trusted.
            var code = trace.Text(action);
            var state = code is null ? trace.First("StateEx", "State", "state") : null;
            events.Add(new()
            {
                Time = Cells.Time(trace.Text(time)),
                Meaning = code is not null ? ScanActions.OfCode("kdniao.action", code) : ScanActions.OfCode("kdniao.action", state) ?? ScanActions.OfCode("kdniao.state", state),
                Code = code ?? state,
                Text = trace.Text(text),
                City = trace.Text(location),
            });
        }

        tracks.Write(row, carrier, waybill, events);
    }
}
