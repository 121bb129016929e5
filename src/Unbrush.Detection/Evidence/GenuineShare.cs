using Unbrush.Core.Evidence;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Evidence;

/// <summary>The evidence that a subject takes over from another; empty for none.</summary>
public delegate ReadOnlySpan<EvidenceItem> Inherited(int subject);

/// <summary>
/// How much a signal can be worth in this feed. A weight of evidence cannot exceed one over the share of the genuine that show
/// as much. The share among all is an upper bound of it, and a good one while the fakes are few. Where a tenth of a feed is fake it
/// takes from each signal what the fakes themselves show: so whoever stands condemned by evidence of other causes counts among the
/// genuine only by what is left of his innocence (a latent class whose causes are independent of each other, Dawid and Skene 1979).
/// In an honest feed nobody is condemned by anything else, and the share stays what it is among all.
/// </summary>
public static class GenuineShare
{
    /// <summary>Bounds the positive weights of a sheet, in memory and in the table that it was read from.</summary>
    /// <param name="store">Holds the table of evidence.</param>
    /// <param name="subject">The kind of subject.</param>
    /// <param name="sheet">The evidence, as the signals weighed it.</param>
    /// <param name="weighing">Knows what is silenced, and which causes are independent.</param>
    /// <param name="model">The allowance, and how far and how often the share is corrected.</param>
    /// <param name="inherited">Evidence that subjects take over from others, bounded already; null for none.</param>
    public static EvidenceSheet Bound(IStore store, Subject subject, EvidenceSheet sheet, Weighing weighing, EvidenceModel model, Inherited? inherited = null)
    {
        var levels = Levels.Of(sheet);
        var bounds = Bounds(levels, sheet, weighing, model, inherited);
        store.Execute("CREATE OR REPLACE TEMP TABLE rarity_bound (signal SMALLINT, centi INTEGER, bound INTEGER)");
        store.Append("rarity_bound", levels.Signal, levels.Centi, bounds);
        var table = SignalRunner.TableOf(subject);
        store.Execute($"""
            UPDATE {table} SET centi = b.bound FROM rarity_bound b
            WHERE b.signal = {table}.signal AND b.centi = {table}.centi AND b.bound < b.centi
            """);
        return sheet.With((item, at) => levels.At[at] < 0 ? item : item with { Centi = Math.Min(item.Centi, bounds[levels.At[at]]) });
    }

    private static int[] Bounds(Levels levels, EvidenceSheet sheet, Weighing weighing, EvidenceModel model, Inherited? inherited)
    {
        var settings = model.GenuineShare;
        var n = sheet.Subjects;
        var shown = new double[levels.Count];
        foreach (var level in levels.At)
        {
            if (level >= 0)
                shown[level]++;
        }

        var among = BoundsOf(levels, shown, n, model.RarityAllowance);
        for (var level = 0; level < among.Length; level++)
            among[level] = weighing.HasOwnNull(levels.Signal[level]) ? Math.Max(among[level], levels.Centi[level]) : among[level];
        var bounds = (int[])among.Clone();
        // Where the share among all takes nothing away, as in most feeds, there is nothing to give back.
        if (settings.Rounds == 0 || !among.Zip(levels.Centi).Any(l => l.First < l.Second))
            return bounds;
        var counts = Counting(sheet, weighing, inherited is not null);
        var prior = model.BaseRate;
        Span<int> against = stackalloc int[weighing.Groups];
        Span<int> inFavour = stackalloc int[weighing.Groups];
        for (var round = 0; round < settings.Rounds; round++)
        {
            Array.Clear(shown);
            double fakes = 0;
            var start = Decibans.OfProbability(prior).Centi;
            var silent = 0;
            for (var subject = 1; subject <= n; subject++)
            {
                var from = sheet.Start(subject);
                var own = sheet[subject];
                var taken = inherited is null ? default : inherited(subject);
                if (own.IsEmpty && taken.IsEmpty)
                {
                    silent++;
                    continue;
                }

                against.Clear();
                inFavour.Clear();
                for (var i = 0; i < own.Length; i++)
                {
                    if (counts[from + i])
                        Tell(own[i].Signal, levels.At[from + i] < 0 ? own[i].Centi : Math.Min(own[i].Centi, bounds[levels.At[from + i]]), weighing, against, inFavour);
                }

                foreach (var item in taken)
                    Tell(item.Signal, item.Centi, weighing, against, inFavour);
                var sum = start;
                for (var g = 0; g < against.Length; g++)
                    sum += against[g] + inFavour[g];
                fakes += Probability(sum);
                for (var i = 0; i < own.Length; i++)
                {
                    if (levels.At[from + i] >= 0)
                        shown[levels.At[from + i]] += 1 - Probability(sum - against[weighing.GroupOf(own[i].Signal)]);
                }
            }

            fakes += silent * Probability(start);
            var next = BoundsOf(levels, shown, n - fakes, model.RarityAllowance);
            for (var level = 0; level < next.Length; level++)
                next[level] = Math.Clamp(next[level], among[level], among[level] + (int)Math.Round(100 * settings.Most));
            // Where nothing weighs otherwise than before, another round would find the same: in most feeds after the first.
            var nextPrior = Math.Clamp(fakes / n, model.BaseRate, settings.MostFakes);
            var settled = nextPrior == prior;
            for (var level = 0; level < next.Length && settled; level++)
                settled = Math.Min(next[level], levels.Centi[level]) == Math.Min(bounds[level], levels.Centi[level]);
            (bounds, prior) = (next, nextPrior);
            if (settled)
                break;
        }

        // The correction is itself uncertain: its first decibans go to the doubt, so that a feed with few fakes stays as it is.
        for (var level = 0; level < bounds.Length; level++)
            bounds[level] = Math.Max(among[level], bounds[level] - (int)Math.Round(100 * settings.Doubt));
        return bounds;
    }

