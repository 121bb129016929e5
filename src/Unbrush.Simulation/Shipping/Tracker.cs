using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Geography;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Shipping;

/// <summary>
/// Carries a parcel: the scans that a real journey leaves, with the real habits of outlets, centres, couriers,
/// stations and machines. Forged tracks start from here too, so that nothing but the forger's own mistakes tells them
/// apart.
/// </summary>
internal sealed class Tracker(WorldParameters world, Atlas atlas, Network network, Timetable timetable, Outages outages)
{
    private const int Most = 64;
    private readonly ScanRow[] _scans = new ScanRow[Most];
    private readonly Facility[] _places = [.. network.Facilities];
    private int _count;

    /// <summary>The scans of the last journey, unfiltered: losses and clocks come at writing.</summary>
    public Span<ScanRow> Scans => _scans.AsSpan(0, _count);

    public void Truncate(int count) => _count = count;

    public ref ScanRow Append(in ScanRow row)
    {
        _scans[_count] = row;
        return ref _scans[_count++];
    }

    public Journey Run(in ParcelPlan plan, Rng rng)
    {
        _count = 0;
        var carrier = network.Carriers[plan.Carrier];
        var outlet = _places[plan.Outlet];
        var journey = new Journey { LastCity = plan.City, Weighed = -1 };
        var courier = Courier(outlet, Mixer.Mix(plan.Sender, 3));
        if (carrier.RecordsAccepted)
            Add(ScanAction.Accepted, plan.PickedUp - rng.Between(600, 20000), outlet, 0);

        ref var pick = ref Add(ScanAction.PickedUp, plan.PickedUp, outlet, courier);
        if (outlet.Scale != ScaleHabit.Never && rng.Chance(outlet.WeighShare))
            journey.Weighed = pick.Weight = Read(outlet.Scale, plan.Grams, rng);
        var ready = plan.PickedUp + rng.Between(900, 5400);
        if (carrier.Inspects && rng.Chance(outlet.InspectShare))
            Add(ScanAction.Inspected, plan.PickedUp + rng.Between(300, ready - plan.PickedUp - 200), outlet, Clerk(outlet, rng));

        var at = outlet.Index;
        var destination = network.Serving(plan.Carrier, plan.City, plan.Zone, plan.Address);
        var weighAt = _count;
        ready = Haul(carrier, ref at, carrier.CentreOf[outlet.City], ready, plan.Grams, destination, rng);
        ready = Through(carrier, ref at, destination, ready, plan.Grams, rng, ref journey, plan.Grams, weighAt);
        if (plan.ForwardCity >= 0)
        {
            Add(ScanAction.Forwarded, ready + rng.Between(1800, 20000), destination, Clerk(destination, rng));
            ready += 22000;
            var other = network.Serving(plan.Carrier, plan.ForwardCity, Mixer.Below(plan.Address, atlas.Cities[plan.ForwardCity].Zones.Length), plan.Address);
            ready = Haul(carrier, ref at, carrier.CentreOf[destination.City], ready, plan.Grams, other, rng);
            ready = Through(carrier, ref at, other, ready, plan.Grams, rng, ref journey, plan.Grams, -1);
            destination = other;
            journey.LastCity = plan.ForwardCity;
        }

        HandOver(carrier, destination, plan, ready, rng, ref journey);
        if (plan.Refused || plan.SentBackAt > 0)
            Back(carrier, destination, outlet, plan, rng, ref journey);
        return journey;
    }

    /// <summary>From where it is through the centres to the outlet that delivers.</summary>
    private int Through(
        Carrier carrier, ref int at, Facility destination, int ready, float grams, Rng rng, ref Journey journey, float trueGrams, int weighAt)
    {
        var last = carrier.CentreOf[destination.City];
        Span<int> way = stackalloc int[4];
        var legs = Route(carrier, at, last, way);
        for (var i = 0; i < legs; i++)
            ready = Haul(carrier, ref at, way[i], ready, grams, destination, rng);
        if (weighAt >= 0)
        {
            for (var i = weighAt; i < _count; i++)
            {
                ref var scan = ref _scans[i];
                var place = _places[scan.Facility];
                if (scan.Action != ScanAction.Arrived || place.Kind != FacilityKind.Centre || !rng.Chance(place.WeighShare))
                    continue;
                scan.Weight = Math.Max(1, (int)Math.Round(trueGrams * rng.Normal(1, 0.006) / (trueGrams < 100 ? 1 : 10)) * (trueGrams < 100 ? 1 : 10));
                if (journey.Weighed < 0)
                    journey.Weighed = scan.Weight;
                break;
            }
        }

        return Haul(carrier, ref at, destination.Index, ready, grams, destination, rng);
    }

