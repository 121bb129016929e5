using Unbrush.Simulation.Geography;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Carriers;

/// <summary>One run of a truck from one place to the next.</summary>
internal readonly record struct Trip(int Departs, int Arrives, int Vehicle, ulong Id);

/// <summary>
/// When trucks run. A trip is a function of leg, day and run: all parcels aboard share its delay and its vehicle,
/// and a forger who copies real trips gets real times.
/// </summary>
internal sealed class Timetable(WorldParameters world, Network network)
{
    private readonly Facility[] _places = [.. network.Facilities];

    /// <summary>The first trip on a leg that leaves at or after an instant.</summary>
    public Trip Next(int from, int to, int earliest)
    {
        var leg = Mixer.Mix(world.Seed, (ulong)from, (ulong)to, 11);
        var a = _places[from];
        var b = _places[to];
        var runs = a.Kind == FacilityKind.Centre && b.Kind == FacilityKind.Centre ? 1 + (int)(leg % 3 == 0 ? 1 : 0) + (a.Hub && b.Hub ? 1 : 0)
            : leg % 5 < 2 ? 2 : 1;
        var day = (earliest / Clock.Day) - 1;
        var best = new Trip(int.MaxValue, 0, 0, 0);
        for (; ; day++)
        {
            for (var run = 0; run < runs; run++)
            {
                var departs = (day * Clock.Day) + Scheduled(a.Kind, b.Kind, leg, run);
                var chance = Mixer.Mix(leg, (ulong)day, (ulong)run);
                departs += (int)(Mixer.Normal(chance) * 420);
                if (departs >= earliest && departs < best.Departs)
                    best = Make(a, b, leg, day, run, departs, chance);
            }

            if (best.Departs != int.MaxValue && best.Departs < ((day + 1) * Clock.Day) - 1800)
                return best;
        }
    }

    private static int Scheduled(FacilityKind from, FacilityKind to, ulong leg, int run)
    {
        var u = Mixer.Unit(Mixer.Mix(leg, (ulong)run, 5));
        var hours = (from, to) switch
        {
            (FacilityKind.Outlet, _) => run == 0 ? 17.2 + (4.3 * u) : 11.8 + (2.2 * u),
            (FacilityKind.Centre, FacilityKind.Centre) => run switch { 0 => 20.5 + (7.0 * u), 1 => 10 + (5 * u), _ => 4 + (3 * u) },
            _ => run == 0 ? 4.6 + (2.6 * u) : 11.6 + (1.8 * u),
        };
        return (int)(hours * Clock.Hour);
    }

    private Trip Make(Facility a, Facility b, ulong leg, int day, int run, int departs, ulong chance)
    {
        var carrier = network.Carriers[a.Carrier];
        var kilometres = 1.27 * Atlas.Distance(a.Latitude, a.Longitude, b.Latitude, b.Longitude);
        var speed = carrier.Speed * (1 + (0.08 * Mixer.Normal(Mixer.Mix(chance, 1))));
        var seconds = (kilometres / speed * Clock.Hour) + 900;
        if (carrier.Flies && kilometres > 1300 && run == 0)
            seconds = (kilometres / 620 * Clock.Hour) + (3.5 * Clock.Hour);
        if (Mixer.Unit(Mixer.Mix(chance, 2)) < 0.02)
            seconds += Mixer.Unit(Mixer.Mix(chance, 3)) * 9 * Clock.Hour;
        var roster = 2 + (int)(leg % 3);
        var vehicle = 10000 + Mixer.Below(Mixer.Mix(leg, (ulong)run, (ulong)(day % roster)), 89999);
        return new Trip(departs, departs + (int)seconds, vehicle, Mixer.Mix(chance, 4));
    }
}
