using Unbrush.Simulation.Market;

namespace Unbrush.Simulation.Shipping;

/// <summary>What is to be carried, from where, to whom.</summary>
internal struct ParcelPlan
{
    public int Carrier;
    public int Outlet;
    public int City;
    public int Zone;
    public ulong Address;
    public AddressKind Kind;
    public ulong Sender;
    public int PickedUp;
    public float Grams;

    /// <summary>The consignee moved it to another city on the way.</summary>
    public int ForwardCity;

    /// <summary>The consignee refuses it.</summary>
    public bool Refused;

    /// <summary>The consignee sends it back after receipt: the day it is handed in, or 0.</summary>
    public int SentBackAt;

    /// <summary>The outlet that signs for it on arrival without a courier (A5), or the place where it ends (A3).</summary>
    public bool SignedOnArrival;
}

/// <summary>What became of a parcel.</summary>
internal struct Journey
{
    /// <summary>When the consignee had it (or it was signed); 0 where it never came.</summary>
    public int Received;
    public int LastCity;
    public int Weighed;
    public bool Returned;
}