    private static void Tell(short signal, int centi, Weighing weighing, Span<int> against, Span<int> inFavour)
    {
        var group = weighing.GroupOf(signal);
        if (centi < 0)
            inFavour[group] = Math.Min(inFavour[group], centi);
        else if (weighing.IsIndependent(signal))
            against[group] = Math.Max(against[group], centi);
    }

    private static double Probability(int centi) => new Decibans(centi).ToProbability();

    private static int[] BoundsOf(Levels levels, double[] shown, double among, double allowance)
    {
        var bounds = new int[levels.Count];
        double asMuch = 0;
        for (var level = 0; level < bounds.Length; level++)
        {
            asMuch = level > 0 && levels.Signal[level] == levels.Signal[level - 1] ? asMuch + shown[level] : shown[level];
            var share = Math.Min(1, asMuch / Math.Max(1, among));
            bounds[level] = share <= 0 ? int.MaxValue / 2 : (int)Math.Round(100 * Math.Max(0, allowance - (10 * Math.Log10(share))), MidpointRounding.AwayFromZero);
        }

        return bounds;
    }

    /// <summary>Which items no innocent explanation silences.</summary>
    private static bool[] Counting(EvidenceSheet sheet, Weighing weighing, bool asSale)
    {
        var counts = new bool[sheet.Items];
        var given = new int[16];
        for (var subject = 1; subject <= sheet.Subjects; subject++)
        {
            var items = sheet[subject];
            if (given.Length < items.Length)
                given = new int[2 * items.Length];
            weighing.Weigh(items, given.AsSpan(0, items.Length), asSale: asSale);
            for (var i = 0; i < items.Length; i++)
                counts[sheet.Start(subject) + i] = given[i] != 0;
        }

        return counts;
    }

    /// <summary>The different positive weights of each signal, the heaviest first, and which of them each item has (-1: none).</summary>
    private sealed record Levels(short[] Signal, int[] Centi, int[] At)
    {
        public int Count => Signal.Length;

        public static Levels Of(EvidenceSheet sheet)
        {
            var known = new Dictionary<(short, int), int>();
            var at = new int[sheet.Items];
            var next = 0;
            for (var subject = 0; subject <= sheet.Subjects; subject++)
            {
                foreach (var item in sheet[subject])
                {
                    at[next] = -1;
                    if (item.Centi > 0 && !known.TryGetValue((item.Signal, item.Centi), out at[next]))
                        known.Add((item.Signal, item.Centi), at[next] = known.Count);
                    next++;
                }
            }

            var sorted = known.OrderBy(l => l.Key.Item1).ThenByDescending(l => l.Key.Item2).ToArray();
            var place = new int[sorted.Length];
            for (var i = 0; i < sorted.Length; i++)
                place[sorted[i].Value] = i;
            for (var i = 0; i < at.Length; i++)
                at[i] = at[i] < 0 ? -1 : place[at[i]];
            return new([.. sorted.Select(l => l.Key.Item1)], [.. sorted.Select(l => l.Key.Item2)], at);
        }
    }
}
