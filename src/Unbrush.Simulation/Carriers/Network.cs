using Unbrush.Simulation.Geography;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Carriers;

/// <summary>All carriers of a world with their outlets, centres, stations and lockers.</summary>
internal sealed class Network
{
    private static readonly string[] s_names =
        ["beilu", "haiyan", "yunfan", "tieshu", "jiumen", "shanhe", "qingniao", "dongxu", "manjiang", "xiyue", "laitong", "zhuque"];

    private static readonly string[] s_prefixes = ["", "BL", "77", "9", "Y", "JM", "43", "QN", "31", "X8", "LT", "5"];

    private readonly WorldParameters _world;
    private readonly Atlas _atlas;

    public Network(WorldParameters world, Atlas atlas)
    {
        _world = world;
        _atlas = atlas;
        var rng = Rng.Of(world.Seed, 2);
        var which = Enumerable.Range(0, s_names.Length).ToArray();
        rng.Shuffle(which.AsSpan());
        Carriers = [.. Enumerable.Range(0, world.Carriers).Select(i => DrawCarrier(i, which[i], rng))];
        foreach (var carrier in Carriers)
            Build(carrier, rng);
    }

    public Carrier[] Carriers { get; }

    public List<Facility> Facilities { get; } = [];

    /// <summary>The outlet that serves an address.</summary>
    public Facility Serving(int carrier, int city, int zone, ulong address)
    {
        var outlets = Carriers[carrier].OutletsOf[city];
        var zones = _atlas.Cities[city].Zones.Length;
        if (outlets.Length <= zones)
            return outlets[zone % outlets.Length];
        var each = outlets.Length / zones;
        return outlets[(zone * each) + Mixer.Below(Mixer.Mix(address, 77), each)];
    }

    private static Carrier DrawCarrier(int index, int name, Rng rng) => new()
    {
        Index = index,
        Code = s_names[name],
        WaybillPrefix = s_prefixes[name],
        WaybillDigits = rng.Between(12, 14),
        Share = rng.Between(0.5, 2.0),
        RecordsVehicle = rng.Chance(0.75),
        RecordsBag = rng.Chance(0.65),
        RecordsNext = rng.Chance(0.6),
        RecordsProof = rng.Chance(0.75),
        RecordsSigner = rng.Chance(0.9),
        RecordsUpload = rng.Chance(0.75),
        RecordsOperator = rng.Chance(0.85),
        RecordsStock = rng.Chance(0.6),
        Inspects = rng.Chance(0.6),
        RecordsOutletDeparture = rng.Chance(0.45),
        RecordsCentreDeparture = rng.Chance(0.35),
        RecordsAccepted = rng.Chance(0.15),
        StationSignsFirst = rng.Chance(0.5),
        DeclaresWeight = rng.Chance(0.4),
        Flies = rng.Chance(0.3),
        ClockOffset = index > 0 && rng.Chance(0.18) ? -8 * Clock.Hour : 0,
        WholeMinutes = rng.Chance(0.12),
        RecycleDays = rng.Chance(0.25) ? rng.Between(45, 80) : 0,
        Speed = rng.Between(52, 68),
    };

    private void Build(Carrier carrier, Rng rng)
    {
        var cities = _atlas.Cities;
        carrier.OutletsOf = new Facility[cities.Length][];
        carrier.CentreOf = new int[cities.Length];
        // Centres stand where most is sold and bought; every other city hangs on the nearest.
        var byMarket = Enumerable.Range(0, cities.Length).OrderByDescending(c => cities[c].Demand + cities[c].Supply + rng.Between(0.0, 5.0)).ToArray();
        var centres = Math.Max(4, (int)(cities.Length * rng.Between(0.28, 0.45)));
        for (var i = 0; i < centres && i < cities.Length; i++)
        {
            var centre = Place(carrier, FacilityKind.Centre, byMarket[i], -1, i + 1, rng);
            centre.Hub = i < Math.Max(3, centres / 3);
            centre.WeighShare = rng.Chance(0.2) ? 0 : rng.Between(0.35, 0.95);
            centre.SyncSeconds = rng.Chance(0.8) ? 0 : rng.Between(60, 900);
            carrier.Centres.Add(centre);
        }

        // Only the parcels of one carrier are shared among its outlets: small worlds have few and busy ones.
        var parcels = _world.Orders * 1.15 / _world.Carriers;
        var perOutlet = 140 + (260 * Math.Min(1, Math.Log10(Math.Max(_world.Orders, 10_000)) - 4));
        var demand = cities.Sum(c => c.Demand + c.Supply);
        for (var c = 0; c < cities.Length; c++)
        {
            var nearest = carrier.Centres.OrderBy(f => _atlas.Kilometres(f.City, c)).First();
            carrier.CentreOf[c] = nearest.Index;
            var share = (cities[c].Demand + cities[c].Supply) / demand;
            var count = Math.Max(1, (int)Math.Round(parcels * share / perOutlet));
            if (count > cities[c].Zones.Length)
                count = count / cities[c].Zones.Length * cities[c].Zones.Length;
            var outlets = new Facility[count];
            for (var k = 0; k < count; k++)
                outlets[k] = Outlet(carrier, c, k, count, nearest.Index, rng);
            carrier.OutletsOf[c] = outlets;
            carrier.Outlets.AddRange(outlets);
        }
    }

