using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>What was counted of a seller.</summary>
internal readonly record struct SellerCount(long Orders, long Confirmed, long Review, long Victim, long FakeReviews);

/// <summary>
/// Sellers, judged on many orders with an interval. Writes <c>verdict_seller</c>. A shop is not the sum of its worst
/// day, and no single order punishes it: measures are proposed only where the confirmed fakes exceed, beyond doubt,
/// what wrong confirmations would give a shop of that size.
/// </summary>
internal static class SellerVerdicts
{
    /// <summary>Wrong confirmations to be expected, per order: ten times what the ladder is held to.</summary>
    private const double WrongRate = 5e-4;

    private const double ExcessForMeasures = 40;

    private const int LeastForMeasures = 5;

    public static void Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_seller");
        var sheet = SignalRunner.Read(store, Subject.Seller, n);
        var cashOut = detector.Catalogue.Has("cash_out") ? detector.Catalogue.NumberOf("cash_out") : -1;
        var counts = new SellerCount[n + 1];
        var suspicion = new double[n + 1];
        var cash = new bool[n + 1];
        using (var reader = store.Query($"""
            SELECT o.seller_no, count(*), count(*) FILTER (WHERE v.verdict = 'confirmed'), count(*) FILTER (WHERE v.verdict = 'review'),
                   count(*) FILTER (WHERE v.verdict = 'victim'),
                   sum(CASE WHEN v.verdict IN ('confirmed', 'review') THEN CAST(round(1000 * v.score) AS BIGINT) ELSE 0 END) / 1000.0,
                   max(r.fake_reviews),
                   count(e.order_no) > 0
            FROM fact_order o
            JOIN verdict_order v ON v.order_no = o.order_no
            LEFT JOIN (SELECT order_no FROM {SignalRunner.TableOf(Subject.Order)} WHERE signal = {cashOut} GROUP BY order_no) e ON e.order_no = o.order_no
            LEFT JOIN (SELECT q.seller_no, count(*) AS fake_reviews
                       FROM fact_review f JOIN verdict_review w ON w.review_no = f.review_no JOIN fact_order q ON q.order_no = f.order_no
                       WHERE w.verdict = 'confirmed' GROUP BY q.seller_no) r ON r.seller_no = o.seller_no
            GROUP BY o.seller_no
            """))
        {
            while (reader.Read())
            {
                var seller = reader.GetInt32(0);
                counts[seller] = new(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.IsDBNull(6) ? 0 : reader.GetInt64(6));
                suspicion[seller] = Convert.ToDouble(reader.GetValue(5));
                cash[seller] = reader.GetBoolean(7);
            }
        }

        var numbers = new int[n];
        double[] share = new double[n], low = new double[n], high = new double[n];
        string[] verdicts = new string[n], proposals = new string[n];
        for (var seller = 1; seller <= n; seller++)
        {
            var i = seller - 1;
            var count = counts[seller];
            var own = detector.Weighing.Weigh(sheet[seller]);
            var expected = Share.Of(suspicion[seller], count.Orders);
            var confirmed = Share.Of(count.Confirmed, count.Orders);
            var proven = count.Confirmed >= LeastForMeasures && Share.Excess(count.Confirmed, count.Orders, WrongRate) >= ExcessForMeasures;
            var verdict = proven && confirmed.Low >= 0.2 ? Verdict.Confirmed
                : proven || own.Has(Effect.AsksReview) || (count.Review >= 3 && Share.Excess(suspicion[seller], count.Orders, 0.01) >= 20) ? Verdict.Review
                : count.Confirmed > 0 || count.Review > 0 || own.Centi >= 500 ? Verdict.Watch
                : Verdict.Clean;
            numbers[i] = seller;
            (share[i], low[i], high[i]) = (expected.Rate, expected.Low, expected.High);
            verdicts[i] = verdict.Word();
            proposals[i] = Proposals.ForSeller(count, confirmed, proven, cash[seller], detector.Language);
        }

        store.Execute("CREATE OR REPLACE TABLE verdict_seller (seller_no INTEGER, share_fake DOUBLE, share_fake_low DOUBLE, share_fake_high DOUBLE, verdict VARCHAR, proposals VARCHAR)");
        store.Append("verdict_seller", numbers, share, low, high, verdicts, proposals);
    }
}
