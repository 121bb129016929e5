using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tracks;

/// <summary>One event of a track as a feed gives it.</summary>
internal sealed class TrackEvent
{
    public string? Time { get; set; }

    public ScanMeaning? Meaning { get; set; }

    /// <summary>The code or status word, for the note where it is unlisted.</summary>
    public string? Code { get; set; }

    public string? Text { get; set; }

    public string? City { get; set; }

    public string? FacilityId { get; set; }

    public string? FacilityName { get; set; }

    public string? FacilityKind { get; set; }

    public string? Region { get; set; }

    public string? Lat { get; set; }

    public string? Lon { get; set; }

    public string? OperatorPhone { get; set; }

    public string? OperatorId { get; set; }

    public string? WeightG { get; set; }

    public string? RecordedAt { get; set; }

    public string? Vehicle { get; set; }

    public string? Next { get; set; }

    public string? Signer { get; set; }
}

/// <summary>
/// Writes tracks: puts events in order, joins what the code says with what the sentence says, names facilities, and drops what
/// says nothing about place, counting it.
/// </summary>
/// <param name="sink">Where the rows go.</param>
internal sealed class TrackWriter(RowSink sink)
{
    private const int MostRemembered = 1 << 18;

    private readonly HashSet<(string Carrier, string Id, string? Name, string? Region, string? City)> _facilities = [];
    private readonly Dictionary<string, string?> _nextIds = new(StringComparer.Ordinal);

    /// <summary>How one facility that many scans name becomes one row.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Once { get; } = new Dictionary<string, Func<string, string>>
    {
        ["facilities"] = from => $"""
            SELECT carrier, facility_id, min(name) AS name, min(kind) AS kind, max(region) AS region, min(lat) AS lat, min(lon) AS lon, min(parent_id) AS parent_id,
                   min(delivers_to) AS delivers_to, min(model) AS model, min(opened_at) AS opened_at, min(file_row) AS file_row
            FROM {from} GROUP BY carrier, facility_id ORDER BY carrier, facility_id
            """,
        ["parcels"] = Parcels.Once["parcels"],
    };

    /// <summary>Writes one parcel's track.</summary>
    /// <param name="row">The record's number.</param>
    /// <param name="carrier">The carrier's short name.</param>
    /// <param name="waybill">The number.</param>
    /// <param name="events">The events in the feed's order; newest first is turned round.</param>
    /// <param name="order">The platform and order it belongs to, where the feed says.</param>
    public void Write(long row, string? carrier, string? waybill, List<TrackEvent> events, (string Platform, string? Id) order = default)
    {
        if (carrier is null || waybill is null)
        {
            sink.Refuse("scans", row, carrier is null ? "carrier" : "waybill_no", "", new("a value is required here", "此处必须有值"));
            return;
        }

        Parcels.NoteOdd(sink, carrier, waybill);
        if (events.Count > 1 && string.CompareOrdinal(events[0].Time, events[^1].Time) > 0)
            events.Reverse();
        var readings = new TraceReading[events.Count];
        var sorted = events.Select((e, i) => (e, i)).OrderBy(p => p.e.Time, StringComparer.Ordinal).ThenBy(p => p.i).Select(p => p.e).ToList();
        for (var i = 0; i < sorted.Count; i++)
            readings[i] = TraceText.Read(sorted[i].Text);
        _nextIds.Clear();
        var wasStored = false;
        var ids = new string?[sorted.Count];
        for (var i = 0; i < sorted.Count; i++)
        {
            ids[i] = sorted[i].FacilityId ?? TraceText.IdOf(readings[i].Facility, readings[i].City ?? sorted[i].City);
            if (readings[i].Facility is { } name && ids[i] is { } id)
                _nextIds.TryAdd(name, id);
        }

        for (var i = 0; i < sorted.Count; i++)
        {
            var scan = sorted[i];
            var reading = readings[i];
            if (ActionOf(scan, reading, wasStored) is not { } action)
                continue;
            wasStored |= action == "stored";
            var next = scan.Next ?? (reading.Next is null ? null : _nextIds.GetValueOrDefault(reading.Next) ?? TraceText.IdOf(reading.Next, null));
            var signer = action is "delivered" or "collected" or "stored" ? reading.Signer is { } told && told != "other" ? told : scan.Signer ?? scan.Meaning?.Signer ?? reading.Signer : null;
            sink.New("scans", row)
                .With("carrier", carrier).With("waybill_no", waybill).With("scanned_at", scan.Time).With("action", action).With("facility_id", ids[i])
                .With("operator_key", sink.Context.Identities.Phone(scan.OperatorPhone ?? reading.Phone) ?? (scan.OperatorId is { } worker ? sink.Context.Pseudonyms.Of(carrier + "/" + worker) : null))
                .With("weight_g", scan.WeightG).With("vehicle_id", scan.Vehicle).With("next_facility", next).With("recorded_at", scan.RecordedAt).With("signer", signer)
                .With("proof", action is "delivered" or "collected" or "stored" ? reading.Proof ?? scan.Meaning?.Proof : null).Write();
            if (ids[i] is { } facility)
            {
                CountSource(scan.FacilityId is not null ? FacilitySource.Field : reading.Source);
                var name = scan.FacilityName ?? reading.Facility ?? facility;
                if (_facilities.Count > MostRemembered)
                    _facilities.Clear();
                if (!_facilities.Add((carrier, facility, name, scan.Region, reading.City ?? scan.City)))
                    continue;
                sink.New("facilities", row)
                    .With("carrier", carrier).With("facility_id", facility).With("name", name).With("kind", scan.FacilityKind ?? TraceText.KindOf(name))
                    .With("region", scan.Region ?? RegionOf(name, reading.City ?? scan.City)).With("lat", scan.Lat).With("lon", scan.Lon).Write();
            }
        }

        if (order.Id is not null)
            sink.New("parcel_orders", row).With("carrier", carrier).With("waybill_no", waybill).With("platform", order.Platform).With("order_id", order.Id).Write();
    }

