using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Loading;

/// <summary>What the exports of many platforms say of orders in the same way.</summary>
internal static class Orders
{
    /// <summary>A listing that stands in every row of its orders is one row, as a parcel is that several orders share.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> ListingsOnce { get; } = new Dictionary<string, Func<string, string>>(Parcels.Once)
    {
        ["listings"] = from => $"SELECT platform, listing_id, min(seller_id) AS seller_id, min(title) AS title, min(category) AS category, min(weight_g) AS weight_g, min(price) AS price, min(file_row) AS file_row FROM {from} GROUP BY platform, listing_id ORDER BY file_row",
    };

    /// <summary>Counts a status that no table has.</summary>
    public static void NoteStatus(RowSink sink, string status) => sink.Count("warning", "orders", "status " + status, n => new(
        $"Order status '{status}' ({n} times) is not in the table; read as unknown.",
        $"订单状态“{status}”（{n} 次）不在对照表中，按未知处理。"));

    /// <summary>Remarks as one, each said once, without phone numbers.</summary>
    public static string? Memo(params ReadOnlySpan<string?> parts)
    {
        string? memo = null;
        foreach (var part in parts)
        {
            if (part is not null && part is not "'" && part != memo)
                memo = memo is null ? part : memo + "; " + part;
        }

        return Cells.WithoutPhones(memo);
    }
}
