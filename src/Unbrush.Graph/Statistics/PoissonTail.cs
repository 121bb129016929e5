namespace Unbrush.Graph.Statistics;

/// <summary>
/// Upper tails of the Poisson law, in natural logarithms, exact far below the smallest double: co-purchases expected once in a
/// thousand and seen thirty times have no normal approximation.
/// </summary>
public static class PoissonTail
{
    private const int Tabled = 1024;
    private static readonly double[] LogFactorials = Table();

    /// <summary>ln n! for n ≥ 0 (table, then Stirling's series; relative error below 1e-12).</summary>
    public static double LogFactorial(long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n < Tabled)
            return LogFactorials[n];
        double x = n;
        return (x + 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }

    /// <summary>ln P(X = <paramref name="k"/>) for a Poisson count X with mean <paramref name="mean"/>.</summary>
    public static double LogMass(long k, double mean) =>
        mean <= 0 ? (k == 0 ? 0 : double.NegativeInfinity) : k * Math.Log(mean) - mean - LogFactorial(k);

    /// <summary>ln P(X ≥ <paramref name="k"/>) for a Poisson count X with mean <paramref name="mean"/>; 0 where k ≤ 0.</summary>
    /// <remarks>Above the mean the tail is summed from its largest term; below it, the complement is. O(√mean) terms.</remarks>
    public static double LogUpper(long k, double mean)
    {
        if (k <= 0)
            return 0;
        if (mean <= 0)
            return double.NegativeInfinity;
        if (k > mean)
        {
            // P(X ≥ k) = P(X = k)·(1 + m/(k+1) + m²/((k+1)(k+2)) + …), with falling ratios below one.
            double sum = 1, term = 1;
            for (var i = k + 1; term > sum * 1e-16; i++)
                sum += term *= mean / i;
            return Math.Min(0, LogMass(k, mean) + Math.Log(sum));
        }

        double below = 1, falling = 1;
        for (var i = k - 1; i > 0 && falling > below * 1e-16; i--)
            below += falling *= i / mean;
        var complement = Math.Exp(LogMass(k - 1, mean)) * below;
        return complement < 1 ? Math.Log(1 - complement) : 0;
    }

    private static double[] Table()
    {
        var table = new double[Tabled];
        for (var n = 2; n < Tabled; n++)
            table[n] = table[n - 1] + Math.Log(n);
        return table;
    }
}
