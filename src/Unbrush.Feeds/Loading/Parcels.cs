using System.Buffers;

namespace Unbrush.Feeds.Loading;

/// <summary>Parcels as orders name them: numbers in one cell, several orders in one parcel.</summary>
internal static class Parcels
{
    private static readonly SearchValues<char> Between = SearchValues.Create(",，;； |、");

    /// <summary>A parcel that several orders share is one row, born when the first of them was shipped.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Once { get; } = new Dictionary<string, Func<string, string>>
    {
        ["parcels"] = from => $"""
            SELECT carrier, waybill_no, min(created_at) AS created_at, min(sender_key) AS sender_key, min(sender_region) AS sender_region, min(recipient_key) AS recipient_key, min(recipient_region) AS recipient_region,
                   min(origin_facility) AS origin_facility, min(declared_weight_g) AS declared_weight_g, min(weight_g) AS weight_g, min(fee) AS fee, min(remark) AS remark, min(stock_batch) AS stock_batch, min(file_row) AS file_row
            FROM {from} GROUP BY carrier, waybill_no ORDER BY file_row
            """,
    };

    /// <summary>Takes the first number off a cell of numbers, which stand between commas, semicolons or blanks, with or without the prefix <c>No:</c>.</summary>
    /// <returns>False where there is no more.</returns>
    public static bool NextNumber(ref ReadOnlySpan<char> cell, out ReadOnlySpan<char> number)
    {
        while (!cell.IsEmpty)
        {
            var end = cell.IndexOfAny(Between);
            number = Number(end < 0 ? cell : cell[..end]);
            cell = end < 0 ? default : cell[(end + 1)..];
            if (!number.IsEmpty)
                return true;
        }

        number = default;
        return false;
    }

    private static ReadOnlySpan<char> Number(ReadOnlySpan<char> part)
    {
        var bare = part.Trim();
        if (bare.Length >= 3 && bare[0] is 'N' or 'n' && bare[1] is 'O' or 'o' && bare[2] is ':' or '：')
            bare = bare[3..].Trim();
        return bare.Trim("'\"=");
    }

    /// <summary>Counts a number that fits none of its carrier's patterns: a question of data quality before it is one of anything else.</summary>
    public static void NoteOdd(RowSink sink, string carrier, ReadOnlySpan<char> number)
    {
        if (Codes.Waybills.IsOdd(carrier, number) == true)
            sink.Count("info", "parcels", "odd " + carrier, n => new($"{n} waybill numbers fit no pattern of '{carrier}' that is known here.", $"有 {n} 个运单号不符合“{carrier}”的任何已知规则。"));
    }

    /// <summary>Writes a parcel and its order; a parcel of no named carrier goes by the carrier <c>unknown</c>, and is counted.</summary>
    public static void Write(RowSink sink, long row, string? carrier, ReadOnlySpan<char> number, ReadOnlySpan<char> createdAt, string platform, ReadOnlySpan<char> orderId, string? region)
    {
        if (Reading.Cells.IsRounded(number))
        {
            sink.Refuse("parcels", row, "waybill_no", number.ToString(), new("a waybill number that a spreadsheet has rounded; it is lost", "运单号已被电子表格四舍五入而丢失"));
            return;
        }

        if (carrier is null)
        {
            carrier = "unknown";
            sink.Count("warning", "parcels", "carrier", n => new($"{n} waybill numbers stand without a carrier; they go by the carrier 'unknown'.", $"有 {n} 个运单号没有快递公司，按“unknown”记录。"));
        }

        NoteOdd(sink, carrier, number);
        var parcel = sink.New("parcels", row).Of(carrier, number).With("carrier", carrier).With("waybill_no", number).With("created_at", createdAt).With("recipient_region", region);
        parcel.Write();
        sink.New("parcel_orders", row).Of(parcel).With("carrier", carrier).With("waybill_no", number).With("platform", platform).With("order_id", orderId).Write();
    }
}
