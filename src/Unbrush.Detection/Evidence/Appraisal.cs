using System.Collections.Concurrent;
using Unbrush.Core.Evidence;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Evidence;

/// <summary>One kind of surroundings of every subject.</summary>
/// <param name="Model">Its weight and caps.</param>
/// <param name="Groups">Each subject's group, 0 for none; the index is the subject's number.</param>
public sealed record Surroundings(ContextModel Model, int[] Groups);

/// <summary>
/// What the evidence on every subject of one kind comes to: own evidence, the surroundings' record as prior odds, the
/// base rate as the feed itself shows it, and the calibrated score. Arrays are indexed by subject number; index 0 is
/// nobody.
/// </summary>
public sealed class Appraisal
{
    private Appraisal(Weighed[] own, int[][] context, int[] total, double[] score, double baseRate, int start)
    {
        Own = own;
        BaseCenti = start;
        Context = context;
        Total = total;
        Score = score;
        BaseRate = baseRate;
    }

    /// <summary>The subjects' own evidence.</summary>
    public Weighed[] Own { get; }

    /// <summary>What each kind of surroundings lends, after damping, in hundredths of a deciban.</summary>
    public int[][] Context { get; }

    /// <summary>Base rate, surroundings and own evidence together, in hundredths of a deciban.</summary>
    public int[] Total { get; }

    /// <summary>The calibrated probability that the subject is fake.</summary>
    public double[] Score { get; }

    /// <summary>The share of fakes that the feed's own evidence points to.</summary>
    public double BaseRate { get; }

    /// <summary>
    /// Where every subject starts, in hundredths of a deciban: the base rate as a weight, less what weighs against the
    /// typical subject of this feed, because what everybody shows is no evidence.
    /// </summary>
    public int BaseCenti { get; }

