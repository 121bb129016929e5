namespace Unbrush.Simulation.Randomness;

/// <summary>Draws an index in proportion to fixed weights (Vose's alias method: constant time a draw).</summary>
internal sealed class Sampler
{
    private readonly double[] _threshold;
    private readonly int[] _alias;

    public Sampler(ReadOnlySpan<double> weights)
    {
        var n = weights.Length;
        _threshold = new double[n];
        _alias = new int[n];
        double total = 0;
        foreach (var w in weights)
            total += w;
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < n; i++)
        {
            _threshold[i] = total > 0 ? weights[i] * n / total : 1;
            (_threshold[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var s = small.Pop();
            var l = large.Pop();
            _alias[s] = l;
            _threshold[l] -= 1 - _threshold[s];
            (_threshold[l] < 1 ? small : large).Push(l);
        }

        foreach (var i in small.Concat(large))
            _threshold[i] = 1;
    }

    public int Draw(Rng rng)
    {
        var i = rng.Below(_threshold.Length);
        return rng.Unit() < _threshold[i] ? i : _alias[i];
    }
}
