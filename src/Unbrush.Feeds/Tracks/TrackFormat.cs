using System.Text.Json;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Tracks;

/// <summary>A JSON format of courier tracks.</summary>
/// <param name="name">The format's name.</param>
internal abstract class TrackFormat(string name) : JsonFormat(name, "scans")
{
    protected override IReadOnlyDictionary<string, Func<string, string>> Select => TrackWriter.Once;

    protected override Action<JsonElement, long> Open(RowSink sink)
    {
        var writer = new TrackWriter(sink);
        return (record, row) => Map(record, row, writer, sink);
    }

    /// <summary>Maps one record.</summary>
    protected abstract void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink);

    /// <summary>A parcel's route, where the feed knows more of it than its scans: written only where the regions are known.</summary>
    protected static void Route(RowSink sink, long row, string? carrier, string? waybill, string? bornAt, string? from, string? to)
    {
        if (carrier is not null && waybill is not null && bornAt is not null && (from ?? to) is not null)
            sink.Context.Routes.Add(new(sink.File.Name, carrier, waybill, bornAt, from, to));
    }
}
