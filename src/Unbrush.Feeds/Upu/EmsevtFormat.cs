using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Cainiao;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Upu;

/// <summary>UPU EMSEVT events as JSON. The carrier is <c>upu-</c> and the country of origin, such as <c>upu-cn</c>.</summary>
internal sealed class EmsevtFormat() : TrackFormat("upu.emsevt")
{
    protected override Sentence? Recognise(JsonShape shape) =>
        shape.Has("Events.EventCd", "Events.EventDT") ? By("UPU EMSEVT", "万国邮联 EMSEVT", "Events.EventCd", "Events.EventDT") : null;

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        string? origin = CainiaoGlobalFormat.Country(record.Text("OriginCountryCd")), destination = CainiaoGlobalFormat.Country(record.Text("DestinationCountryCd"));
        var carrier = origin is null ? "upu" : "upu-" + origin.ToLowerInvariant();
        var events = new List<TrackEvent>();
        foreach (var e in record.List("Events"))
        {
            var code = e.Text("EventCd");
            var place = e.Text("EventLocation");
            events.Add(new()
            {
                Time = e.Text("EventDT"),
                Meaning = ScanActions.OfCode("upu.emsevt", code),
                Code = code,
                FacilityId = place,
                FacilityName = place,
                FacilityKind = place is null ? null : code is "EMG" or "EMH" or "EMI" or "EDG" or "EDF" ? "outlet" : code is "EDH" ? "station" : "centre",
            });
        }

        tracks.Write(row, carrier, record.Text("ID"), events);
        Route(sink, row, carrier, record.Text("ID"), events.Min(e => e.Time), origin, destination);
    }
}
