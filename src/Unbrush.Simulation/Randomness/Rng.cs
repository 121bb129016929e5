using System.Numerics;

namespace Unbrush.Simulation.Randomness;

/// <summary>A seeded generator (xoshiro256++): the same seed gives the same world on every machine.</summary>
internal sealed class Rng
{
    private ulong _a, _b, _c, _d;

    public Rng(ulong seed)
    {
        _a = Mixer.Mix(seed + 1);
        _b = Mixer.Mix(_a + 2);
        _c = Mixer.Mix(_b + 3);
        _d = Mixer.Mix(_c + 4) | 1;
    }

    /// <summary>A generator of its own for one purpose, so that adding a draw here changes nothing there.</summary>
    public static Rng Of(ulong seed, ulong purpose, ulong index = 0) => new(Mixer.Mix(seed, purpose, index));

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, n).</summary>
    public int Below(int n) => (int)(((Next() >> 32) * (ulong)n) >> 32);

    /// <summary>Uniform in [low, high].</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * Unit());

    public bool Chance(double p) => Unit() < p;

    public double Normal()
    {
        // Sum of uniforms would thin the tails; Box-Muller keeps them.
        var u = 1 - Unit();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * Unit());
    }

    public double Normal(double mean, double deviation) => mean + (deviation * Normal());

    /// <summary>Log-normal with the given median and standard deviation of the logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    public int Poisson(double mean)
    {
        if (mean <= 0)
            return 0;
        if (mean > 30)
            return Math.Max(0, (int)Math.Round(Normal(mean, Math.Sqrt(mean))));
        var limit = Math.Exp(-mean);
        var product = Unit();
        var n = 0;
        while (product > limit)
        {
            product *= Unit();
            n++;
        }

        return n;
    }

    /// <summary>Number of failures before a success of probability p.</summary>
    public int Geometric(double p) => (int)(Math.Log(1 - Unit()) / Math.Log(1 - p));

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
