using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.SeventeenTrack;

/// <summary>17TRACK v2: replies and pushes; what it derives (<c>time_metrics</c>, <c>milestone</c>) is not read.</summary>
internal sealed class SeventeenTrackFormat() : TrackFormat("17track")
{
    private static readonly string[] Wrappers = ["", "data.", "data.accepted."];
    private static readonly string[] Inner = ["", "track_info.", "track."];

    protected override Sentence? Recognise(JsonShape shape) =>
        Wrappers.Any(w => shape.Has(w + "number") && Inner.Any(i => shape.Has(w + i + "tracking.providers"))) ? By("17TRACK", "17TRACK", "number", "tracking.providers") : null;

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        if (record.Member("number").ValueKind == JsonValueKind.Undefined)
        {
            foreach (var inner in record.List("data").Concat(record.List("accepted")))
                Map(inner, row, tracks, sink);
            return;
        }

        var info = record.Member("track_info") is { ValueKind: JsonValueKind.Object } i ? i : record.Member("track") is { ValueKind: JsonValueKind.Object } t ? t : record;
        foreach (var provider in info.Member("tracking").List("providers"))
        {
            var events = new List<TrackEvent>();
            foreach (var e in provider.List("events"))
            {
                var code = e.First("sub_status", "stage");
                var place = e.Text("location");
                events.Add(new()
                {
                    Time = e.First("time_utc", "time_iso"),
                    Meaning = ScanActions.OfCode("17track.status", code) ?? ScanActions.OfCode("17track.status", e.Text("stage")) ?? ScanActions.OfCode("17track.legacy", code),
                    Code = code ?? "(none)",
                    Text = e.Text("description"),
                    FacilityId = place,
                    FacilityName = place,
                    FacilityKind = place is null ? null : "centre",
                });
            }

            var name = provider.Text("provider") ?? provider.Member("provider").First("alias", "name", "key") ?? record.Text("carrier") ?? sink.Context.Options.Carrier;
            tracks.Write(row, Carriers.Of("17track", name), record.Text("number"), events);
        }
    }
}
