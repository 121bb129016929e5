using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.SellerLedger;
using Unbrush.Feeds.Taobao;

namespace Unbrush.Feeds.BrushingPlatforms;

/// <summary>A table of a brushers' platform as a sheet.</summary>
internal sealed class BrushingSheet : IFeedFormat
{
    /// <summary>An order's label takes its platform from the order.</summary>
    internal static readonly Dictionary<string, Func<string, string>> ByOrder = new() { ["labels"] = TmallOrders.Resolve("scope", "subject_id") };

    private readonly LedgerChecks _checks = new();

    public string Name => "brushing_platform";

    public Recognition? Recognise(FileSample file, string? table) =>
        file.Content == Content.Delimited && table is null && BrushingTable.Of(Header.Of(file.Text).Names) is { } found ? new(94, found.Why) : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        foreach (var (file, _) in files)
        {
            using var sink = new RowSink(context, file);
            Read(file, sink);
            foreach (var relation in sink.Staged(ByOrder))
                yield return relation;
        }
    }

    public void Verify(ImportContext context) => _checks.Verify(context);

    private void Read(FileSample file, RowSink sink)
    {
        using var sheet = SheetFile.Open(file, Header.Of(file.Text));
        var table = BrushingTable.Of(sheet.Names)!;
        sheet.NoteUnknown(sink, "labels", sheet.Names.Where(table.Knows).ToHashSet(StringComparer.Ordinal));
        var plain = sheet.Names.Select(BrushingTable.Plain).ToList();
        var places = table.Columns.ToDictionary(c => c, c => plain.IndexOf(BrushingTable.Plain(c)), StringComparer.Ordinal);
        while (sheet.Read(sink, "labels"))
            table.Map(column => sheet.Cell(places.GetValueOrDefault(column, -1)), sheet.Row, sink, _checks);
    }
}