    private string? ActionOf(TrackEvent scan, TraceReading reading, bool wasStored)
    {
        if (scan.Meaning is not { } meaning)
        {
            if (scan.Code is { } code)
            {
                var shown = Cells.WithoutPhones(code.Length <= 60 ? code : code[..60])!;
                sink.Count("warning", "scans", "code " + shown, n => new($"Code '{shown}' ({n} times) is not in the table; kept as problem.", $"代码“{shown}”（{n} 次）不在对照表中，按 problem 保留。"));
                return "problem";
            }

            if (reading.Action is null)
                sink.Count("warning", "scans", "text", n => new($"{n} events say neither by code nor by text what happened; kept as problem.", $"有 {n} 条轨迹无法判断动作，按 problem 保留。"));
            return reading.Action ?? "problem";
        }

        if (meaning.Action == "none")
        {
            sink.Count("info", "scans", "none", n => new($"{n} entries are statuses and no scans; they were left out.", $"有 {n} 条是状态而不是扫描，未写入。"));
            return null;
        }

        if (meaning.IsCoarse)
        {
            if (reading.Action is { } told)
                return told;
            if (scan.FacilityId is not null || reading.Facility is not null)
                return "arrived";
            sink.Count("info", "scans", "coarse", n => new($"{n} entries say only that the parcel is under way; they were left out.", $"有 {n} 条只说明在途，未写入。"));
            return null;
        }

        // A signature by pick-up code after the parcel was stored is a collection.
        if (meaning.Action == "delivered" && reading.Action == "collected" && wasStored)
            return "collected";
        return meaning.Action;
    }

    private void CountSource(FacilitySource source)
    {
        if (source == FacilitySource.Brackets)
            sink.Count("info", "facilities", "source brackets", n => new($"{n} scans: the facility was taken from brackets in the text (confidence high).", $"{n} 次扫描的场所取自文本中的括号（可信度高）。"));
        else if (source == FacilitySource.Sentence)
            sink.Count("warning", "facilities", "source sentence", n => new($"{n} scans: the facility was cut out of a sentence (confidence low).", $"{n} 次扫描的场所从语句中截取（可信度低）。"));
    }

    private static string? RegionOf(string name, string? city)
    {
        var own = Regions.Read(name).Code;
        return own ?? (city is null ? null : Regions.Of(city));
    }
}
