using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.SellerLedger;
using Unbrush.Feeds.Sheets;
using Unbrush.Feeds.Taobao;

namespace Unbrush.Feeds.BrushingPlatforms;

/// <summary>A table of a brushers' platform as a sheet.</summary>
internal sealed class BrushingSheet() : SheetFormat("brushing_platform", "labels")
{
    /// <summary>An order's label takes its platform from the order.</summary>
    internal static readonly Dictionary<string, Func<string, string>> ByOrder = new() { ["labels"] = TmallOrders.Resolve("scope", "subject_id") };

    private readonly LedgerChecks _checks = new();

    protected override Recognition? Recognise(Header header, string? table) => table is null && BrushingTable.Of(header.Names) is { } found ? new(94, found.Why) : null;

    protected override IReadOnlyDictionary<string, string[]> Theirs { get; } = new Dictionary<string, string[]>
    {
        // Databases spell them with underscores, programs without.
        ["labels.subject_id"] = ["taobao_order_number", "taobaoOrderNumber", "delivery_num", "deliveryNum", "number"],
        ["labels.labelled_at"] = ["create_time", "createTime", "created_date", "createdDate"],
    };

    protected override IReadOnlyDictionary<string, Func<string, string>> Select => ByOrder;

    protected override Action<SheetFile, RowSink> Begin() => Read;

    protected override Func<string, bool> KnownIn(SheetFile sheet) => BrushingTable.Of(sheet.Names)!.Knows;

    public override void Verify(ImportContext context) => _checks.Verify(context);

    private void Read(SheetFile sheet, RowSink sink)
    {
        var table = BrushingTable.Of(sheet.Names)!;
        var plain = sheet.Names.Select(BrushingTable.Plain).ToList();
        var places = table.Columns.ToDictionary(c => c, c => plain.IndexOf(BrushingTable.Plain(c)), StringComparer.Ordinal);
        while (sheet.Read(sink, "labels"))
            table.Map(column => sheet.Cell(places.GetValueOrDefault(column, -1)), sheet.Row, sink, _checks);
    }
}
