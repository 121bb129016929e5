using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Market;

namespace Unbrush.Simulation.Demand;

/// <summary>One line of an order.</summary>
internal struct Line
{
    public int Listing;
    public int Quantity;
}

internal enum Source : byte
{
    Search,
    Direct,
    Ad,
    Live,
    Campaign,
    Other,
}

/// <summary>An order that is to be placed: who buys what from whom, when and why. The rest of its life follows from it.</summary>
internal sealed class Order
{
    public int Platform;
    public int Seller;
    public int Buyer;
    public int Created;
    public ulong Id;
    public Line[] Lines = [];
    public Source Source;
    public string? Campaign;

    /// <summary>Zero where the buyer's own.</summary>
    public ulong Device;
    public ulong Ip;
    public ulong Payer;
    public ulong Address;
    public AddressKind Kind;
    public int City;
    public int Zone;
    public bool ElsewhereAddress;

    /// <summary>Orders that go into one parcel share this; zero is alone.</summary>
    public ulong Merge;
    public int ShipAfter;

    /// <summary>Dwell of the visit before it, or 0 for a common one.</summary>
    public int Dwell;
    public bool Hostile;
    public bool MixUp;
    public bool Relative;

    /// <summary>Who has it made, where it is fake.</summary>
    public Operation? Operation;
    public string Scenario = "plain";
    public string Role = "genuine";
    public bool Fake;
    public bool Victim;

    /// <summary>Neither right nor wrong: rules differ on it (H18b), so it is not counted in any score.</summary>
    public bool Unjudged;
}

/// <summary>A parcel without an order.</summary>
internal sealed class LooseParcel
{
    public Shipping.ParcelPlan Plan;
    public int Created;
    public ulong Customer;
    public string? Remark;
    public string Scenario = "plain";
    public Shipping.Carelessness? Care;
    public bool Empty;
    public bool RegisterTest;
    public bool RegisterReplacement;
    public bool Reported;
    public string Content = "goods";
}

/// <summary>What is going to happen on one day.</summary>
internal sealed class DayPlan(int day)
{
    public int Day { get; } = day;

    public List<Order> Orders { get; } = [];

    public List<LooseParcel> Parcels { get; } = [];
}
