namespace Unbrush.Simulation.Market;

/// <summary>A shop and its habits.</summary>
internal sealed class Seller
{
    public required int Index;
    public required int Platform;
    public required int Category;
    public required int City;
    public required int Zone;
    public int OpenedDay;
    public double Popularity;

    /// <summary>Its carriers, the usual one first, and the outlet that picks up for each.</summary>
    public int[] Carriers = [];
    public int[] Outlets = [];
    public double FirstCarrierShare;

    /// <summary>A fulfilment house that ships for it, or -1.</summary>
    public int Warehouse = -1;

    /// <summary>Has a block of numbers of its own; small shops take the outlet's.</summary>
    public bool OwnStock;
    public int PackagingGrams;
    public double GiftShare;
    public int GiftGrams;
    public double ShipDelayHours;
    public double DirectListing;

    /// <summary>Factor by which the catalogue's weights are off; 0 is no weights at all.</summary>
    public double CatalogueFactor;
    public double CatalogueSigma;
    public int PresaleDays;

    /// <summary>People of the town come and fetch it.</summary>
    public bool OffersPickup;
    public double RefundBias = 1;
    public bool MemoHabit;
    public bool CashBackForPraise;
    public double ReviewBias = 1;

    public int FirstListing;
    public int Listings;

    public ulong Wallet;
    public ulong PrivateWallet;
    public ulong Owner;
    public ulong SenderKey;

    public bool Brushing;
    public bool HostileTarget;
    public string? LookAlike;
    public long Orders;
    public long Fakes;

    /// <summary>The first day on which the shop sells at all.</summary>
    public int ActiveFrom;
}

/// <summary>A fulfilment house that ships for many shops (H8).</summary>
internal sealed record Warehouse(int Index, int City, int Zone, ulong SenderKey, bool Registered);

/// <summary>One thing on sale.</summary>
internal struct Listing
{
    public int Seller;
    public int Category;
    public float Grams;
    public int CatalogueGrams;
    public int Price;
    public ulong Salt;
}
