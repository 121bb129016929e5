namespace Unbrush.Graph.Rings;

/// <summary>A member of a ring.</summary>
/// <param name="Id">The buyer's or seller's id.</param>
/// <param name="Core">Whether it belongs beyond doubt (core) or by its company only (periphery).</param>
/// <param name="Orders">Its orders within the ring.</param>
/// <param name="Met">Distinct members of the other side that it met.</param>
/// <param name="Expected">Members of the other side that it would have met by chance.</param>
/// <param name="Probability">Probability of membership, under the ring's own model.</param>
public readonly record struct RingMember(int Id, bool Core, int Orders, int Met, double Expected, double Probability);

/// <summary>Why a ring is not chance: figures that a court could follow.</summary>
/// <param name="Observed">Buyers who bought at two or more of its sellers, or at as many as <see cref="Least"/> says.</param>
/// <param name="Expected">Buyers expected to do so by chance, given how much is bought at each seller and what its customers otherwise like.</param>
/// <param name="LogP">
/// ln P(at least as many at the most that chance may give, which is more than what is expected of a ring that stands), after allowing
/// for every set of as many sellers that might have been picked.
/// </param>
/// <param name="LogQ">ln of the false-discovery rate among the rings reported.</param>
/// <param name="CoPurchases">Pairs of the ring's sellers bought by one buyer, over all buyers.</param>
/// <param name="ExpectedCoPurchases">The same by chance.</param>
public readonly record struct RingCertificate(
    int Observed, double Expected, double LogP, double LogQ, long CoPurchases, double ExpectedCoPurchases)
{
    /// <summary>
    /// At how many of its sellers a buyer counts as observed: two; more where the market is so small that a busy buyer comes to two by
    /// chance.
    /// </summary>
    public int Least { get; init; } = 2;

    /// <summary>The false-discovery rate.</summary>
    public double QValue => Math.Exp(LogQ);
}

/// <summary>Buyers and sellers in lockstep.</summary>
public sealed record Ring
{
    /// <summary>Its buyers, by id.</summary>
    public required IReadOnlyList<RingMember> Buyers { get; init; }

    /// <summary>Its sellers, by id.</summary>
    public required IReadOnlyList<RingMember> Sellers { get; init; }

    /// <summary>Orders of its buyers at its sellers.</summary>
    public required long Orders { get; init; }

    /// <summary>Their weight; the orders where no weights were given.</summary>
    public required long Weight { get; init; }

    /// <summary>Share of all pairs of its buyers and sellers that bought.</summary>
    public required double Density { get; init; }

    /// <summary>Time of its first order; null where no times were given.</summary>
    public required long? First { get; init; }

    /// <summary>Time of its last order; null where no times were given.</summary>
    public required long? Last { get; init; }

    /// <summary>Its certificate.</summary>
    public required RingCertificate Certificate { get; init; }
}

/// <summary>An order of a ring's buyer at one of its sellers.</summary>
/// <param name="Order">Its place in the input.</param>
/// <param name="Ring">The ring, by its place in the result.</param>
public readonly record struct RingOrder(int Order, int Ring);

/// <summary>All rings of a graph.</summary>
/// <param name="Rings">Strongest first (by p-value, then by smallest seller).</param>
/// <param name="Orders">The orders that belong to a ring, as they came. A member's order at a seller outside the ring belongs to none.</param>
/// <param name="Candidates">Groups tested.</param>
/// <param name="Categories">The category that each seller was compared within: given, mended or inferred.</param>
public sealed record RingResult(IReadOnlyList<Ring> Rings, IReadOnlyList<RingOrder> Orders, int Candidates, int[] Categories);
