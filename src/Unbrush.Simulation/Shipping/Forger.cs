using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Shipping;

/// <summary>
/// Turns the scans of a journey that could have been into those of one that never was. The forger copies the real
/// timetable; what betrays him is what he could not copy.
/// </summary>
internal sealed class Forger(WorldParameters world, Tracker tracker, Network network)
{
    private readonly Facility[] _places = [.. network.Facilities];

    /// <summary>Rewrites the tracker's scans.</summary>
    /// <param name="tells">Bits of <see cref="Tell"/>.</param>
    /// <param name="journey">What the consignee is said to have got, corrected to the forged times.</param>
    /// <param name="rng">The chance.</param>
    /// <param name="nothing">True where there is no parcel at all; else something travels and only the end is forged.</param>
    /// <param name="batch">Which batch of the outlet's forgeries it belongs to: its operator, upload and rhythm.</param>
    public void Forge(uint tells, ulong batch, ref Journey journey, Rng rng, bool nothing)
    {
        var scans = tracker.Scans;
        if (Has(tells, Tell.NoOutletWeight))
            journey.Weighed = -1;
        var insider = Mixer.Mix(world.Seed, (ulong)scans[0].Facility, 0, 42);
        var upload = 0;
        for (var i = 0; i < scans.Length; i++)
        {
            ref var scan = ref scans[i];
            var place = _places[scan.Facility];
            // A machine weighs only what lies on it.
            if ((nothing && place.Kind == FacilityKind.Centre) || Has(tells, Tell.NoOutletWeight))
                scan.Weight = -1;
            if (Has(tells, Tell.OneOperator) && scan.Operator != 0)
                scan.Operator = insider;
            if (Has(tells, Tell.NoVehicle))
                scan.Vehicle = 0;
            if (Has(tells, Tell.NoBag))
                scan.Bag = 0;
            if (scan.Action == ScanAction.Delivered)
            {
                if (Has(tells, Tell.OddSigner))
                    scan.Signer = scan.Signer == Signer.None ? Signer.None : rng.Chance(0.6) ? Signer.Doorman : Signer.Other;
                if (Has(tells, Tell.NoProof) && scan.Proof != Proof.Unknown)
                    scan.Proof = Proof.None;
            }
        }

        if (nothing)
        {
            journey.Weighed = -1;
            foreach (var scan in scans)
                journey.Weighed = Math.Max(journey.Weighed, scan.Weight);
        }

        if (Has(tells, Tell.Cadence))
            Beat(scans, batch, ref journey);
        if (Has(tells, Tell.TooFast))
            Hurry(scans, ref journey, rng);
        if (Has(tells, Tell.InhumanPace))
        {
            // The list is run through at once: every pick-up of the batch in the same few seconds.
            var stroke = (scans[0].At / 1800 * 1800) + Mixer.Below(Mixer.Mix(batch, (ulong)(scans[0].At / 1800)), 1700);
            foreach (ref var scan in scans)
            {
                if (scan.Action is ScanAction.PickedUp)
                    scan.At = stroke + rng.Below(3);
                else if (scan.Action == ScanAction.Inspected)
                    scan.At = stroke + 60 + rng.Below(3);
            }
        }

        for (var i = 0; i < scans.Length; i++)
        {
            if (!Has(tells, Tell.BatchRecorded))
                break;
            // Written into the system afterwards: several scans bear one upload.
            if (i % 4 == 0)
                upload = scans[Math.Min(i + 3, scans.Length - 1)].At + 40 + Mixer.Below(Mixer.Mix(batch, (ulong)i), 300);
            scans[i].Recorded = Math.Max(upload, scans[i].At + 1);
        }

        Drop(tells, ref journey, rng);
    }

    private static bool Has(uint tells, Tell tell) => (tells & (1u << (int)tell)) != 0;

    private static void Beat(Span<ScanRow> scans, ulong batch, ref Journey journey)
    {
        var start = scans[0].At;
        var at = start;
        for (var i = 1; i < scans.Length; i++)
        {
            // The same gaps for every parcel of the batch, to the second or nearly so.
            var step = 1800 * (1 + Mixer.Below(Mixer.Mix(batch, (ulong)i, 61), 22));
            at += step + Mixer.Below(Mixer.Mix((ulong)start, (ulong)i), 3);
            scans[i].At = at;
        }

        if (journey.Received > 0)
            journey.Received = at;
    }

    private void Hurry(Span<ScanRow> scans, ref Journey journey, Rng rng)
    {
        // Typed in during one sitting: hundreds of kilometres in a few hours.
        var start = scans[0].At;
        var last = scans[^1].At;
        var first = _places[scans[0].Facility];
        var end = _places[scans[^1].Facility];
        var kilometres = Geography.Atlas.Distance(first.Latitude, first.Longitude, end.Latitude, end.Longitude);
        var hours = Math.Max(0.8, kilometres / rng.Between(150, 420));
        var factor = Math.Min(1, hours * Clock.Hour / Math.Max(1, last - start));
        foreach (ref var scan in scans)
            scan.At = start + (int)((scan.At - start) * factor);
        if (journey.Received > 0)
            journey.Received = scans[^1].At;
    }

    private void Drop(uint tells, ref Journey journey, Rng rng)
    {
        var scans = tracker.Scans;
        var kept = 0;
        var arrivedLast = 0;
        for (var i = 0; i < scans.Length; i++)
        {
            var scan = scans[i];
            var place = _places[scan.Facility];
            var centre = place.Kind == FacilityKind.Centre;
            if ((Has(tells, Tell.SkipCentre) && centre)
                || (Has(tells, Tell.NoInspection) && scan.Action == ScanAction.Inspected)
                || (Has(tells, Tell.SentUnreceived) && centre && scan.Action == ScanAction.Arrived)
                || ((Has(tells, Tell.NoCourier) || Has(tells, Tell.SignedAtOnce)) && scan.Action is ScanAction.OutForDelivery or ScanAction.FailedAttempt))
                continue;
            if (scan.Action == ScanAction.Arrived && !centre)
                arrivedLast = scan.At;
            if (Has(tells, Tell.SignedAtOnce) && arrivedLast > 0 && scan.Action is ScanAction.Delivered or ScanAction.Stored)
            {
                scan.At = arrivedLast + rng.Between(2, 25);
                journey.Received = scan.At;
                if (scan.Action == ScanAction.Stored)
                {
                    scan.Action = ScanAction.Delivered;
                    scan.Signer = network.Carriers[place.Carrier].RecordsSigner ? Signer.Other : Signer.None;
                }
            }

            if (Has(tells, Tell.SignedAtOnce) && scan.Action == ScanAction.Collected)
                continue;
            scans[kept++] = scan;
        }

        tracker.Truncate(kept);
    }
}
