namespace Unbrush.Core.Evidence;

/// <summary>
/// A weight of evidence, <c>10·log10(P(value | fake) / P(value | genuine))</c> (Good 1950; Turing's deciban). Ten
/// decibans multiply the odds by ten. Held as whole hundredths, so that sums are exact and do not depend on the
/// order in which threads add them.
/// </summary>
/// <param name="Centi">Hundredths of a deciban.</param>
public readonly record struct Decibans(int Centi) : IComparable<Decibans>
{
    /// <summary>No evidence either way.</summary>
    public static Decibans Zero => default;

    /// <summary>The weight in decibans.</summary>
    public double Value => Centi / 100.0;

    /// <summary>Rounds a weight to hundredths of a deciban.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a number, or beyond ±1,000 dB, which no evidence carries.</exception>
    public static Decibans Of(double decibans) => double.IsFinite(decibans) && Math.Abs(decibans) <= 1000
        ? new((int)Math.Round(decibans * 100, MidpointRounding.AwayFromZero))
        : throw new ArgumentOutOfRangeException(nameof(decibans), decibans, "A weight of evidence lies between -1,000 and 1,000 dB.");

    /// <summary>The weight of a probability's odds.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    public static Decibans OfProbability(double probability) => probability is > 0 and < 1
        ? Of(10 * Math.Log10(probability / (1 - probability)))
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability with finite odds lies strictly between 0 and 1.");

    /// <summary>The probability whose odds are this weight.</summary>
    public double ToProbability() => 1 / (1 + Math.Pow(10, -Value / 10));

    /// <inheritdoc/>
    public int CompareTo(Decibans other) => Centi.CompareTo(other.Centi);

    /// <summary>Adds independent weights.</summary>
    public static Decibans operator +(Decibans a, Decibans b) => new(a.Centi + b.Centi);

    /// <summary>Takes a weight away.</summary>
    public static Decibans operator -(Decibans a, Decibans b) => new(a.Centi - b.Centi);

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Decibans a, Decibans b) => a.Centi < b.Centi;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Decibans a, Decibans b) => a.Centi > b.Centi;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Decibans a, Decibans b) => a.Centi <= b.Centi;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Decibans a, Decibans b) => a.Centi >= b.Centi;

    /// <inheritdoc/>
    public override string ToString() => $"{Value:0.##} dB";
}
