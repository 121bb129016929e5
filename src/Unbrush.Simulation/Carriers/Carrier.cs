namespace Unbrush.Simulation.Carriers;

/// <summary>A carrier and what its systems record.</summary>
internal sealed class Carrier
{
    public required int Index;
    public required string Code;
    public required string WaybillPrefix;
    public required int WaybillDigits;
    public required double Share;

    public bool RecordsVehicle;
    public bool RecordsBag;
    public bool RecordsNext;
    public bool RecordsProof;
    public bool RecordsSigner;
    public bool RecordsUpload;
    public bool RecordsOperator;
    public bool RecordsStock;
    public bool Inspects;
    public bool RecordsOutletDeparture;
    public bool RecordsAccepted;

    /// <summary>Many systems scan at the centre's gate in, and count what leaves by the truck alone.</summary>
    public bool RecordsCentreDeparture;
    public bool StationSignsFirst;
    public bool DeclaresWeight;
    public bool Flies;

    /// <summary>Seconds by which the whole feed of this carrier is off (H10: UTC written as local time).</summary>
    public int ClockOffset;

    /// <summary>Some systems keep minutes only.</summary>
    public bool WholeMinutes;

    /// <summary>Days after which a number is given out again; 0 is never within this feed (H9).</summary>
    public int RecycleDays;

    /// <summary>Trucks drive at about this speed, km/h, stops included.</summary>
    public double Speed = 62;

    public List<Facility> Outlets = [];
    public List<Facility> Centres = [];

    /// <summary>By city: its outlets, and the centre it hangs on.</summary>
    public Facility[][] OutletsOf = [];
    public int[] CentreOf = [];
}
