using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Sheets;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.CarrierFeeds;

/// <summary>
/// A sheet of scans as an operator exports them: number, time, type, outlet. The type is read by the carrier's own code table.
/// No headquarters publishes its columns; these names are the usual ones.
/// </summary>
internal sealed class ScanSheet() : SheetFormat("carrier.scans", "scans", Known)
{
    private static readonly string[] Waybill = ["运单号", "运单编号", "单号", "快递单号", "waybill_no", "billCode", "mailNo", "waybillCode"];
    private static readonly string[] Time = ["扫描时间", "操作时间", "scanTime", "scanDate", "opeTime"];
    private static readonly string[] Type = ["扫描类型", "操作类型", "scanType", "opeCode", "stateCode", "action"];
    private static readonly string[] Place = ["扫描网点", "扫描网点名称", "扫描站点", "操作网点", "网点", "scanSite", "scanSiteName", "siteName"];
    private static readonly string[] PlaceCode = ["扫描网点编号", "网点编号", "网点代码", "scanSiteCode", "siteCode"];
    private static readonly string[] Next = ["下一站", "上下站", "下一网点", "nextSite"];
    private static readonly string[] Worker = ["扫描员编号", "操作员编号", "业务员编号", "扫描员", "操作员", "业务员", "operatorCode"];
    private static readonly string[] Weight = ["重量", "重量(kg)", "重量（kg）", "重量(KG)", "weight"];
    private static readonly string[] Carrier = ["快递公司", "承运商", "carrier"];
    private static readonly string[] City = ["城市", "扫描城市", "city"];
    private static readonly string[] Uploaded = ["上传时间", "uploadTime"];

    private static readonly HashSet<string> Known = [.. Waybill, .. Time, .. Type, .. Place, .. PlaceCode, .. Next, .. Worker, .. Weight, .. Carrier, .. City, .. Uploaded, "序号"];

    protected override Recognition? Recognise(Header header, string? table)
    {
        string? waybill = FirstOf(header, Waybill), time = FirstOf(header, Time), type = FirstOf(header, Type);
        if (table is not null || waybill is null || time is null || type is null || header.IndexOf("scanned_at") >= 0)
            return null;
        return new(80, new($"its columns {waybill}, {time} and {type} are those of a courier's sheet of scans", $"其列 {waybill}、{time}、{type} 与快递公司扫描记录一致"));
    }

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        ["scans.waybill_no"] = Waybill,
        ["scans.scanned_at"] = Time,
        ["scans.recorded_at"] = Uploaded,
        ["scans.weight_g"] = Weight,
        ["scans.action"] = Type,
        ["parcels.waybill_no"] = Waybill,
        ["parcels.created_at"] = Time,
        ["parcels.weight_g"] = Weight,
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => TrackWriter.Once;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    /// <summary>What a scan type means to a carrier: its text table, JD's numbers or Yunda's words.</summary>
    internal static ScanMeaning? MeaningOf(string carrier, string? type) => carrier switch
    {
        "jd" => ScanActions.OfCode("jd.code", type) ?? ScanActions.OfText("jd.code", type),
        "yunda" => ScanActions.OfCode("yunda.action", type),
        "sf" => ScanActions.OfCode("sf.opcode", type) ?? ScanActions.OfText("sf.opcode", type),
        _ => ScanActions.OfCode(carrier + ".text", type) ?? ScanActions.OfText(carrier + ".text", type),
    };

    private static void Read(SheetFile sheet, RowSink sink)
    {
        int waybill = sheet.At(Waybill), time = sheet.At(Time), type = sheet.At(Type), place = sheet.At(Place), code = sheet.At(PlaceCode), next = sheet.At(Next), worker = sheet.At(Worker),
            weight = sheet.At(Weight), carrierAt = sheet.At(Carrier), city = sheet.At(City), uploaded = sheet.At(Uploaded);
        var named = sink.Context.Options.Carrier ?? CarrierOf(sink.File.Name);
        if (named is null && carrierAt < 0)
        {
            throw new UnbrushException(ExitCode.Unreadable, new(
                $"{sink.File.Path} names no carrier. Name it with --carrier, such as --carrier zto, or begin the file's name with it.",
                $"{sink.File.Path} 没有快递公司。请用 --carrier 指定，例如 --carrier zto，或让文件名以其开头。"));
        }

        var tracks = new TrackWriter(sink);
        while (sheet.Read(sink, "scans"))
        {
            var carrier = Carriers.Of("name", sheet.Cell(carrierAt)) ?? named;
            var word = sheet.Cell(type);
            tracks.Write(sheet.Row, carrier, sheet.Cell(waybill),
            [
                new()
                {
                    Time = Cells.Time(sheet.Cell(time)),
                    RecordedAt = Cells.Time(sheet.Cell(uploaded)),
                    Meaning = carrier is null ? null : MeaningOf(carrier, word),
                    Code = word ?? "(none)",
                    City = sheet.Cell(city),
                    FacilityId = sheet.Cell(code) ?? TraceText.IdOf(sheet.Cell(place), sheet.Cell(city)),
                    FacilityName = sheet.Cell(place),
                    Next = sheet.Cell(next),
                    OperatorId = sheet.Cell(worker),
                    WeightG = Grams(sheet.Cell(weight)),
                },
            ]);
        }
    }

    /// <summary>Couriers write kilograms.</summary>
    private static string? Grams(string? kilograms) => Cells.Decimal(kilograms) is { } kg ? Cells.Text(decimal.Round(kg * 1000, 2)) : kilograms;

    private static string? CarrierOf(string fileName)
    {
        foreach (var name in (string[])["yto", "zto", "sto", "sf", "best", "jt", "jd", "yunda", "ems"])
        {
            if (fileName.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase) || fileName.StartsWith(name + "_", StringComparison.OrdinalIgnoreCase) || fileName.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return Carriers.Known("name", fileName);
    }

    private static string? FirstOf(Header header, string[] names) => names.FirstOrDefault(n => header.IndexOf(n) >= 0);
}