    /// <summary>The centres between two centres; far or small ones go by way of hubs.</summary>
    private int Route(Carrier carrier, int from, int to, Span<int> way)
    {
        if (from == to)
            return 0;
        var n = 0;
        var a = _places[from];
        var b = _places[to];
        if (!a.Hub && !b.Hub && atlas.Kilometres(a.City, b.City) > 800)
        {
            var hub = Hub(carrier, a, b);
            if (hub != from && hub != to)
                way[n++] = hub;
        }

        way[n++] = to;
        return n;
    }

    private int Hub(Carrier carrier, Facility centre, Facility towards)
    {
        var best = centre.Index;
        var shortest = double.MaxValue;
        foreach (var hub in carrier.Centres)
        {
            if (!hub.Hub)
                continue;
            var way = (1.6 * atlas.Kilometres(centre.City, hub.City)) + atlas.Kilometres(hub.City, towards.City);
            if (way < shortest)
                (shortest, best) = (way, hub.Index);
        }

        return best;
    }

    private int Haul(Carrier carrier, ref int at, int to, int ready, float grams, Facility destination, Rng rng)
    {
        if (at == to)
            return ready;
        var from = _places[at];
        var trip = timetable.Next(at, to, ready + 300);
        var loaded = Math.Max(ready, trip.Departs - rng.Between(60, 2700));
        var bag = grams < 3000
            ? Mixer.Mix(trip.Id, (ulong)carrier.CentreOf[destination.City], (ulong)rng.Below(2))
            : 0;
        if (from.Kind == FacilityKind.Centre ? carrier.RecordsCentreDeparture : carrier.RecordsOutletDeparture)
        {
            ref var departed = ref Add(ScanAction.Departed, loaded, from, from.Kind == FacilityKind.Centre ? Sorter(from, loaded, rng) : Clerk(from, rng));
            departed.Vehicle = rng.Chance(0.96) ? trip.Vehicle : 0;
            departed.Bag = bag;
            departed.Next = to;
        }

        var place = _places[to];
        var unloaded = trip.Arrives + rng.Between(120, place.Kind == FacilityKind.Centre ? 4200 : 2400);
        ref var arrived = ref Add(ScanAction.Arrived, unloaded, place, place.Kind == FacilityKind.Centre ? Sorter(place, unloaded, rng) : Clerk(place, rng));
        arrived.Vehicle = rng.Chance(0.9) ? trip.Vehicle : 0;
        arrived.Bag = bag;
        at = to;
        return unloaded + rng.Between(600, place.Kind == FacilityKind.Centre ? 5400 : 1500);
    }

