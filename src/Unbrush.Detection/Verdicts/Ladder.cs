using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// The two ladders of the findings contract. They keep two questions apart: did a parcel travel (logistics may say so
/// alone, by two independent hard contradictions), and was this a sale (two families, and a hard contradiction or a
/// closed money loop). Weight alone never confirms; who complains is a victim.
/// </summary>
public static class Ladder
{
    /// <summary>The verdict on a parcel.</summary>
    /// <param name="weighed">Its own evidence.</param>
    /// <param name="score">Its calibrated probability.</param>
    /// <param name="isKnown">True where its life is told by at least one scan.</param>
    /// <param name="thresholds">The rungs.</param>
    public static ParcelVerdict OfParcel(Weighed weighed, double score, bool isKnown, Thresholds thresholds)
    {
        if (weighed.Has(Effect.Clears))
            return ParcelVerdict.Physical;
        if (weighed.HardCauses >= 2 && score >= thresholds.Confirmed && weighed.Centi >= 100 * thresholds.OwnEvidence)
            return ParcelVerdict.NoPhysicalParcel;
        if (score >= thresholds.Review || weighed.Has(Effect.AsksReview))
            return ParcelVerdict.Review;
        if (weighed.Has(Effect.DataQuality))
            return ParcelVerdict.DataQuality;
        return isKnown ? ParcelVerdict.Physical : ParcelVerdict.Unknown;
    }

    /// <summary>The verdict on an order.</summary>
    /// <param name="weighed">Its own evidence and its parcel's.</param>
    /// <param name="score">Its calibrated probability.</param>
    /// <param name="thresholds">The rungs.</param>
    public static Verdict OfOrder(Weighed weighed, double score, Thresholds thresholds)
    {
        if (weighed.Has(Effect.Victim))
            return Verdict.Victim;
        if (weighed.Has(Effect.Clears))
            return Verdict.Clean;
        var proven = weighed.HardCauses > 0 || weighed.Has(Effect.ClosedLoop);
        // What is said of a whole shop or outlet is half its own. A sale that stands condemned by itself is not redeemed by a
        // parcel that travelled: gifts do, and weigh what they should.
        var own = Math.Max((weighed.Centi + weighed.Lent) / 2, weighed.Sale);
        if (weighed.Families >= 2 && proven && score >= thresholds.Confirmed && own >= 100 * thresholds.OwnEvidence
            && weighed.Sale >= 100 * thresholds.SaleEvidence && !weighed.Has(Effect.HoldsBack))
            return Verdict.Confirmed;
        if (score >= thresholds.Review || weighed.Has(Effect.AsksReview))
            return Verdict.Review;
        if (weighed.Has(Effect.DataQuality))
            return Verdict.DataQuality;
        return score >= thresholds.Watch ? Verdict.Watch : Verdict.Clean;
    }

    /// <summary>The verdict on a subject that stands for many (a seller, a sender): never more than a person's review.</summary>
    public static Verdict OfMany(Weighed weighed, double score, Thresholds thresholds)
    {
        if (weighed.Has(Effect.Clears))
            return Verdict.Clean;
        if (score >= thresholds.Review || weighed.Has(Effect.AsksReview))
            return Verdict.Review;
        if (weighed.Has(Effect.DataQuality))
            return Verdict.DataQuality;
        return score >= thresholds.Watch ? Verdict.Watch : Verdict.Clean;
    }
}
