namespace Unbrush.Detection.Evidence;

/// <summary>
/// Prior odds from surroundings: how the other members of a subject's group look, the subject itself left out, drawn
/// towards the whole feed's mean as if <see cref="ContextModel.Weight"/> ordinary members had been seen (Beta-binomial), so that
/// a small outlet or a new seller is not convicted by its smallness.
/// </summary>
public static class ContextPrior
{
    /// <summary>A probability of one in the whole-number scale in which groups are summed exactly.</summary>
    public const int One = 1 << 20;

    /// <summary>The weight that each subject's group lends it, in hundredths of a deciban.</summary>
    /// <param name="groups">Each subject's group number, 0 for none.</param>
    /// <param name="probabilities">Each subject's probability, in units of 1/<see cref="One"/>.</param>
    /// <param name="model">Weight and caps.</param>
    /// <param name="into">Receives the weights, same length as <paramref name="groups"/>.</param>
    public static void LeaveOneOut(ReadOnlySpan<int> groups, ReadOnlySpan<int> probabilities, ContextModel model, Span<int> into)
    {
        var most = 0;
        foreach (var group in groups)
            most = Math.Max(most, group);
        var sums = new long[most + 1];
        var counts = new int[most + 1];
        for (var i = 0; i < groups.Length; i++)
        {
            sums[groups[i]] += probabilities[i];
            counts[groups[i]]++;
        }

        // Against the mean of all, not against a base rate: where every subject looks a little worse, no group does.
        long all = 0;
        foreach (var sum in sums)
            all += sum;
        var mean = Math.Clamp(groups.Length == 0 ? 0 : all / (double)One / groups.Length, 1e-6, 1 - 1e-6);
        var odds = mean / (1 - mean);
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            if (group == 0 || counts[group] < 2)
            {
                into[i] = 0;
                continue;
            }

            var others = (sums[group] - probabilities[i]) / (double)One;
            var rate = (others + (mean * model.Weight)) / (counts[group] - 1 + model.Weight);
            rate = Math.Clamp(rate, 1e-6, 1 - 1e-6);
            var decibans = 10 * Math.Log10(rate / (1 - rate) / odds);
            into[i] = (int)Math.Round(100 * Math.Clamp(decibans, model.Cap[0], model.Cap[1]), MidpointRounding.AwayFromZero);
        }
    }
}