    private void HandOver(Carrier carrier, Facility outlet, in ParcelPlan plan, int ready, Rng rng, ref Journey journey)
    {
        var zone = Mixer.Mix(plan.Address, 7);
        var courier = Courier(outlet, zone);
        var day = ready / Clock.Day;
        var morning = (int)((7.3 + (1.8 * Mixer.Unit(Mixer.Mix(courier, (ulong)day)))) * Clock.Hour);
        var time = ready % Clock.Day;
        var leaves = time < 10 * Clock.Hour ? Math.Max(ready, (day * Clock.Day) + morning)
            : time < 15.5 * Clock.Hour ? ready + rng.Between(900, 4500)
            : ((day + 1) * Clock.Day) + morning;
        leaves += rng.Between(0, 1500);
        Add(ScanAction.OutForDelivery, leaves, outlet, courier);

        while (rng.Chance(0.025))
        {
            Add(ScanAction.FailedAttempt, leaves + rng.Between(3600, 25000), outlet, courier);
            leaves = (((leaves / Clock.Day) + 1) * Clock.Day) + morning + rng.Between(0, 1500);
            Add(ScanAction.OutForDelivery, leaves, outlet, courier);
        }

        if (plan.Refused)
        {
            Add(ScanAction.Refused, leaves + rng.Between(1800, 25000), outlet, courier);
            return;
        }

        var today = leaves / Clock.Day;
        if (outlet.SignsEarly && Mixer.Unit(Mixer.Mix((ulong)outlet.Index, (ulong)today, 21)) < 0.7)
        {
            // H14: everything is signed at one stroke for the target; the people get it during the day.
            var stroke = (today * Clock.Day) + (int)(Clock.Hour * (9.8 + (2 * Mixer.Unit(Mixer.Mix(courier, (ulong)today, 22)))));
            Sign(carrier, outlet, Math.Max(leaves + 30, stroke + rng.Below(4)), courier, Signer.Courier, Proof.None);
            journey.Received = Math.Max(leaves + 3600, stroke + rng.Between(600, 26000));
            return;
        }

        var mode = rng.Unit();
        var kind = plan.Kind;
        var atStation = kind switch
        {
            AddressKind.Station => 0.92,
            AddressKind.Dormitory => 0.75,
            AddressKind.House => 0.34,
            AddressKind.Locker => 0.05,
            _ => 0.12,
        };
        var atLocker = kind switch { AddressKind.Locker => 0.9, AddressKind.House => 0.08, AddressKind.Dormitory => 0.1, _ => 0.02 };
        var station = _places[outlet.Stations[Mixer.Below(zone, outlet.Stations.Length)]];
        if (mode < atStation + atLocker && outlet.EveningBatch && mode < atStation)
        {
            // H3: the station books the day's parcels in at one time.
            var book = Math.Max(leaves + 900, (today * Clock.Day) + (18 * Clock.Hour) + rng.Below(200));
            Sign(carrier, station, book, Mixer.Mix((ulong)station.Index, 31), Signer.Station, Proof.Code);
            journey.Received = Collect(station, book, rng);
        }
        else if (mode < atStation + atLocker)
        {
            var put = leaves + rng.Between(1800, 26000);
            var isLocker = station.Kind == FacilityKind.Locker;
            var keeper = Mixer.Mix((ulong)station.Index, 31, (ulong)rng.Below(2));
            if (carrier.StationSignsFirst)
                Sign(carrier, station, put, isLocker ? courier : keeper, isLocker ? Signer.Locker : Signer.Station, carrier.RecordsProof ? Proof.Code : Proof.Unknown);
            else
                Add(ScanAction.Stored, put, station, isLocker ? courier : keeper);
            journey.Received = Collect(station, put, rng);
        }
        else
        {
            var done = leaves + (int)(rng.Unit() * rng.Between(3000, 32000)) + 240;
            var signer = rng.Unit() switch
            {
                var u when kind == AddressKind.Gatehouse && u < 0.8 => Signer.Doorman,
                var u when kind == AddressKind.Office && u < 0.35 => Signer.Doorman,
                < 0.04 => Signer.Doorman,
                < 0.06 => Signer.Neighbour,
                < 0.10 => Signer.Other,
                < 0.13 => Signer.Courier,
                _ => Signer.Recipient,
            };
            var proof = rng.Chance(outlet.ProofShare) ? rng.Unit() switch { < 0.4 => Proof.Photo, < 0.75 => Proof.Signature, _ => Proof.Code } : Proof.None;
            Sign(carrier, outlet, done, courier, signer, proof);
            journey.Received = done;
        }
    }

    private int Collect(Facility station, int put, Rng rng)
    {
        var wait = (int)(rng.LogNormal(8, 0.9) * Clock.Hour);
        var at = put + Math.Max(600, wait);
        var time = at % Clock.Day;
        if (time < 8 * Clock.Hour)
            at += (8 * Clock.Hour) + rng.Between(0, 14000) - time;
        ref var taken = ref Add(ScanAction.Collected, at, station, 0);
        taken.Signer = station.Kind == FacilityKind.Locker ? Signer.Locker : Signer.Recipient;
        taken.Proof = Proof.Code;
        return at;
    }

