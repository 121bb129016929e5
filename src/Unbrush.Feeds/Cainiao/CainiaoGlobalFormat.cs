using System.Text.Json;
using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Cainiao;

/// <summary>The reply of <c>global.cainiao.com/global/detail.json</c>: times are epoch milliseconds.</summary>
internal sealed class CainiaoGlobalFormat() : TrackFormat("cainiao.global")
{
    protected override Sentence? Recognise(JsonShape shape) =>
        shape.Has("module.mailNo", "module.detailList.time") ? By("Cainiao's global tracking", "菜鸟全球跟踪", "module.mailNo", "module.detailList.time") : null;

    protected override void Map(JsonElement record, long row, TrackWriter tracks, RowSink sink)
    {
        foreach (var parcel in record.List("module"))
        {
            var events = new List<TrackEvent>();
            foreach (var detail in parcel.List("detailList"))
            {
                var code = detail.Text("actionCode");
                events.Add(new() { Time = Cells.Epoch(detail.Text("time")), Meaning = ScanActions.OfCode("cainiao.action", code), Code = code, Text = detail.First("standerdDesc", "desc") });
            }

            tracks.Write(row, "cainiao", parcel.Text("mailNo"), events);
            Route(sink, row, "cainiao", parcel.Text("mailNo"), events.Min(e => e.Time), Country(parcel.Text("originCountry")), Country(parcel.Text("destCountry")));
        }
    }

    /// <summary>ISO 3166-1, where it is a code and no name.</summary>
    internal static string? Country(string? code) => code is { Length: 2 } && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;
}
