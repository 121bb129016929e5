using Unbrush.Casework.Findings;
using Unbrush.Core;

namespace Unbrush.Casework.Turnover;

/// <summary>
/// A seller's turnover in one currency, computed from the orders of the findings in exact decimals: what was sold,
/// what of it is confirmed fake, and between which bounds the rest lies while suspicions are open. An order that was
/// never paid (<c>created</c>) or was called off (<c>closed</c>) is in no sum.
/// </summary>
/// <param name="Platform">The platform.</param>
/// <param name="SellerId">The seller.</param>
/// <param name="Currency">ISO 4217; currencies are never added.</param>
/// <param name="Orders">All orders.</param>
/// <param name="Gross">The sum of all amounts sold.</param>
/// <param name="ConfirmedOrders">Orders confirmed as fake.</param>
/// <param name="Confirmed">Their sum, excluded.</param>
/// <param name="VictimOrders">Hostile orders.</param>
/// <param name="Victim">Their sum, excluded, and no fault of the seller.</param>
/// <param name="SuspectedOrders">Orders that a person must decide on.</param>
/// <param name="Suspected">Their sum: the width of the interval.</param>
/// <param name="FirstAt">The oldest order.</param>
/// <param name="LastAt">The newest order.</param>
/// <param name="DaysWithOrders">Days (UTC) that have orders.</param>
/// <param name="AmountCoverage">The share of orders whose amount is known.</param>
/// <param name="BuyerCoverage">The share of orders whose buyer is known; without buyers some signals stay silent.</param>
/// <param name="JudgedCoverage">The share of orders whose data could carry a verdict.</param>
/// <param name="UnsoldOrders">Orders never paid or called off; in no sum.</param>
/// <param name="StatusCoverage">The share of orders whose status is known, from the findings or the feed; without it an order counts as sold.</param>
/// <param name="Disagreements">Where the findings' table of sellers says something else; empty where all agrees.</param>
public sealed record TurnoverStatement(
    string Platform, string SellerId, string Currency, long Orders, decimal Gross, long ConfirmedOrders, decimal Confirmed,
    long VictimOrders, decimal Victim, long SuspectedOrders, decimal Suspected, DateTimeOffset FirstAt, DateTimeOffset LastAt,
    long DaysWithOrders, decimal AmountCoverage, decimal BuyerCoverage, decimal JudgedCoverage,
    long UnsoldOrders, decimal StatusCoverage, IReadOnlyList<Sentence> Disagreements)
{
    /// <summary>Confirmed fakes and hostile orders excluded; every suspicion taken as unfounded.</summary>
    public decimal AdjustedHigh => Gross - Confirmed - Victim;

    /// <summary>Every suspicion taken as founded.</summary>
    public decimal AdjustedLow => AdjustedHigh - Suspected;

    /// <summary>The statements of a seller, one a currency; or of every seller where none is named.</summary>
    /// <param name="findings">The scan.</param>
    /// <param name="platform">The platform, or null for all.</param>
    /// <param name="seller">The seller, or null for all.</param>
    /// <exception cref="UnbrushException">The findings have no such seller.</exception>
    public static IReadOnlyList<TurnoverStatement> Of(FindingsFolder findings, string? platform = null, string? seller = null)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!findings.Has("f_orders"))
            throw Faults.Unreadable($"'{findings.Folder}' has no table orders: turnover is computed from orders.", $"'{findings.Folder}' 中没有 orders 表：营业额须由订单计算。");
        var sellers = TurnoverRows.Sellers(findings);
        var rows = TurnoverRows.Orders(findings, platform, seller);
        if (rows.Count == 0)
            throw Faults.Usage("The findings have no orders of that seller: check --platform and --seller.", "结果中没有该卖家的订单：请检查 --platform 与 --seller。");
        // The sellers' table has one amount a seller: it can only be held against a seller with one currency.
        var alone = rows.GroupBy(r => (r.Platform, r.SellerId)).Where(g => g.Count() == 1).Select(g => g.Key).ToHashSet();
        return [.. rows.Select(r => alone.Contains((r.Platform, r.SellerId)) && sellers.TryGetValue((r.Platform, r.SellerId), out var told)
            ? r with { Disagreements = told.Against(r) }
            : r)];
    }
}
