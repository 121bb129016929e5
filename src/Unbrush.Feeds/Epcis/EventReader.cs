using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Epcis;

/// <summary>
/// Reads the events of one file: one scan a parcel named in an event; what was aggregated into a bag or vehicle carries its id. What a parcel's
/// events say first of its carrier, its sender and its recipient holds for the parcel from there on.
/// </summary>
internal sealed partial class EventReader(RowSink sink)
{
    private static readonly Dictionary<string, string> Steps = new(StringComparer.OrdinalIgnoreCase)
    {
        ["shipping"] = "departed", ["departing"] = "departed", ["receiving"] = "arrived", ["arriving"] = "arrived", ["inspecting"] = "inspected", ["storing"] = "stored",
    };

    private readonly TrackWriter _tracks = new(sink);
    private readonly Dictionary<string, Parcel> _parcels = new(StringComparer.Ordinal);

    /// <summary>Reads one event.</summary>
    public void Read(JsonElement e, long row)
    {
        if (e.Text("action") is "DELETE")
        {
            sink.Count("info", "scans", "delete", n => new($"{n} EPCIS events with the action DELETE are no scans; they were left out.", $"有 {n} 个 DELETE 事件不是扫描，未写入。"));
            return;
        }

        var step = Last(e.Text("bizStep"));
        var place = e.Member("readPoint").Text("id") ?? e.Member("bizLocation").Text("id");
        var time = e.Text("eventTime");
        if (time is { Length: >= 19 } && !time.EndsWith('Z') && time.IndexOfAny(['+', '-'], 19) < 0)
            time += e.Text("eventTimeZoneOffset");
        var carrier = e.List("bizTransactionList").Select(t => Last(t.Text("bizTransaction"))).Select(t => Carriers.Known("name", t)).FirstOrDefault(c => c is not null);
        var meaning = step is not null && Steps.TryGetValue(step, out var action) ? new ScanMeaning(action, null, null, false) : (ScanMeaning?)null;
        List<(string? Type, string? Id)> sources = [.. e.List("sourceList").Select(s => (Last(s.Text("type")), s.Text("source")))],
            destinations = [.. e.List("destinationList").Select(d => (Last(d.Text("type")), d.Text("destination")))];
        // Who holds the goods on the way may be the courier: only the owner, else the place, tells whose they are.
        string? sender = Of(sources, "owning_party") ?? Of(sources, "location"), recipient = Of(destinations, "owning_party");
        var next = Of(destinations, "location") ?? destinations.FirstOrDefault(d => d is { Type: not ("owning_party" or "possessing_party"), Id: not null }).Id;
        var parcels = e.Member("epcList").ValueKind == JsonValueKind.Array ? e.List("epcList") : e.List("childEPCs");
        foreach (var parcel in parcels)
        {
            var waybill = JsonCells.Text(parcel) is { } id ? Last(id) : null;
            _tracks.Write(row, CarrierOf(waybill, carrier, time, sender, recipient), waybill,
            [
                new()
                {
                    Time = time,
                    RecordedAt = e.Text("recordTime"),
                    Meaning = meaning,
                    Code = step ?? "(no bizStep)",
                    FacilityId = place,
                    FacilityName = place,
                    FacilityKind = place is null ? null : "centre",
                    Next = next,
                    Vehicle = e.Text("parentID"),
                    WeightG = Mass(e),
                },
            ]);
        }

        static string? Of(List<(string? Type, string? Id)> list, string type) => list.FirstOrDefault(p => p.Type == type).Id;
    }

    /// <summary>Adds to what is known of a parcel.</summary>
    /// <returns>Its carrier.</returns>
    private string? CarrierOf(string? waybill, string? carrier, string? time, string? sender, string? recipient)
    {
        var standard = Carriers.Of("name", sink.Context.Options.Carrier ?? "epcis");
        if (waybill is null)
            return carrier ?? standard;
        var old = _parcels.GetValueOrDefault(waybill);
        var now = new Parcel(
            old.Carrier ?? carrier, IsEarlier(time, old.BornAt) ? time : old.BornAt,
            old.Sender ?? KeyOf(sender), old.Recipient ?? KeyOf(recipient));
        _parcels[waybill] = now;
        // The last that is said of a parcel's route is what stays.
        if (now != old && (now.Sender ?? now.Recipient) is not null && now.BornAt is { } born)
            sink.Context.Routes.Add(new(sink.File.Name, now.Carrier ?? standard!, waybill, born, null, null, now.Sender, now.Recipient));
        return now.Carrier ?? standard;
    }

    private string? KeyOf(string? party) => party is null ? null : sink.Context.Identities.Other(Gln(party));

    /// <summary>
    /// The global location number of a party or place, so that it is the same however it is written: <c>urn:epc:id:pgln:4012345.00001</c> has it
    /// without its check digit and with a point in it, <c>https://id.gs1.org/417/4012345000016</c> as it is. What is neither stays as it stands.
    /// </summary>
    internal static string Gln(string party)
    {
        if (Urn().Match(party) is { Success: true } urn && urn.Groups[1].Value + urn.Groups[2].Value is { Length: 12 } body)
            return body + CheckDigits.Of("mod10_x3_odd", body);
        return Link().Match(party) is { Success: true } link ? link.Groups[1].Value : party;
    }

    private static bool IsEarlier(string? time, string? than) =>
        than is null || (DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var a) && DateTimeOffset.TryParse(than, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var b) && a < b);

    private static string? Mass(JsonElement e)
    {
        foreach (var element in e.List("sensorElementList"))
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

    /// <summary>The last word of a URN, a web vocabulary name (<c>BizStep-shipping</c>, <c>SDT-location</c>) or a bare word; an SSCC keeps its dots.</summary>
    private static string? Last(string? name)
    {
        if (name is null)
            return null;
        var at = name.LastIndexOfAny([':', '/']);
        var last = at >= 0 ? name[(at + 1)..] : name;
        return last.StartsWith("BizStep-", StringComparison.Ordinal) ? last[8..] : last.StartsWith("SDT-", StringComparison.Ordinal) ? last[4..] : last;
    }

    [GeneratedRegex(@"^urn:epc:id:[ps]gln:(\d{6,12})\.(\d{0,6})(?:\.|$)")]
    private static partial Regex Urn();

    [GeneratedRegex(@"/41[47]/(\d{13})(?:/|\?|$)")]
    private static partial Regex Link();

    private readonly record struct Parcel(string? Carrier, string? BornAt, string? Sender, string? Recipient);
}
