namespace Unbrush.Feeds.Loading;

/// <summary>Refunds that a platform tells apart from the orders: summed into <c>orders</c> when all tables are loaded.</summary>
internal sealed class Refunds(ImportContext context)
{
    private readonly List<Refund> _refunds = [];

    /// <summary>One refund that was paid.</summary>
    internal readonly record struct Refund(string File, string Platform, string? Order, decimal? Amount, string? At, string? Reason);

    /// <summary>Adds a refund.</summary>
    public void Add(Refund refund) => _refunds.Add(refund);

    /// <summary>Brings the refunds into <c>orders</c>; an order whose whole amount went back is closed. Taobao's and Tmall's orders share one space of numbers.</summary>
    public void Fill()
    {
        if (_refunds.Count == 0)
            return;
        context.Execute("CREATE OR REPLACE TEMP TABLE import_refunds (platform VARCHAR, order_id VARCHAR, amount DECIMAL(18, 4), refunded VARCHAR, reason VARCHAR)");
        using (var appender = context.Connection.CreateAppender("temp", "main", "import_refunds"))
        {
            foreach (var refund in _refunds)
            {
                var row = appender.CreateRow().AppendValue(refund.Platform).AppendValue(refund.Order);
                (refund.Amount is { } amount ? row.AppendValue(amount) : row.AppendNullValue()).AppendValue(refund.At).AppendValue(refund.Reason).EndRow();
            }
        }

        const string Same = "(o.platform = r.platform OR (r.platform = 'taobao' AND o.platform = 'tmall')) AND o.order_id = r.order_id";
        context.Execute($"""
            CREATE OR REPLACE TEMP TABLE import_refunds_summed AS
            SELECT platform, order_id, sum(amount) AS amount, max(make_timestamp(epoch_us(TRY_CAST(refunded AS TIMESTAMPTZ)))) AS refunded, arg_max(reason, refunded) AS reason FROM import_refunds GROUP BY platform, order_id;
            UPDATE orders AS o SET refunded_amount = r.amount, refunded_at = r.refunded, refund_reason = coalesce(r.reason, o.refund_reason), status = CASE WHEN r.amount >= o.amount THEN 'closed' ELSE o.status END
            FROM import_refunds_summed r WHERE {Same};
            """);
        var missing = context.Number($"SELECT count(*) FROM import_refunds_summed r WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE {Same})");
        if (missing > 0)
            context.Note("warning", "orders", _refunds[0].File, $"{missing} refunded orders are not among the orders; import their trades as well.", $"有 {missing} 个已退款的订单不在订单表中，请一并导入其交易。");
        context.Execute("DROP TABLE import_refunds; DROP TABLE import_refunds_summed;");
    }
}