    /// <summary>Appraises every subject.</summary>
    /// <param name="own">The weighed evidence by subject; index 0 is ignored.</param>
    /// <param name="surroundings">The surroundings, strongest evidence of each pair damped as families are.</param>
    /// <param name="model">Base rate, bounds, damping and calibration.</param>
    public static Appraisal Of(Weighed[] own, IReadOnlyList<Surroundings> surroundings, EvidenceModel model)
    {
        var n = own.Length;
        var probabilities = new int[n];
        var typical = Math.Max(0, Median(own));
        var baseRate = RateOf(own, typical, model);
        var context = new int[surroundings.Count][];
        Look();
        if (surroundings.Count > 0 && RateInSurroundings(own, context, typical, model) is var raised && raised > baseRate)
        {
            baseRate = raised;
            Look();
        }

        var total = new int[n];
        var score = new double[n];
        var map = model.CalibrationMap;
        var start = Decibans.OfProbability(baseRate).Centi - typical;
        Ranges(n, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                total[i] = start + own[i].Centi;
                foreach (var terms in context)
                    total[i] += terms[i];
                score[i] = Probability(map.Centi(total[i] / 100.0));
            }
        });

        return new(own, context, total, score, baseRate, start);

        void Look()
        {
            Lend(own, [], baseRate, typical, probabilities);
            for (var round = 0; round < model.ContextRounds; round++)
            {
                Parallel.For(0, surroundings.Count, s =>
                {
                    context[s] ??= new int[n];
                    ContextPrior.LeaveOneOut(surroundings[s].Groups.AsSpan(1), probabilities.AsSpan(1), surroundings[s].Model, context[s].AsSpan(1));
                });

                Damp(context, model.Damping);
                if (round + 1 < model.ContextRounds)
                    Lend(own, context, baseRate, typical, probabilities);
            }
        }
    }

    /// <summary>
    /// The share of fakes that the number of subjects with strong evidence points to. A feed in which no family ever speaks cannot
    /// show any (a bare list of orders): it stays at the prior.
    /// </summary>
    private static double RateOf(Weighed[] own, int typical, EvidenceModel model)
    {
        var strong = model.StrongEvidence;
        int n = own.Length - 1, found = 0, speaking = 0, tracked = 0;
        for (var i = 1; i <= n; i++)
        {
            found += own[i].Centi - typical >= 100 * strong.From ? 1 : 0;
            speaking += own[i].Speaking != 0 ? 1 : 0;
            tracked += own[i].Speaks(Family.Logistics) ? 1 : 0;
        }

        if (speaking == 0)
            return Math.Clamp(model.BaseRate, model.BaseRateBounds[0], model.BaseRateBounds[1]);
        var fakes = Math.Max(0, found - (strong.Genuine * n)) / (tracked > 0 ? strong.Fake : strong.FakeWithoutTracks);
        return Math.Clamp((fakes + (model.BaseRate * strong.Prior)) / (n + strong.Prior), model.BaseRateBounds[0], model.BaseRateBounds[1]);
    }

    /// <summary>
    /// The same share by those whom own evidence and surroundings together weigh against. In a feed that tells little of each order few
    /// have strong evidence of their own, and the surroundings, which say more than many signals, show the fakes. They only raise the
    /// share: they were reckoned from it.
    /// </summary>
    private static double RateInSurroundings(Weighed[] own, int[][] context, int typical, EvidenceModel model)
    {
        var strong = model.StrongEvidence;
        int n = own.Length - 1, found = 0;
        for (var i = 1; i <= n; i++)
        {
            var sum = own[i].Centi - typical;
            foreach (var terms in context)
                sum += terms[i];
            found += own[i].Speaking != 0 && sum >= 100 * strong.FromWithSurroundings ? 1 : 0;
        }

        var fakes = Math.Max(0, found - (strong.GenuineWithSurroundings * n)) / strong.FakeWithSurroundings;
        return Math.Clamp((fakes + (model.BaseRateBounds[0] * strong.Prior)) / (n + strong.Prior), model.BaseRateBounds[0], model.BaseRateBounds[1]);
    }

    /// <summary>
    /// Probabilities as they count in others' surroundings: without what is said of a whole group, which would come back
    /// to its members as their company.
    /// </summary>
    private static void Lend(Weighed[] own, int[][] context, double baseRate, int typical, int[] probabilities)
    {
        var start = Decibans.OfProbability(baseRate).Centi - typical;
        Ranges(own.Length, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                var total = start + own[i].Lent;
                foreach (var terms in context)
                    total += terms[i];
                probabilities[i] = (int)(Probability(total) * ContextPrior.One);
            }
        });
    }

    /// <summary>Surroundings overlap (a seller's orders go through its outlet): the strongest counts whole, the next less.</summary>
    private static void Damp(int[][] context, double[] damping)
    {
        if (context.Length < 2)
            return;
        Ranges(context[0].Length, (from, to) =>
        {
            Span<int> order = stackalloc int[context.Length];
            for (var i = from; i < to; i++)
                Damp(context, damping, i, order);
        });
    }

    private static void Damp(int[][] context, double[] damping, int i, Span<int> order)
    {
        for (var s = 0; s < order.Length; s++)
            order[s] = s;
        for (var s = 1; s < order.Length; s++)
        {
            for (var j = s; j > 0 && Math.Abs(context[order[j]][i]) > Math.Abs(context[order[j - 1]][i]); j--)
                (order[j], order[j - 1]) = (order[j - 1], order[j]);
        }

        int against = 0, inFavour = 0;
        foreach (var s in order)
        {
            var rank = context[s][i] >= 0 ? against++ : inFavour++;
            context[s][i] = (int)Math.Round(context[s][i] * damping[Math.Min(rank, damping.Length - 1)], MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Subjects 1 to <paramref name="n"/> − 1 in ranges on all processors: each subject's figure is its own, so that it does not matter who reckons it.</summary>
    private static void Ranges(int n, Action<int, int> reckon)
    {
        if (n > 1)
            Parallel.ForEach(Partitioner.Create(1, n, Math.Max(1, n / (4 * Environment.ProcessorCount))), range => reckon(range.Item1, range.Item2));
    }

    private static int Median(Weighed[] own)
    {
        if (own.Length < 2)
            return 0;
        var sums = new int[own.Length - 1];
        for (var i = 1; i < own.Length; i++)
            sums[i - 1] = own[i].Centi;
        Array.Sort(sums);
        return sums[sums.Length / 2];
    }

    private static double Probability(int centi) => new Decibans(centi).ToProbability();
}
