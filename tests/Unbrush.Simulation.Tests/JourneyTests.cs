using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Geography;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.Tests;

public sealed class JourneyTests
{
    private static readonly World s_world = new(new SimulationOptions(51, 8000));

    [Fact]
    public void A_real_parcel_obeys_time_and_space() =>
        Gen.ULong.Sample(seed =>
        {
            var (tracker, plan, rng) = Set(seed);
            var journey = tracker.Run(plan, rng);
            var scans = tracker.Scans;
            Assert.True(scans.Length >= 4);
            Assert.True(journey.Received >= plan.PickedUp);
            for (var i = 1; i < scans.Length; i++)
            {
                Assert.True(scans[i].At >= scans[i - 1].At, $"{scans[i - 1].Action} at {scans[i - 1].At}, then {scans[i].Action} at {scans[i].At}");
                var a = s_world.Network.Facilities[scans[i - 1].Facility];
                var b = s_world.Network.Facilities[scans[i].Facility];
                var kilometres = Atlas.Distance(a.Latitude, a.Longitude, b.Latitude, b.Longitude);
                Assert.True(kilometres < 60 || kilometres / ((scans[i].At - scans[i - 1].At) / 3600.0) < 700);
            }
        }, iter: 400);

    [Fact]
    public void Everybody_aboard_shares_the_truck()
    {
        var timetable = new Timetable(s_world.Parameters, s_world.Network);
        var centres = s_world.Network.Carriers[0].Centres;
        Gen.Int[0, 86400 * 20].Sample(offset =>
        {
            var earliest = (s_world.Parameters.FirstDay * Clock.Day) + offset;
            var trip = timetable.Next(centres[0].Index, centres[1].Index, earliest);
            Assert.True(trip.Departs >= earliest);
            Assert.True(trip.Arrives > trip.Departs);
            // Whoever is ready a minute before it leaves takes the same truck.
            Assert.Equal(trip, timetable.Next(centres[0].Index, centres[1].Index, trip.Departs - Math.Min(60, trip.Departs - earliest)));
        }, iter: 300);
    }

    [Fact]
    public void No_earlier_truck_is_missed()
    {
        var timetable = new Timetable(s_world.Parameters, s_world.Network);
        var outlet = s_world.Network.Carriers[0].Outlets[0];
        var centre = s_world.Network.Carriers[0].CentreOf[outlet.City];
        var start = s_world.Parameters.FirstDay * Clock.Day;
        // All trucks of ten days, found by asking every quarter of an hour.
        var all = Enumerable.Range(0, 960).Select(k => timetable.Next(outlet.Index, centre, start + (k * 900))).Distinct().OrderBy(t => t.Departs).ToList();
        Gen.Int[0, 800_000].Sample(offset =>
        {
            var first = all.First(t => t.Departs >= start + offset);
            Assert.Equal(first.Departs, timetable.Next(outlet.Index, centre, start + offset).Departs);
        }, iter: 300);
    }

    [Fact]
    public void A_forger_makes_at_least_his_least_of_mistakes() =>
        Gen.Select(Gen.ULong, Gen.Bool).Sample((seed, evasive) =>
        {
            var rng = new Rng(seed);
            var care = Carelessness.Draw(rng, evasive);
            var visible = Tells.Visible(rng.Pick(s_world.Network.Carriers));
            var tells = care.Roll(rng, visible);
            Assert.True(System.Numerics.BitOperations.PopCount((tells & visible) >> 2) >= care.Least);
        }, iter: 500);

    [Fact]
    public void Machines_never_weigh_what_is_not_there() =>
        Gen.ULong.Sample(seed =>
        {
            var (tracker, plan, rng) = Set(seed);
            var journey = tracker.Run(plan, rng);
            new Forger(s_world.Parameters, tracker, s_world.Network).Forge(1u << (int)Tell.NoCentreWeight, seed, ref journey, rng, nothing: true);
            foreach (var scan in tracker.Scans)
                Assert.False(scan.Weight >= 0 && s_world.Network.Facilities[scan.Facility].Kind == FacilityKind.Centre);
        }, iter: 100);

    [Fact]
    public void Each_mistake_shows_in_the_scans()
    {
        for (var seed = 0UL; seed < 60; seed++)
        {
            var (tracker, plan, rng) = Set(seed);
            var journey = tracker.Run(plan, rng);
            var forger = new Forger(s_world.Parameters, tracker, s_world.Network);
            forger.Forge(1u << (int)Tell.SkipCentre | 1u << (int)Tell.NoVehicle | 1u << (int)Tell.NoCourier | 1u << (int)Tell.OneOperator, seed, ref journey, rng, true);
            foreach (var scan in tracker.Scans)
            {
                Assert.NotEqual(FacilityKind.Centre, s_world.Network.Facilities[scan.Facility].Kind);
                Assert.NotEqual(ScanAction.OutForDelivery, scan.Action);
                Assert.Equal(0, scan.Vehicle);
            }

            Assert.True(tracker.Scans.ToArray().Where(s => s.Operator != 0).Select(s => s.Operator).Distinct().Count() <= 1);
        }
    }

    [Fact]
    public void Uploads_never_precede_scans() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 86400 * 30]).Sample((by, offset) =>
        {
            var (tracker, _, _) = Set(by);
            var place = s_world.Network.Facilities[(int)(by % (ulong)s_world.Network.Facilities.Count)];
            var at = (s_world.Parameters.FirstDay * Clock.Day) + offset;
            Assert.True(tracker.Recorded(place, by, at) >= at);
        }, iter: 500);

    [Fact]
    public void Numbers_are_given_once_unless_recycled()
    {
        var book = new NumberBook(s_world.Parameters, s_world.Network);
        var carrier = s_world.Network.Carriers.First(c => c.RecycleDays == 0);
        var seen = new HashSet<ulong>();
        var rng = new Rng(5);
        for (var k = 0; k < 20_000; k++)
            Assert.True(seen.Add(book.Next(carrier.Index, (ulong)rng.Below(40), k / 400).Waybill));
    }

    private static (Tracker Tracker, ParcelPlan Plan, Rng Rng) Set(ulong seed)
    {
        var rng = new Rng(seed);
        var tracker = new Tracker(s_world.Parameters, s_world.Atlas, s_world.Network, new Timetable(s_world.Parameters, s_world.Network), s_world.Outages);
        var carrier = rng.Below(s_world.Network.Carriers.Length);
        var city = s_world.Atlas.DrawBuyerCity(rng);
        return (tracker, new ParcelPlan
        {
            Carrier = carrier,
            Outlet = rng.Pick(s_world.Network.Carriers[carrier].Outlets).Index,
            City = city,
            Zone = rng.Below(s_world.Atlas.Cities[city].Zones.Length),
            Address = rng.Next(),
            Kind = (Market.AddressKind)rng.Below(6),
            Sender = rng.Next(),
            PickedUp = (s_world.Parameters.FirstDay * Clock.Day) + rng.Between(0, 40 * Clock.Day),
            Grams = (float)rng.LogNormal(500, 1),
            ForwardCity = rng.Chance(0.1) ? s_world.Atlas.DrawBuyerCity(rng) : -1,
        }, rng);
    }
}
