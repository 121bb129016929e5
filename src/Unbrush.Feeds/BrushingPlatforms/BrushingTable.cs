using Unbrush.Core;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.SellerLedger;

namespace Unbrush.Feeds.BrushingPlatforms;

/// <summary>
/// A table of a brushers' platform, seized or leaked: its orders, its tasks, or the waybill numbers that a site sold. What it says becomes
/// labels; the people in it (names, phones, addresses, accounts) are not kept.
/// </summary>
internal sealed class BrushingTable
{
    private static readonly Dictionary<string, string> Platforms = CodeFile.Rows("task_types.csv").ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);

    private static readonly BrushingTable Orders = new("orders", "taobaoOrderNumber",
        "taobaoOrderNumber buynoAccount userPrincipal sellerPrincipal prepayAmount commission delivery deliveryNum deliveryState addressName addressPhone address stepData taskNumber taskType createTime");

    private static readonly BrushingTable Tasks = new("tasks", "taskNumber",
        "taskNumber taskType keyword taoWord count terminal isPraise isImgPraise isVideoPraise isTimingPublish isTimingPay unionInterval cycle addReward verifyCode createTime");

    private static readonly BrushingTable Numbers = new("sold waybill numbers", "number", "number plant createdDate");

    private static readonly Sentence Nameless = new("a row that names no order and no parcel: nothing can be marked by it", "没有订单号和运单号的行，无法据此标记");

    private readonly string _what;
    private readonly string _key;
    private readonly HashSet<string> _plain;

    private BrushingTable(string what, string key, string columns)
    {
        _what = what;
        _key = key;
        Columns = columns.Split(' ');
        _plain = [.. Columns.Select(Plain)];
    }

    /// <summary>The columns that are known, as the platform's programs spell them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Which table has these columns, or null; databases spell them <c>taobao_order_number</c>, programs <c>taobaoOrderNumber</c>.</summary>
    public static BrushingTable? Of(IEnumerable<string> columns)
    {
        var plain = columns.Select(Plain).ToHashSet(StringComparer.Ordinal);
        if (plain.Contains("taobaoordernumber") && (plain.Contains("buynoaccount") || plain.Contains("deliverynum") || plain.Contains("prepayamount")))
            return Orders;
        if (plain.Contains("tasknumber") && plain.Contains("tasktype") && (plain.Contains("keyword") || plain.Contains("taoword")))
            return Tasks;
        return plain.Contains("number") && plain.Contains("plant") && plain.Contains("createddate") ? Numbers : null;
    }

    /// <summary>Why it was recognised.</summary>
    public Sentence Why => new($"its columns are those of a brushing platform's {_what} ({string.Join(", ", Columns.Take(3))} …)", $"其列与刷单平台的数据表（{_what}：{string.Join("、", Columns.Take(3))} …）一致");

    /// <summary>Whether a column is one of the table's.</summary>
    public bool Knows(string column) => _plain.Contains(Plain(column));

    /// <summary>A column's name without what programs and databases spell differently.</summary>
    public static string Plain(string column) => column.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Maps one row.</summary>
    /// <param name="cell">A cell by its column, as <see cref="Columns"/> spells it.</param>
    /// <param name="row">Where it stands in the file.</param>
    /// <param name="sink">Takes the labels.</param>
    /// <param name="checks">Takes what is said of the order's buyer.</param>
    public void Map(Func<string, string?> cell, long row, RowSink sink, LedgerChecks checks)
    {
        if (this == Tasks)
        {
            sink.Bar("labels", row, _key, cell(_key) ?? "", Nameless);
            return;
        }

        string? order = this == Orders ? cell("taobaoOrderNumber") : null, waybill = this == Orders ? cell("deliveryNum") : cell("number");
        foreach (var (number, column) in ((string?, string)[])[(order, "taobaoOrderNumber"), (waybill, this == Orders ? "deliveryNum" : "number")])
        {
            if (number is not null && Cells.IsRounded(number))
            {
                sink.Refuse("labels", row, column, number, Cells.Lost);
                return;
            }
        }

        var at = Cells.Time(Cells.Epoch(cell(this == Orders ? "createTime" : "createdDate")));
        if (order is not null)
        {
            var platform = PlatformOf(cell("taskType"), sink);
            sink.New("labels", row).With("subject_kind", "order").With("scope", platform).With("subject_id", order).With("label", "fake").With("source", "brushing_platform").With("labelled_at", at).Write();
            if (platform is "taobao" or "tmall")
                checks.Add(sink.File.Name, order, sink.Context.Identities.Account(cell("buynoAccount")), null);
        }

        ReadOnlySpan<char> numbers = waybill;
        var any = order is not null;
        while (Parcels.NextNumber(ref numbers, out var number))
        {
            any = true;
            var carrier = Carriers.Of("name", cell(this == Orders ? "delivery" : "plant"));
            if (carrier is null)
            {
                carrier = "unknown";
                sink.Count("warning", "labels", "carrier", n => new($"{n} waybill numbers stand without a carrier; they go by the carrier 'unknown'.", $"有 {n} 个运单号没有快递公司，按“unknown”记录。"));
            }

            Parcels.NoteOdd(sink, carrier, number);
            sink.New("labels", row).With("subject_kind", "parcel").With("scope", carrier).With("subject_id", number).With("label", "fake").With("source", this == Orders ? "brushing_platform" : "sold_number").With("labelled_at", at).Write();
        }

        if (!any)
            sink.Bar("labels", row, _key, "", Nameless);
    }

    /// <summary>The platform of a task's type; the column of order numbers is Taobao's by its name.</summary>
    private static string PlatformOf(string? type, RowSink sink)
    {
        if (type is null)
            return "taobao";
        if (Platforms.TryGetValue(type, out var platform))
            return platform;
        sink.Count("warning", "labels", "task type " + type, n => new($"Task type '{type}' ({n} times) is not in the table; the label's platform reads as unknown.", $"任务类型“{type}”（{n} 次）不在对照表中，标签的平台按未知处理。"));
        return "unknown";
    }
}
