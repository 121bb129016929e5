using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Shipping;

/// <summary>Days on which places lose scans or send them late, and the outages that are on the register (H11).</summary>
internal sealed class Outages(WorldParameters world)
{
    private readonly Dictionary<(int Facility, int Day), double> _hubs = [];

    /// <summary>A centre loses this share of its scans on a day.</summary>
    public void Strike(int facility, int day, double loss) => _hubs[(facility, day)] = loss;

    public double Loss(Facility place, int day)
    {
        if (_hubs.Count > 0 && place.Kind == FacilityKind.Centre && _hubs.TryGetValue((place.Index, day), out var struck))
            return struck;
        var dice = Mixer.Mix(world.Seed, (ulong)place.Index, (ulong)day, 51);
        if (place.Kind == FacilityKind.Outlet && Mixer.Unit(dice) < world.BadOutletDays)
            return 0.25 + (0.7 * Mixer.Unit(Mixer.Mix(dice)));
        return Math.Min(0.3, world.ScanLoss * place.LossBias);
    }

    public bool LateUpload(int facility, int day) =>
        Mixer.Unit(Mixer.Mix(world.Seed, (ulong)facility, (ulong)day, 52)) < 0.006;
}
