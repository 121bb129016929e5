namespace Unbrush.Graph.Rings;

/// <summary>When a ring buys, against when its sellers' other customers do: ln of the ratio, for a purchase in a slot.</summary>
/// <remarks>
/// A seller whose genuine custom comes in one burst (a live stream, an opening) has that burst in its own null, so a burst
/// alone tells nothing.
/// </remarks>
internal sealed class RingTempo
{
    private const double RingPrior = 8;
    private const double SellerPrior = 24;
    private readonly double[] _ring = new double[OrderTimes.Slots];
    private readonly double[][] _sellers;

    /// <param name="times">All times.</param>
    /// <param name="sellers">The ring's sellers.</param>
    /// <param name="theirs">Weighted purchases of the ring's buyers, by seller and slot.</param>
    public RingTempo(OrderTimes times, int[] sellers, double[][] theirs)
    {
        var raw = new double[OrderTimes.Slots];
        _sellers = new double[sellers.Length][];
        for (var i = 0; i < sellers.Length; i++)
        {
            var all = times.OfSeller(sellers[i]);
            var custom = new double[OrderTimes.Slots];
            for (var t = 0; t < custom.Length; t++)
            {
                raw[t] += theirs[i][t];
                custom[t] = Math.Max(0, all[t] - theirs[i][t]);
            }
            _sellers[i] = Shares(custom, SellerPrior);
        }
        Shares(raw, RingPrior).CopyTo(_ring, 0);
    }

    public double LogRatio(int seller, int slot) => Math.Log(_ring[slot] / _sellers[seller][slot]);

    /// <summary>How much more the ring buys in a slot than all orders do.</summary>
    public double OfRing(int slot) => _ring[slot] * OrderTimes.Slots;

    /// <summary>Shares of the slots, each lent to its neighbours and drawn towards even shares.</summary>
    private static double[] Shares(double[] counts, double prior)
    {
        var shares = new double[counts.Length];
        var total = counts.Sum();
        for (var t = 0; t < counts.Length; t++)
        {
            double near = 0, weight = 0;
            for (var d = -2; d <= 2; d++)
            {
                if (t + d < 0 || t + d >= counts.Length)
                    continue;
                near += counts[t + d];
                weight++;
            }
            shares[t] = near / weight + prior / counts.Length;
        }
        var sum = shares.Sum();
        for (var t = 0; t < shares.Length; t++)
            shares[t] = total + prior > 0 ? shares[t] / sum : 1.0 / shares.Length;
        return shares;
    }
}
