using Unbrush.Core.Evidence;
using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// Outlets and transfer centres against their peers. Writes <c>verdict_facility</c>. Judged by rate with an interval,
/// never by the bare count: what counts is how far the count of parcels that never travelled exceeds what the
/// carrier's other facilities would give at that size.
/// </summary>
internal static class FacilityVerdicts
{
    /// <summary>The excess over the peers, in decibans, from which a facility is put before a person, and the least count.</summary>
    private const double ExcessForReview = 30;

    private const int LeastForReview = 5;

    /// <summary>Places with parcels that a carrier must have for one of them to be left out of the others' rate.</summary>
    private const int LeastPeers = 10;

    /// <summary>And how many empties that one must have: of a handful one place has most by chance.</summary>
    private const int LeastOfWorst = 20;

    /// <summary>No carrier is taken to be better than this: one parcel in ten thousand is wrongly found.</summary>
    private const double LeastPeerRate = 1e-4;

    public static void Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_facility");
        var sheet = SignalRunner.Read(store, Subject.Facility, n);
        var carrier = new string[n + 1];
        long[] parcels = new long[n + 1], empties = new long[n + 1];
        double[] suspicion = new double[n + 1], complete = new double[n + 1];
        long[] signed = new long[n + 1], signedEmpties = new long[n + 1];
        var signing = string.Join(", ", detector.Catalogue.Of(Subject.Parcel).Where(s => s.Signal.Cause is "signing" or "destination_upload").Select(s => s.Number).DefaultIfEmpty(-1));
        using (var reader = store.Query($"""
            WITH handled AS (
              -- An empty parcel is laid to the place where it entered the network alone: what others pass on is not theirs.
              -- What a centre's machine weighed did leave that place: an empty bag is half its doing, and no number sold.
              SELECT p.origin_no AS facility_no, p.parcel_no, p.centre_weighings > 0 AS weighed FROM fact_parcel p WHERE p.origin_no IS NOT NULL
            ),
            judged AS (
              SELECT h.facility_no, count(*) AS parcels,
                     count(*) FILTER (WHERE v.verdict = 'no_physical_parcel' AND NOT h.weighed) AS empties,
                     sum(CASE WHEN v.score >= 0.1 THEN CAST(round((CASE WHEN h.weighed THEN 500 ELSE 1000 END) * v.score) AS BIGINT) ELSE 0 END) AS suspicion
              FROM handled h JOIN verdict_parcel v ON v.parcel_no = h.parcel_no
              GROUP BY h.facility_no
            ),
            -- And to the place that signed for it, where that is what gives it away.
            signed AS (
              SELECT p.delivered_no AS facility_no, count(*) AS signed,
                     count(*) FILTER (WHERE v.verdict = 'no_physical_parcel' AND p.parcel_no IN (SELECT parcel_no FROM evidence_parcel WHERE hard AND centi > 0 AND signal IN ({signing}))) AS signed_empties
              FROM fact_parcel p JOIN verdict_parcel v ON v.parcel_no = p.parcel_no
              WHERE p.delivered_no IS NOT NULL
              GROUP BY p.delivered_no
            ),
            days AS (
              SELECT facility_no, sum(expected) AS expected, sum(present) AS present FROM fact_outlet_day GROUP BY facility_no
            )
            SELECT f.facility_no, f.carrier, coalesce(j.parcels, 0), coalesce(j.empties, 0), coalesce(j.suspicion, 0) / 1000.0,
                   CASE WHEN d.expected > 0 THEN round(CAST(d.present AS DOUBLE) / d.expected, 6) ELSE 1.0 END,
                   coalesce(s.signed, 0), coalesce(s.signed_empties, 0)
            FROM fact_facility f
            LEFT JOIN judged j ON j.facility_no = f.facility_no
            LEFT JOIN signed s ON s.facility_no = f.facility_no
            LEFT JOIN days d ON d.facility_no = f.facility_no
            """))
        {
            while (reader.Read())
            {
                var facility = reader.GetInt32(0);
                carrier[facility] = reader.GetString(1);
                parcels[facility] = Convert.ToInt64(reader.GetValue(2));
                empties[facility] = Convert.ToInt64(reader.GetValue(3));
                suspicion[facility] = Convert.ToDouble(reader.GetValue(4));
                complete[facility] = Convert.ToDouble(reader.GetValue(5));
                signed[facility] = Convert.ToInt64(reader.GetValue(6));
                signedEmpties[facility] = Convert.ToInt64(reader.GetValue(7));
            }
        }

