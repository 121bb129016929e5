using Unbrush.Casework.Findings;
using Unbrush.Core;

namespace Unbrush.Casework.Turnover;

/// <summary>What the sellers' table of the findings says.</summary>
internal sealed record ToldAmounts(decimal? Gross, decimal? Adjusted, decimal? Low, decimal? High)
{
    public IReadOnlyList<Sentence> Against(TurnoverStatement own)
    {
        var found = new List<Sentence>();
        foreach (var (name, told, computed) in (ReadOnlySpan<(string, decimal?, decimal)>)
            [("gross_amount", Gross, own.Gross), ("adjusted_amount", Adjusted, own.AdjustedHigh), ("adjusted_low", Low, own.AdjustedLow), ("adjusted_high", High, own.AdjustedHigh)])
        {
            if (told is { } value && Cents(value) != Cents(computed))
                found.Add(new(
                    $"The findings' table sellers has {name} {value:0.00##}, its orders add up to {computed:0.00##}.",
                    $"结果表 sellers 的 {name} 为 {value:0.00##}，而订单合计为 {computed:0.00##}。"));
        }

        return found;
    }

    /// <summary>The findings' table is in cents, rounded as the database rounds.</summary>
    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}

/// <summary>The sums behind turnover, in DuckDB's exact decimals.</summary>
internal static class TurnoverRows
{
    public static List<TurnoverStatement> Orders(FindingsFolder findings, string? platform, string? seller) => findings.Query(
        r => new TurnoverStatement(
            r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetDecimal(4), r.GetInt64(5), r.GetDecimal(6), r.GetInt64(7), r.GetDecimal(8),
            r.GetInt64(9), r.GetDecimal(10), r.GetInt64(11).ToInstant(), r.GetInt64(12).ToInstant(), r.GetInt64(13),
            Share(r.GetInt64(14), r.GetInt64(3)), Share(r.GetInt64(15), r.GetInt64(3)), Share(r.GetInt64(16), r.GetInt64(3)), r.GetInt64(17), Share(r.GetInt64(18), r.GetInt64(3)), []),
        $"""
        WITH told AS ({StatusOf(findings)}),
        o AS (
          SELECT f.platform, f.seller_id, f.currency, f.amount, f.verdict, f.created_at, f.buyer_id, coalesce(f.status, t.status) AS known_status,
            coalesce(f.status, t.status, 'paid') NOT IN ('created', 'closed') AS sold
          FROM f_orders f LEFT JOIN told t ON t.platform = f.platform AND t.order_id = f.order_id
          WHERE ($1 = '' OR f.platform = $1) AND ($2 = '' OR f.seller_id = $2))
        SELECT platform, seller_id, coalesce(currency, 'CNY'), count(*), coalesce(sum(amount) FILTER (sold), 0)::DECIMAL(38,4),
          count(*) FILTER (sold AND verdict = 'confirmed'), coalesce(sum(amount) FILTER (sold AND verdict = 'confirmed'), 0)::DECIMAL(38,4),
          count(*) FILTER (sold AND verdict = 'victim'), coalesce(sum(amount) FILTER (sold AND verdict = 'victim'), 0)::DECIMAL(38,4),
          count(*) FILTER (sold AND verdict = 'review'), coalesce(sum(amount) FILTER (sold AND verdict = 'review'), 0)::DECIMAL(38,4),
          epoch_us(min(created_at)), epoch_us(max(created_at)), count(DISTINCT CAST(created_at AS DATE)),
          count(amount), count(buyer_id), count(*) FILTER (verdict <> 'data_quality'), count(*) FILTER (NOT sold), count(known_status)
        FROM o GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """, platform ?? "", seller ?? "");

    public static Dictionary<(string, string), ToldAmounts> Sellers(FindingsFolder findings) => !findings.Has("f_sellers") ? [] : findings.Query(
        r => ((r.GetString(0), r.GetString(1)), new ToldAmounts(Decimal(r, 2), Decimal(r, 3), Decimal(r, 4), Decimal(r, 5))),
        "SELECT platform, seller_id, gross_amount, adjusted_amount, adjusted_low, adjusted_high FROM f_sellers").ToDictionary(p => p.Item1, p => p.Item2);

    /// <summary>The status of each order as its newest row in the feed has it; nothing where no feed was given.</summary>
    private static string StatusOf(FindingsFolder findings) => findings.Has("d_orders")
        ? "SELECT platform, order_id, last(status ORDER BY updated_at NULLS FIRST, rowid) AS status FROM d_orders GROUP BY ALL"
        : "SELECT NULL::VARCHAR AS platform, NULL::VARCHAR AS order_id, NULL::VARCHAR AS status";

    private static decimal? Decimal(System.Data.Common.DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetDecimal(column);

    private static decimal Share(long part, long whole) => whole == 0 ? 0 : Math.Round((decimal)part / whole, 4);
}
