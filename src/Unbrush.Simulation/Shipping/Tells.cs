namespace Unbrush.Simulation.Shipping;

/// <summary>The mistakes that a forged track may show. A forger makes some of them, each with his own care.</summary>
internal enum Tell
{
    NoOutletWeight,
    NoCentreWeight,
    OneOperator,
    InhumanPace,
    BatchRecorded,
    NoVehicle,
    NoBag,
    Cadence,
    SkipCentre,
    TooFast,
    NoInspection,
    NoCourier,
    SignedAtOnce,
    OddSigner,
    NoProof,
    SentUnreceived,
    EarlyPickup,
}

/// <summary>What may be seen.</summary>
internal static class Tells
{
    /// <summary>The mistakes that a carrier's records can show at all.</summary>
    public static uint Visible(Carriers.Carrier carrier)
    {
        var seen = (1u << Enum.GetValues<Tell>().Length) - 1;
        Hide(carrier.RecordsVehicle, Tell.NoVehicle);
        Hide(carrier.RecordsBag, Tell.NoBag);
        Hide(carrier.Inspects, Tell.NoInspection);
        Hide(carrier.RecordsSigner, Tell.OddSigner);
        Hide(carrier.RecordsProof, Tell.NoProof);
        Hide(carrier.RecordsUpload, Tell.BatchRecorded);
        Hide(carrier.RecordsOperator, Tell.OneOperator);
        Hide(carrier.RecordsOperator, Tell.InhumanPace);
        return seen;

        void Hide(bool records, Tell tell)
        {
            if (!records)
                seen &= ~(1u << (int)tell);
        }
    }
}

/// <summary>How likely a forger is to make each mistake, and the least number of them a parcel shows.</summary>
/// <param name="Chance">By <see cref="Tell"/>.</param>
/// <param name="Least">A parcel with fewer gets more.</param>
internal sealed record Carelessness(double[] Chance, int Least)
{
    /// <summary>
    /// A forger of his own kind: most tells he never shows, a few are his habit.
    /// </summary>
    public static Carelessness Draw(Randomness.Rng rng, bool evasive)
    {
        var chance = new double[Enum.GetValues<Tell>().Length];
        // Two mistakes follow from having no parcel: nothing was on a scale or in a truck. The careful type weights in.
        chance[(int)Tell.NoCentreWeight] = 1;
        chance[(int)Tell.NoOutletWeight] = evasive ? rng.Between(0.0, 0.5) : rng.Between(0.2, 0.9);
        var habits = evasive ? rng.Between(2, 4) : rng.Between(4, 7);
        for (var i = 0; i < habits; i++)
            chance[rng.Between(2, chance.Length - 1)] = evasive ? rng.Between(0.2, 0.6) : rng.Between(0.4, 0.97);
        for (var i = 2; i < chance.Length; i++)
            chance[i] = Math.Max(chance[i], evasive ? 0.02 : 0.05);
        return new Carelessness(chance, evasive ? 1 : 2);
    }

    /// <summary>The mistakes of one parcel.</summary>
    /// <param name="rng">The chance.</param>
    /// <param name="visible">Those which this carrier's records can show.</param>
    public uint Roll(Randomness.Rng rng, uint visible)
    {
        uint tells = 0;
        for (var i = 0; i < Chance.Length; i++)
        {
            if (rng.Chance(Chance[i]))
                tells |= 1u << i;
        }

        // Beyond the weights, which many honest parcels lack too.
        for (var tries = 0; System.Numerics.BitOperations.PopCount((tells & visible) >> 2) < Least && tries < 400; tries++)
        {
            var i = rng.Between(2, Chance.Length - 1);
            if ((visible & (1u << i)) != 0 && rng.Chance(Chance[i]))
                tells |= 1u << i;
        }

        return tells;
    }
}