    private void Back(Carrier carrier, Facility from, Facility origin, in ParcelPlan plan, Rng rng, ref Journey journey)
    {
        var start = plan.Refused ? _scans[_count - 1].At + rng.Between(3600, 40000) : plan.SentBackAt;
        Add(ScanAction.Returning, start, from, Clerk(from, rng));
        var at = from.Index;
        var ready = Haul(carrier, ref at, carrier.CentreOf[from.City], start + 1800, plan.Grams, origin, rng);
        Span<int> way = stackalloc int[4];
        var legs = Route(carrier, at, carrier.CentreOf[origin.City], way);
        for (var i = 0; i < legs; i++)
            ready = Haul(carrier, ref at, way[i], ready, plan.Grams, origin, rng);
        ready = Haul(carrier, ref at, origin.Index, ready, plan.Grams, origin, rng);
        Add(ScanAction.Returned, ready + rng.Between(7000, 30000), origin, Courier(origin, Mixer.Mix(plan.Sender, 3)));
        journey.Returned = true;
    }

    private void Sign(Carrier carrier, Facility place, int at, ulong by, Signer signer, Proof proof)
    {
        ref var row = ref Add(ScanAction.Delivered, at, place, by);
        row.Signer = carrier.RecordsSigner ? signer : Signer.None;
        row.Proof = carrier.RecordsProof ? proof : Proof.Unknown;
    }

    private ref ScanRow Add(ScanAction action, int at, Facility place, ulong by)
    {
        ref var row = ref _scans[_count++];
        row = default;
        row.Action = action;
        row.At = at;
        row.Facility = place.Index;
        row.Operator = by;
        row.Weight = -1;
        row.Next = -1;
        return ref row;
    }

    public ulong Courier(Facility outlet, ulong whose) =>
        Mixer.Mix(world.Seed, (ulong)outlet.Index, (ulong)Mixer.Below(Mixer.Mix(whose), outlet.Couriers), 41);

    public ulong Clerk(Facility outlet, Rng rng) => Mixer.Mix(world.Seed, (ulong)outlet.Index, (ulong)rng.Below(2), 42);

    private ulong Sorter(Facility centre, int at, Rng rng) =>
        Mixer.Mix(world.Seed, (ulong)centre.Index, (ulong)((at / 28800 % 6 * 8) + rng.Below(8)), 43);

    /// <summary>What the outlet's scale, or the clerk's habit, writes down for a weight.</summary>
    public static int Read(ScaleHabit scale, float grams, Rng rng)
    {
        var measured = Math.Max(1, grams * rng.Normal(1, 0.008));
        return scale switch
        {
            ScaleHabit.Exact => (int)Math.Round(measured),
            ScaleHabit.Ten => Math.Max(10, (int)Math.Round(measured / 10) * 10),
            ScaleHabit.Hundred => (int)Math.Ceiling(measured / 100) * 100,
            ScaleHabit.HalfKilo => (int)Math.Ceiling(measured / 500) * 500,
            ScaleHabit.Typed => grams > 3000 ? (int)Math.Ceiling(measured / 1000) * 1000 : rng.Chance(0.9) ? 1000 : 500,
            _ => -1,
        };
    }

    /// <summary>When the carrier's server got a scan.</summary>
    public int Recorded(Facility place, ulong by, int at)
    {
        var day = at / Clock.Day;
        if (outages.LateUpload(place.Index, day))
            return ((day + 1) * Clock.Day) + (2 * Clock.Hour) + Mixer.Below(Mixer.Mix(by, (ulong)at), 5400);
        var jitter = 1 + Mixer.Below(Mixer.Mix(by, (ulong)at, 9), 20);
        if (place.SyncSeconds == 0)
            return at + jitter;
        var phase = Mixer.Below(Mixer.Mix(by, 8), place.SyncSeconds);
        return ((((at - phase) / place.SyncSeconds) + 1) * place.SyncSeconds) + phase + (jitter / 8);
    }

    /// <summary>True where the scan never reached the server.</summary>
    public bool Lost(in ScanRow scan, Rng rng)
    {
        var place = _places[scan.Facility];
        var rate = outages.Loss(place, scan.At / Clock.Day);
        if (scan.Action is ScanAction.PickedUp or ScanAction.Delivered or ScanAction.Collected)
            rate *= 0.6;
        return rng.Chance(rate);
    }
}
