using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// Is this review genuine? Writes <c>verdict_review</c>. A review of a confirmed fake order is fake with it; otherwise
/// its own evidence may at most ask for a person.
/// </summary>
internal static class ReviewVerdicts
{
    public static void Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_review");
        SignalRunner.BoundByRarity(store, Subject.Review, n, detector.Model.RarityAllowance);
        var sheet = SignalRunner.Read(store, Subject.Review, n);
        var orderScore = new double[n + 1];
        var orderVerdict = new string?[n + 1];
        using (var reader = store.Query("""
            SELECT r.review_no, v.score, v.verdict
            FROM fact_review r LEFT JOIN verdict_order v ON v.order_no = r.order_no
            """))
        {
            while (reader.Read())
            {
                var review = reader.GetInt32(0);
                orderScore[review] = reader.IsDBNull(1) ? -1 : reader.GetDouble(1);
                orderVerdict[review] = reader.IsDBNull(2) ? null : reader.GetString(2);
            }
        }

        var weighed = new Weighed[n + 1];
        for (var review = 1; review <= n; review++)
            weighed[review] = detector.Weighing.Weigh(sheet[review]);
        var appraisal = Appraisal.Of(weighed, Context.Read(store, detector.Model, n, "review_no", "fact_review r", new() { ["listing"] = "r.listing", ["buyer"] = "r.buyer_no" }), detector.Model);
        detector.Base[Subject.Review] = appraisal.BaseCenti;

        var numbers = new int[n];
        var scores = new double[n];
        var verdicts = new string[n];
        for (var review = 1; review <= n; review++)
        {
            var score = Math.Max(appraisal.Score[review], orderScore[review]);
            var verdict = orderVerdict[review] switch
            {
                "confirmed" => Verdict.Confirmed,
                "victim" => Verdict.Victim,
                _ => Ladder.OfMany(weighed[review], score, detector.Model.Order),
            };
            numbers[review - 1] = review;
            scores[review - 1] = verdict == Verdict.Victim ? appraisal.Score[review] : score;
            verdicts[review - 1] = verdict.Word();
        }

        store.Execute("CREATE OR REPLACE TABLE verdict_review (review_no INTEGER, score DOUBLE, verdict VARCHAR)");
        store.Append("verdict_review", numbers, scores, verdicts);
    }
}
