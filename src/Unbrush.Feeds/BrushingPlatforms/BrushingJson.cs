using System.Text.Json;
using System.Text.RegularExpressions;
using Unbrush.Core;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.SellerLedger;

namespace Unbrush.Feeds.BrushingPlatforms;

/// <summary>A table of a brushers' platform as its programs answer it: records, or a list of them in <c>data</c>, <c>rows</c>, <c>list</c> or <c>records</c>.</summary>
internal sealed partial class BrushingJson() : JsonFormat("brushing_platform.json", "labels")
{
    private static readonly string[] Wrappers = ["data", "rows", "list", "records"];

    private readonly LedgerChecks _checks = new();

    protected override IReadOnlyDictionary<string, Func<string, string>>? Select => BrushingSheet.ByOrder;

    public override void Verify(ImportContext context) => _checks.Verify(context);

    protected override Sentence? Recognise(JsonShape shape) => TableOf(shape.Paths)?.Why;

    protected override Action<JsonElement, long> Open(RowSink sink)
    {
        var table = TableOf(JsonShape.Of(sink.File).Paths)!;
        var spellings = table.Columns.ToDictionary(c => c, Underscored, StringComparer.Ordinal);
        return Map;

        void Map(JsonElement record, long row)
        {
            if (record.ValueKind == JsonValueKind.Object && !record.EnumerateObject().Any(m => table.Knows(m.Name)))
            {
                foreach (var wrapper in Wrappers)
                {
                    foreach (var inner in record.List(wrapper))
                        Map(inner, row);
                }

                return;
            }

            table.Map(column => record.First(column, spellings.GetValueOrDefault(column, column)), row, sink, _checks);
        }
    }

    /// <summary>The table whose columns are the members of one kind of record.</summary>
    private static BrushingTable? TableOf(IReadOnlyCollection<string> paths) =>
        paths.GroupBy(p => p[..(p.LastIndexOf('.') + 1)]).Where(g => g.Key.Split('.', StringSplitOptions.RemoveEmptyEntries).All(Wrappers.Contains))
            .Select(g => BrushingTable.Of(g.Select(p => p[g.Key.Length..]))).FirstOrDefault(t => t is not null);

    /// <summary>As databases spell it: <c>taobao_order_number</c>.</summary>
    private static string Underscored(string name) => Capital().Replace(name, m => "_" + m.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
