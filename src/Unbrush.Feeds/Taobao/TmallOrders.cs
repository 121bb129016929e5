namespace Unbrush.Feeds.Taobao;

/// <summary>
/// Taobao and Tmall share one space of order numbers, and only a trade's own JSON says which of the two an order is of. What names
/// an order by its number alone takes the platform from the order, which is loaded before it.
/// </summary>
internal static class TmallOrders
{
    /// <summary>Reads a table so that its platform is that of the order it names.</summary>
    public static Func<string, string> Resolve(string platformColumn, string orderColumn, string more = "") => from => $"""
        SELECT t.* REPLACE (CASE WHEN t.{platformColumn} = 'taobao' AND o.order_id IS NOT NULL THEN 'tmall' ELSE t.{platformColumn} END AS {platformColumn}{more})
        FROM {from} t LEFT JOIN import_orders o ON o.platform = 'tmall' AND o.order_id = t.{orderColumn} LEFT JOIN import_orders p ON p.platform = 'taobao' AND p.order_id = t.{orderColumn}
        ORDER BY t.file_row
        """;
}
