namespace Unbrush.Simulation.FeedWriter;

/// <summary>What became of an order, as its row tells it. Zero times never happened.</summary>
internal struct OrderFate
{
    public long Amount;

    /// <summary>0 created, 1 paid, 2 shipped, 3 completed, 4 closed.</summary>
    public byte Status;
    public int Paid;
    public int Shipped;
    public int Completed;
    public bool ByBuyer;

    /// <summary>0 parcel, 1 digital, 2 service, 3 pickup.</summary>
    public byte Fulfilment;
    public int Promised;
    public bool DeviceLogged;
    public bool IpLogged;
    public bool PayerLogged;
    public bool AddressLogged;
    public bool KindLogged;
    public int AddressChanged;
    public long Refunded;
    public int RefundedAt;
    public string? RefundedBy;
    public string? RefundReason;
    public string? Memo;
}