    private Facility Outlet(Carrier carrier, int city, int k, int count, int centre, Rng rng)
    {
        var zones = _atlas.Cities[city].Zones.Length;
        var zone = count <= zones ? k : k / (count / zones);
        var outlet = Place(carrier, FacilityKind.Outlet, city, zone, k + 1, rng);
        outlet.Parent = centre;
        outlet.Franchise = rng.Chance(0.7);
        outlet.OpenedDay = _world.FirstDay - (int)rng.Exponential(1200) - 20;
        if (count <= zones)
        {
            for (var z = k; z < zones; z += count)
                outlet.Zones.Add(z);
        }
        else
        {
            outlet.Zones.Add(zone);
        }

        outlet.Couriers = rng.Between(2, 7);
        outlet.Scale = rng.Unit() switch
        {
            < 0.36 => ScaleHabit.Exact,
            < 0.66 => ScaleHabit.Ten,
            < 0.80 => ScaleHabit.Hundred,
            < 0.86 => ScaleHabit.HalfKilo,
            < 0.93 => ScaleHabit.Typed,
            _ => ScaleHabit.Never,
        };
        outlet.WeighShare = rng.Chance(0.5) ? 1 : rng.Between(0.55, 0.99);
        outlet.InspectShare = rng.Chance(0.7) ? rng.Between(0.92, 1.0) : rng.Between(0.3, 0.9);
        outlet.SyncSeconds = rng.Unit() switch { < 0.45 => 0, < 0.8 => rng.Between(30, 300), _ => rng.Between(600, 3600) };
        outlet.LossBias = rng.LogNormal(0.8, 0.6);
        outlet.ProofShare = rng.Chance(0.2) ? rng.Between(0.1, 0.6) : rng.Between(0.85, 1.0);
        outlet.SignsEarly = rng.Chance(0.03);
        outlet.EveningBatch = rng.Chance(0.05);
        if (outlet.SignsEarly)
            outlet.LookAlike = "H14";
        else if (outlet.EveningBatch)
            outlet.LookAlike = "H3";
        else if (outlet.Scale is ScaleHabit.HalfKilo or ScaleHabit.Typed)
            outlet.LookAlike = "H5";
        var stations = rng.Between(1, 3);
        outlet.Stations = [.. Enumerable.Range(0, stations).Select(_ =>
        {
            var kind = rng.Chance(0.7) ? FacilityKind.Station : FacilityKind.Locker;
            var station = Place(carrier, kind, city, zone, Facilities.Count, rng);
            station.Parent = outlet.Index;
            station.SyncSeconds = rng.Chance(0.7) ? 0 : rng.Between(30, 600);
            station.Latitude = outlet.Latitude + rng.Normal(0, 0.01);
            station.Longitude = outlet.Longitude + rng.Normal(0, 0.01);
            return station.Index;
        })];
        return outlet;
    }

    private Facility Place(Carrier carrier, FacilityKind kind, int city, int zone, int number, Rng rng)
    {
        var place = _atlas.Cities[city];
        var spread = kind == FacilityKind.Centre ? 0.12 : 0.10;
        var letter = "OCSL"[(int)kind];
        var names = new[] { "网点", "转运中心", "驿站", "快递柜" };
        var facility = new Facility
        {
            Index = Facilities.Count,
            Carrier = carrier.Index,
            Kind = kind,
            City = city,
            Zone = zone,
            Latitude = Math.Round(place.Latitude + rng.Normal(0, spread), 4),
            Longitude = Math.Round(place.Longitude + rng.Normal(0, spread), 4),
            Id = $"{letter}{place.Code / 100}{number:000}",
            Name = $"{place.Name}{(kind == FacilityKind.Centre ? "" : $"{number}号")}{names[(int)kind]}",
        };
        facility.OpenedDay = _world.FirstDay - 60 - (int)rng.Exponential(1500);
        Facilities.Add(facility);
        return facility;
    }
}
