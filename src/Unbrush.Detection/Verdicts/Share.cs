namespace Unbrush.Detection.Verdicts;

/// <summary>A share with its 95 % interval.</summary>
/// <param name="Rate">The share itself, 0 where nothing was counted.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct Share(double Rate, double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>
    /// The score interval (Wilson, JASA 1927), which stays honest for small counts: three of four is no proof of
    /// three quarters.
    /// </summary>
    /// <param name="hits">How many of them, possibly a sum of probabilities.</param>
    /// <param name="n">Of how many.</param>
    public static Share Of(double hits, long n)
    {
        if (n <= 0)
            return new(0, 0, 1);
        var p = Math.Clamp(hits / n, 0, 1);
        var z2 = Z * Z;
        var centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (z2 / (4.0 * n * n))) / (1 + (z2 / n));
        return new(Math.Round(p, 6), Math.Round(Math.Max(0, centre - half), 6), Math.Round(Math.Min(1, centre + half), 6));
    }

    /// <summary>
    /// The decibans by which so many hits speak for a rate of their own against the peers' rate: ten times the decimal
    /// logarithm of the likelihood ratio of the observed rate to the peers' (Poisson), zero where it is not above.
    /// </summary>
    public static double Excess(double hits, long n, double peerRate)
    {
        var expected = n * peerRate;
        return hits <= expected || hits <= 0 || expected <= 0 ? 0 : 10 * ((hits * Math.Log10(hits / expected)) - ((hits - expected) / Math.Log(10)));
    }
}
