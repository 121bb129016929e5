using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Kuaidi100;

/// <summary>Kuaidi100: the reply to a query, and the push that wraps the same.</summary>
internal sealed class Kuaidi100Format() : TrackFormat("kuaidi100")
{
    protected override Sentence? Recognise(JsonShape shape)
    {
        if (shape.Has("lastResult.data.context", "lastResult.nu"))
            return By("a push of Kuaidi100", "快递100推送", "lastResult", "nu", "data.context");
        return shape.Has("nu", "com", "data.context") ? By("a reply of Kuaidi100", "快递100查询结果", "nu", "com", "data.context") : null;
    }

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        var result = record.Member("lastResult") is { ValueKind: JsonValueKind.Object } pushed ? pushed : record;
        var carrier = Carriers.Of("kuaidi100", result.Text("com"));
        var events = new List<TrackEvent>();
        foreach (var line in result.List("data"))
        {
            var code = line.Text("statusCode");
            var status = line.Text("status");
            var area = line.Text("areaName")?.Split(',');
            var center = line.Text("areaCenter")?.Split(',');
            events.Add(new()
            {
                Time = Cells.Time(line.First("ftime", "time")),
                Meaning = ScanActions.OfCode("kuaidi100.state", code) ?? ScanActions.OfText("kuaidi100.text", status),
                Code = code ?? status,
                Text = line.Text("context"),
                City = area is { Length: > 1 } ? area[1] : null,
                Region = Region(line.Text("areaCode")),
                Lon = center is { Length: 2 } ? center[0].Trim() : null,
                Lat = center is { Length: 2 } ? center[1].Trim() : null,
            });
        }

        tracks.Write(row, carrier, result.Text("nu"), events);
        var route = result.Member("routeInfo");
        Route(sink, row, carrier, result.Text("nu"), events.Min(e => e.Time), Region(route.Member("from").Text("number")), Region(route.Member("to").Text("number")));
    }

    /// <summary><c>CN370112005000</c> and <c>CN1302</c> → six digits.</summary>
    internal static string? Region(string? code)
    {
        if (code is null || !code.StartsWith("CN", StringComparison.Ordinal) || code.Length < 4)
            return null;
        var digits = code[2..];
        return digits.All(char.IsAsciiDigit) ? digits.Length >= 6 ? digits[..6] : digits.PadRight(6, '0') : null;
    }
}
