using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>Does this sender ship goods or cover? Writes <c>verdict_sender</c>; at most a person's review.</summary>
internal static class SenderVerdicts
{
    public static void Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_sender");
        var sheet = SignalRunner.Read(store, Subject.Sender, n);
        var weighed = new Weighed[n + 1];
        for (var sender = 1; sender <= n; sender++)
            weighed[sender] = detector.Weighing.Weigh(sheet[sender]);
        var appraisal = Appraisal.Of(weighed, [], detector.Model);
        detector.Base[Subject.Sender] = appraisal.BaseCenti;
        store.Execute("CREATE OR REPLACE TABLE verdict_sender (sender_no INTEGER, score DOUBLE, verdict VARCHAR)");
        store.Append(
            "verdict_sender",
            Enumerable.Range(1, n).ToArray(),
            appraisal.Score[1..],
            Enumerable.Range(1, n).Select(s => Ladder.OfMany(weighed[s], appraisal.Score[s], detector.Model.Order).Word()).ToArray());
    }
}