        var all = Enumerable.Range(1, n).GroupBy(f => carrier[f], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (Places: g.Count(f => parcels[f] > 0), Worst: (int[])[.. g.OrderByDescending(f => empties[f]).ThenBy(f => f).Take(2), 0], Parcels: g.Sum(f => parcels[f]), Empties: g.Sum(f => empties[f]), Signed: g.Sum(f => signed[f]), SignedEmpties: g.Sum(f => signedEmpties[f])), StringComparer.Ordinal);
        var table = new FacilityTable(n);
        var excess = new double[n + 1];
        var accused = new bool[n + 1];   // proven empties, or evidence against the facility itself
        var shares = new Share[n + 1];
        for (var f = 1; f <= n; f++)
        {
            var peers = all[carrier[f]];
            var others = peers.Parcels - parcels[f];
            var othersEmpties = peers.Empties - empties[f];
            // One that makes most of the others' empties is nobody's peer.
            var worst = peers.Worst[0] == f ? peers.Worst[1] : peers.Worst[0];
            if (peers.Places > LeastPeers && empties[worst] >= LeastOfWorst && 2 * empties[worst] > othersEmpties)
                (others, othersEmpties) = (others - parcels[worst], othersEmpties - empties[worst]);
            var peerRate = others > 0 ? othersEmpties / (double)others : 0;
            shares[f] = Share.Of(empties[f], parcels[f]);
            excess[f] = Share.Excess(suspicion[f], parcels[f], Math.Max(peerRate, LeastPeerRate));
            var weighed = detector.Weighing.Weigh(sheet[f]);
            var proven = empties[f] >= LeastForReview && Share.Excess(empties[f], parcels[f], Math.Max(peerRate, LeastPeerRate)) >= ExcessForReview && shares[f].Low > 2 * peerRate;
            var signedShare = Share.Of(signedEmpties[f], signed[f]);
            var signedPeers = peers.Signed > signed[f] ? (peers.SignedEmpties - signedEmpties[f]) / (double)(peers.Signed - signed[f]) : 0;
            var signsEmpties = signedEmpties[f] >= LeastForReview && Share.Excess(signedEmpties[f], signed[f], Math.Max(signedPeers, LeastPeerRate)) >= ExcessForReview && signedShare.Low > 2 * signedPeers;
            accused[f] = proven || weighed.Centi >= 1000;
            var verdict = accused[f] || signsEmpties || weighed.Has(Effect.AsksReview) ? Verdict.Review
                : weighed.Has(Effect.DataQuality) ? Verdict.DataQuality
                : empties[f] > 0 || excess[f] >= ExcessForReview ? Verdict.Watch
                : Verdict.Clean;
            var proposals = proven ? Proposals.ForFacility(empties[f], shares[f], peerRate, weighed.Speaks(Family.Human), detector.Language)
                : signsEmpties ? Proposals.ForSigning(signedEmpties[f], signedShare, signedPeers, detector.Language)
                : verdict == Verdict.Review ? Proposals.AskFacility(detector.Language)
                : Proposals.None;
            table.Set(f, parcels[f], empties[f], suspicion[f], shares[f], Math.Round(peerRate, 6), complete[f], verdict, proposals);
        }

        var order = Enumerable.Range(1, n)
            .OrderByDescending(f => excess[f] >= ExcessForReview ? 2 : accused[f] ? 1 : 0)
            .ThenByDescending(f => excess[f] * Share.Of(suspicion[f], parcels[f]).Low)
            .ThenByDescending(f => excess[f])
            .ThenByDescending(f => shares[f].Low)
            .ThenBy(f => f);
        var rank = 0;
        foreach (var f in order)
            table.Rank[f - 1] = ++rank;
        table.Write(store);
    }

    private sealed class FacilityTable(int n)
    {
        public readonly int[] Rank = new int[n];

        private readonly int[] _facility = new int[n];
        private readonly long[] _parcels = new long[n];
        private readonly long[] _empties = new long[n];
        private readonly double[] _doubtful = new double[n];
        private readonly double[] _rate = new double[n];
        private readonly double[] _low = new double[n];
        private readonly double[] _high = new double[n];
        private readonly double[] _peers = new double[n];
        private readonly double[] _complete = new double[n];
        private readonly string[] _verdict = new string[n];
        private readonly string[] _proposals = new string[n];

        public void Set(int facility, long parcels, long empties, double doubtful, Share share, double peers, double complete, Verdict verdict, string proposals)
        {
            var i = facility - 1;
            (_facility[i], _parcels[i], _empties[i]) = (facility, parcels, empties);
            _doubtful[i] = Math.Round(doubtful, 3);
            (_rate[i], _low[i], _high[i], _peers[i], _complete[i]) = (share.Rate, share.Low, share.High, peers, complete);
            (_verdict[i], _proposals[i]) = (verdict.Word(), proposals);
        }

        public void Write(IStore store)
        {
            store.Execute("CREATE OR REPLACE TABLE verdict_facility (facility_no INTEGER, parcels BIGINT, empties BIGINT, doubtful DOUBLE, rate DOUBLE, rate_low DOUBLE, rate_high DOUBLE, peer_rate DOUBLE, rank INTEGER, complete DOUBLE, verdict VARCHAR, proposals VARCHAR)");
            store.Append("verdict_facility", _facility, _parcels, _empties, _doubtful, _rate, _low, _high, _peers, Rank, _complete, _verdict, _proposals);
        }
    }
}
