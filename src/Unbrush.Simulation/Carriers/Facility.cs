namespace Unbrush.Simulation.Carriers;

internal enum FacilityKind : byte
{
    Outlet,
    Centre,
    Station,
    Locker,
}

/// <summary>How an outlet's people weigh.</summary>
internal enum ScaleHabit : byte
{
    Exact,
    Ten,
    Hundred,
    HalfKilo,
    Typed,
    Never,
}

/// <summary>A place of a carrier, with the habits of the people who work there.</summary>
internal sealed class Facility
{
    public required int Index;
    public required int Carrier;
    public required FacilityKind Kind;
    public required int City;
    public required int Zone;
    public required double Latitude;
    public required double Longitude;
    public required string Id;
    public required string Name;
    public int Parent = -1;
    public bool Hub;
    public bool Franchise;
    public int OpenedDay;
    public List<int> Zones = [];

    public int Couriers = 3;
    public ScaleHabit Scale;
    public double WeighShare = 1;
    public double InspectShare = 1;

    /// <summary>Seconds between two uploads of the scanning guns; 0 is at once.</summary>
    public int SyncSeconds;
    public double LossBias = 1;

    /// <summary>Couriers sign everything early for the target (H14).</summary>
    public bool SignsEarly;

    /// <summary>A station in the house takes everything in one go (H3).</summary>
    public int[] Stations = [];
    public bool EveningBatch;
    public double ProofShare = 1;

    /// <summary>Sells numbers or signs envelopes (truth).</summary>
    public string? Guilt;
    public string? LookAlike;
    public long Parcels;
    public long Empties;
}
