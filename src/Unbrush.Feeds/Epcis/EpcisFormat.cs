using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Epcis;

/// <summary>GS1 EPCIS 2.0 in JSON: documents, answers to queries, and bare events.</summary>
internal sealed class EpcisFormat() : JsonFormat("epcis", "scans")
{
    protected override IReadOnlyDictionary<string, Func<string, string>> Select => TrackWriter.Once;

    protected override Sentence? Recognise(JsonShape shape)
    {
        if (shape.Has("epcisBody"))
            return By("a GS1 EPCIS document", "GS1 EPCIS 文档", "epcisBody");
        return shape.Has("eventTime", "bizStep") ? By("GS1 EPCIS events", "GS1 EPCIS 事件", "eventTime", "bizStep") : null;
    }

    protected override Action<JsonElement, long> Open(RowSink sink)
    {
        var events = new EventReader(sink);
        return (record, row) =>
        {
            var body = record.Member("epcisBody");
            if (body.ValueKind != JsonValueKind.Object)
            {
                events.Read(record, row);
                return;
            }

            foreach (var e in body.List("eventList").Concat(body.Member("queryResults").Member("resultsBody").List("eventList")).Concat(body.List("event")))
                events.Read(e, row);
        };
    }
}
