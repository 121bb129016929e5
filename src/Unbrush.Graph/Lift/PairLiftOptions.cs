namespace Unbrush.Graph.Lift;

/// <summary>How pairs are counted and which are kept.</summary>
public sealed record PairLiftOptions
{
    /// <summary>Rows (buyers) with more targets than this make no pairs: resellers, purchasing clerks, test accounts.</summary>
    public int LeftCap { get; init; } = 512;

    /// <summary>Pairs met fewer times than this are never kept; 2 or more.</summary>
    public int MinCount { get; init; } = 2;

    /// <summary>Pairs are kept up to this p-value.</summary>
    public double MaxP { get; init; } = 1e-4;

    /// <summary>Threads; all processors where 0. Results do not depend on it.</summary>
    public int Threads { get; init; }

    internal int Threshold => Math.Max(2, MinCount);

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}

/// <summary>Two right nodes (sellers) that meet in more rows (buyers) than chance allows.</summary>
/// <param name="A">The greater id.</param>
/// <param name="B">The smaller id.</param>
/// <param name="Count">Rows that hold both.</param>
/// <param name="Expected">Rows expected to hold both by chance.</param>
/// <param name="LogP">ln P(at least that many by chance).</param>
/// <param name="LogQ">ln of the false-discovery rate at which the pair is reported.</param>
public readonly record struct LiftedPair(int A, int B, int Count, double Expected, double LogP, double LogQ)
{
    /// <summary>Standard deviations above the mean of the null; for reading only, the tail is <see cref="LogP"/>.</summary>
    public double Z => (Count - Expected) / Math.Sqrt(Math.Max(Expected, 1e-300));
}
