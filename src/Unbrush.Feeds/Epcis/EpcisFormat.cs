using System.Globalization;
using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Epcis;

/// <summary>GS1 EPCIS 2.0 in JSON: one scan a parcel named in an event; what was aggregated into a bag or vehicle carries its id.</summary>
internal sealed class EpcisFormat : TrackFormat
{
    private static readonly Dictionary<string, string> Steps = new(StringComparer.OrdinalIgnoreCase)
    {
        ["shipping"] = "departed", ["departing"] = "departed", ["receiving"] = "arrived", ["arriving"] = "arrived", ["inspecting"] = "inspected", ["storing"] = "stored",
    };

    public override string Name => "epcis";

    protected override Sentence? Recognise(JsonShape shape)
    {
        if (shape.Has("epcisBody"))
            return By("a GS1 EPCIS document", "GS1 EPCIS 文档", "epcisBody");
        return shape.Has("eventTime", "bizStep") ? By("GS1 EPCIS events", "GS1 EPCIS 事件", "eventTime", "bizStep") : null;
    }

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        var body = record.Member("epcisBody");
        if (body.ValueKind == JsonValueKind.Object)
        {
            foreach (var e in body.List("eventList").Concat(body.Member("queryResults").Member("resultsBody").List("eventList")).Concat(body.List("event")))
                Map(e, row, tracks, sink);
            return;
        }

        if (record.Text("action") is "DELETE")
        {
            sink.Count("info", "scans", "delete", n => new($"{n} EPCIS events with the action DELETE are no scans; they were left out.", $"有 {n} 个 DELETE 事件不是扫描，未写入。"));
            return;
        }

        var step = Last(record.Text("bizStep"));
        var place = record.Member("readPoint").Text("id") ?? record.Member("bizLocation").Text("id");
        var next = record.List("destinationList").Select(d => d.Text("destination")).FirstOrDefault(d => d is not null);
        var time = record.Text("eventTime");
        if (time is { Length: >= 19 } && !time.EndsWith('Z') && time.IndexOfAny(['+', '-'], 19) < 0)
            time += record.Text("eventTimeZoneOffset");
        var carrier = record.List("bizTransactionList").Select(t => Last(t.Text("bizTransaction"))).FirstOrDefault(t => Carriers.Known("name", t) is not null);
        var meaning = step is not null && Steps.TryGetValue(step, out var action) ? new ScanMeaning(action, null, null, false) : (ScanMeaning?)null;
        var parcels = record.Member("epcList").ValueKind == JsonValueKind.Array ? record.List("epcList") : record.List("childEPCs");
        foreach (var parcel in parcels)
        {
            tracks.Write(row, Carriers.Of("name", carrier ?? sink.Context.Options.Carrier ?? "epcis"), JsonCells.Text(parcel) is { } id ? Last(id) : null,
            [
                new()
                {
                    Time = time,
                    RecordedAt = record.Text("recordTime"),
                    Meaning = meaning,
                    Code = step ?? "(no bizStep)",
                    FacilityId = place,
                    FacilityName = place,
                    FacilityKind = place is null ? null : "centre",
                    Next = next,
                    Vehicle = record.Text("parentID"),
                    WeightG = Mass(record),
                },
            ]);
        }
    }

    private static string? Mass(JsonElement record)
    {
        foreach (var element in record.List("sensorElementList"))
        {
            foreach (var report in element.List("sensorReport"))
            {
                if (Last(report.Text("type")) is not ("Mass" or "mass") || !decimal.TryParse(report.Text("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                    continue;
                decimal? grams = report.Text("uom") switch { "KGM" => value * 1000, "GRM" => value, "LBR" => value * 453.59237m, _ => null };
                if (grams is { } g)
                    return decimal.Round(g, 2).ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>The last word of a URN, a web vocabulary name or a bare word; an SSCC keeps its dots.</summary>
    private static string? Last(string? name)
    {
        if (name is null)
            return null;
        var at = name.LastIndexOfAny([':', '/']);
        var last = at >= 0 ? name[(at + 1)..] : name;
        return last.StartsWith("BizStep-", StringComparison.Ordinal) ? last[8..] : last;
    }
}
