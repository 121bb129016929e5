namespace Unbrush.Graph.Rings;

/// <summary>Who shares what: one row a use of a resource (device, payer, address, wallet, phone) by a buyer.</summary>
/// <remarks>Resources of all kinds share one dense range of ids; a resource used by many (an office, a carrier's gateway) is a hub and is capped.</remarks>
public readonly ref struct ResourceLinks
{
    /// <summary>Buyer of each link, in the range of the orders' buyers.</summary>
    public required ReadOnlySpan<int> Buyers { get; init; }

    /// <summary>Resource of each link, from 0.</summary>
    public required ReadOnlySpan<int> Resources { get; init; }
}

/// <summary>Orders to look for rings in: one row an order.</summary>
public readonly ref struct RingInput
{
    /// <summary>Buyer of each order, from 0.</summary>
    public required ReadOnlySpan<int> Buyers { get; init; }

    /// <summary>Seller of each order, from 0; as many.</summary>
    public required ReadOnlySpan<int> Sellers { get; init; }

    /// <summary>Number of buyers; the greatest id plus one where zero.</summary>
    public int BuyerCount { get; init; }

    /// <summary>Number of sellers; the greatest id plus one where zero.</summary>
    public int SellerCount { get; init; }

    /// <summary>Time of each order in any unit (seconds, days); empty where unknown.</summary>
    public ReadOnlySpan<long> Times { get; init; }

    /// <summary>Weight of each order in whole units (an amount in the currency's smallest unit); empty for one each.</summary>
    public ReadOnlySpan<long> Weights { get; init; }

    /// <summary>Category of each seller, from 0; negative where unknown, empty where all are.</summary>
    public ReadOnlySpan<int> SellerCategories { get; init; }

    /// <summary>Resources shared by buyers; none by default.</summary>
    public ResourceLinks Links { get; init; }
}
