using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Cainiao;

/// <summary>Cainiao's push: one event a record, with the facility's own number — an outlet where the carrier says so.</summary>
internal sealed class CainiaoPushFormat() : TrackFormat("cainiao")
{
    protected override IReadOnlyDictionary<string, Func<string, string>> Select { get; } = new Dictionary<string, Func<string, string>>(TrackWriter.Once)
    {
        ["parcel_orders"] = Taobao.TmallOrders.Resolve("platform", "order_id"),
    };

    protected override Sentence? Recognise(JsonShape shape) =>
        shape.Has("mailNo", "facilityNo", "action") ? By("a push of Cainiao", "菜鸟推送", "mailNo", "facilityNo", "action") : null;

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        var action = record.Text("action");
        var city = record.Text("city");
        var time = record.Text("time");
        var number = record.Text("facilityNo");
        var name = record.Text("facilityName");
        var zone = Zone(record.Text("tz"));
        tracks.Write(row, Carriers.Of("cainiao", record.First("cpCode", "cp_code", "companyCode")) ?? sink.Context.Options.Carrier ?? "cainiao", record.Text("mailNo"),
        [
            new()
            {
                Time = Cells.Epoch(Cells.Time(time)) is { } at ? at + (zone is not null && at.Length == 19 ? zone : "") : null,
                Meaning = ScanActions.OfCode("cainiao.action", action),
                Code = action,
                Text = record.Text("desc"),
                City = city,
                FacilityId = number,
                FacilityName = name,
                FacilityKind = name is null ? null : TraceText.KindOf(name),
                Region = city is null ? null : Regions.Of(record.Text("province"), city),
                OperatorPhone = record.Text("contactPhone"),
            },
        ], ("taobao", record.Text("orderNo")));
    }

    /// <summary><c>8</c>, <c>+8</c>, <c>+08:00</c>, <c>GMT+8</c> → an offset.</summary>
    internal static string? Zone(string? tz)
    {
        var digits = tz?.Replace("GMT", "", StringComparison.OrdinalIgnoreCase).Replace("UTC", "", StringComparison.OrdinalIgnoreCase).Trim();
        if (string.IsNullOrEmpty(digits))
            return null;
        var sign = digits[0] == '-' ? '-' : '+';
        var parts = digits.TrimStart('+', '-').Split(':');
        return parts.Length is 1 or 2 && int.TryParse(parts[0], out var hours) && hours is >= 0 and <= 14 && (parts.Length == 1 || (parts[1].Length == 2 && parts[1].All(char.IsAsciiDigit)))
            ? $"{sign}{hours:00}:{(parts.Length == 2 ? parts[1] : "00")}"
            : null;
    }
}
