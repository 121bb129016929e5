using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.AfterShip;

/// <summary>AfterShip trackings: one, a list, or the webhook that wraps one.</summary>
internal sealed class AfterShipFormat() : TrackFormat("aftership")
{
    private static readonly string[] Wrappers = ["", "msg.", "data.tracking.", "data.trackings.", "data.", "trackings.", "tracking."];

    protected override Sentence? Recognise(JsonShape shape) =>
        Wrappers.Any(w => shape.Has(w + "tracking_number", w + "slug", w + "checkpoints")) ? By("AfterShip", "AfterShip", "slug", "tracking_number", "checkpoints") : null;

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        if (record.Member("tracking_number").ValueKind == JsonValueKind.Undefined)
        {
            foreach (var wrapper in (string[])["msg", "data", "trackings", "tracking"])
            {
                foreach (var inner in record.List(wrapper))
                    Map(inner, row, tracks, sink);
            }

            return;
        }

        var events = new List<TrackEvent>();
        foreach (var checkpoint in record.List("checkpoints"))
        {
            var code = checkpoint.First("subtag", "tag");
            var city = checkpoint.Text("city");
            var state = checkpoint.Text("state");
            var coordinates = checkpoint.List("coordinates").Select(JsonCells.Text).ToArray();
            events.Add(new()
            {
                Time = checkpoint.Text("checkpoint_time"),
                RecordedAt = checkpoint.Text("created_at"),
                Meaning = ScanActions.OfCode("aftership.tag", code) ?? ScanActions.OfCode("aftership.tag", checkpoint.Text("tag")),
                Code = code,
                Text = checkpoint.Text("message"),
                FacilityId = (city ?? state) is not null ? string.Join(", ", new[] { city, state, checkpoint.Text("country_iso3") }.Where(p => p is not null)) : null,
                FacilityName = city ?? state,
                // A city is all that is known: where parcels pass through it, that is its centre.
                FacilityKind = "centre",
                Region = Regions.Of(state, city),
                Lon = coordinates.Length == 2 ? coordinates[0] : null,
                Lat = coordinates.Length == 2 ? coordinates[1] : null,
            });
        }

        tracks.Write(row, Carriers.Of("aftership", record.Text("slug")), record.Text("tracking_number"), events);
    }
}
