namespace Unbrush.Graph.Statistics;

/// <summary>
/// False-discovery rates (Benjamini and Hochberg, J. R. Stat. Soc. B 57, 1995): among what is reported at q ≤ α, a share of at
/// most α is chance, on average.
/// </summary>
public static class BenjaminiHochberg
{
    /// <summary>
    /// Turns p-values into q-values in place, both as natural logarithms: q is the smallest rate at which its hypothesis is
    /// reported.
    /// </summary>
    /// <param name="ascending">ln p of the hypotheses, ascending; those left out are taken as the greater ones.</param>
    /// <param name="hypotheses">Number of hypotheses tested, those left out included.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer hypotheses than p-values.</exception>
    public static void LogQ(Span<double> ascending, double hypotheses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hypotheses, ascending.Length);
        var best = 0.0;
        for (var i = ascending.Length - 1; i >= 0; i--)
        {
            best = Math.Min(best, ascending[i] + Math.Log(hypotheses) - Math.Log(i + 1));
            ascending[i] = best;
        }
    }
}
