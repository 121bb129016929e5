using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.CarrierFeeds;

/// <summary>SF's routes: <c>mailNo</c> with a list of <c>routes</c>, or one route a record.</summary>
internal sealed class SfRouteFormat() : TrackFormat("sf")
{
    private static readonly string[] Wrappers = ["", "msgData.routeResps.", "routeResps.", "data.", "body.WaybillRoute.", "Body.WaybillRoute.", "WaybillRoute."];

    protected override Sentence? Recognise(JsonShape shape)
    {
        foreach (var w in Wrappers)
        {
            foreach (var number in (string[])["mailNo", "mailno"])
            {
                if (shape.Has(w + number) && ((string[])["opCode", "opcode", "routes.opCode", "routes.opcode"]).Any(c => shape.Has(w + c)))
                    return By("SF's routes", "顺丰路由", number, "opCode");
            }
        }

        return null;
    }

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        if (record.First("mailNo", "mailno") is not { } waybill)
        {
            foreach (var wrapper in (string[])["msgData", "routeResps", "data", "body", "Body", "WaybillRoute"])
            {
                foreach (var inner in record.List(wrapper))
                    Map(inner, row, tracks, sink);
            }

            return;
        }

        var events = new List<TrackEvent>();
        foreach (var route in record.Member("routes").ValueKind == JsonValueKind.Array ? record.List("routes") : [record])
        {
            var code = route.First("opCode", "opcode");
            var why = route.Text("stayWhyCode");
            var place = route.First("zoneCode", "acceptAddress");
            events.Add(new()
            {
                Time = Cells.Time(route.First("acceptTime", "scanDateTime")),
                Meaning = ScanActions.OfCode("sf.opcode", code),
                Code = why is null ? code : $"{code}, stayWhyCode {why}",
                Text = route.Text("remark"),
                FacilityId = place,
                FacilityName = route.First("acceptAddress", "zoneCode"),
                FacilityKind = place is null ? null : TraceText.KindOf(place),
            });
        }

        tracks.Write(row, "sf", waybill, events);
    }
}
