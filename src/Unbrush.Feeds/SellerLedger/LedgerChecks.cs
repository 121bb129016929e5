using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.SellerLedger;

/// <summary>What ledgers of brushed orders say of an order's buyer and amount, to be compared with the orders when all is loaded.</summary>
internal sealed class LedgerChecks
{
    private readonly List<(string File, string Order, string? Buyer, decimal? Amount)> _rows = [];

    /// <summary>Adds what a row says.</summary>
    /// <param name="file">The ledger's name.</param>
    /// <param name="order">The order's number on Taobao or Tmall.</param>
    /// <param name="buyer">The buyer's key, or null.</param>
    /// <param name="amount">What was paid, or null.</param>
    public void Add(string file, string order, string? buyer, decimal? amount) => _rows.Add((file, order, buyer, amount));

    /// <summary>Notes where ledger and orders differ, and forgets the ledger.</summary>
    public void Verify(ImportContext context)
    {
        if (_rows.Count == 0)
            return;
        context.Execute("CREATE OR REPLACE TEMP TABLE ledger_checks (file VARCHAR, order_id VARCHAR, buyer_id VARCHAR, amount DECIMAL(18, 4))");
        using (var appender = context.Connection.CreateAppender("temp", "main", "ledger_checks"))
        {
            foreach (var (file, order, buyer, amount) in _rows)
            {
                var check = appender.CreateRow().AppendValue(file).AppendValue(order).AppendValue(buyer);
                (amount is { } sum ? check.AppendValue(decimal.Round(sum, 4)) : check.AppendNullValue()).EndRow();
            }
        }

        _rows.Clear();
        context.Query("""
            SELECT c.file, count(*) FILTER (WHERE o.order_id IS NULL), count(*) FILTER (WHERE c.buyer_id <> o.buyer_id), count(*) FILTER (WHERE c.amount <> o.amount)
            FROM ledger_checks c LEFT JOIN orders o ON o.platform IN ('taobao', 'tmall') AND o.order_id = c.order_id GROUP BY c.file ORDER BY c.file
            """, r =>
        {
            string file = r.GetString(0);
            long missing = r.GetInt64(1), buyers = r.GetInt64(2), amounts = r.GetInt64(3);
            if (missing > 0)
                context.Note("warning", "labels", file, $"{missing} orders of the ledger are not among the orders.", $"台账中有 {missing} 个订单不在订单表中。");
            if (buyers > 0)
                context.Note("warning", "labels", file, $"In {buyers} rows the ledger's buyer is not the order's.", $"有 {buyers} 行的旺旺名称与订单的买家不一致。");
            if (amounts > 0)
                context.Note("warning", "labels", file, $"In {amounts} rows the ledger's amount is not the order's.", $"有 {amounts} 行的实际发生金额与订单金额不一致。");
        });
        context.Execute("DROP TABLE ledger_checks");
    }
}
