namespace Unbrush.Simulation.Randomness;

/// <summary>Stateless randomness: the same words give the same number, so that facts like a truck's delay need no memory.</summary>
internal static class Mixer
{
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    public static ulong Mix(ulong x, ulong y) => Mix(Mix(x) ^ (y * 0xD6E8FEB86659FD93));

    public static ulong Mix(ulong x, ulong y, ulong z) => Mix(Mix(x, y), z);

    public static ulong Mix(ulong x, ulong y, ulong z, ulong w) => Mix(Mix(x, y, z), w);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Unit(ulong x) => (x >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, n).</summary>
    public static int Below(ulong x, int n) => (int)(((x >> 32) * (ulong)n) >> 32);

    /// <summary>Roughly normal (sum of four uniforms), mean 0, deviation 1, within ±3.5.</summary>
    public static double Normal(ulong x)
    {
        var sum = (double)(ushort)x + (ushort)(x >> 16) + (ushort)(x >> 32) + (ushort)(x >> 48);
        return ((sum / 65536) - 2) * 1.7320508;
    }

    /// <summary>
    /// A one-to-one scrambling of the numbers below 2^bits: ids made of it are unique and tell nothing of the
    /// order in which they were given out.
    /// </summary>
    public static ulong Permute(ulong x, int bits, ulong seed)
    {
        var mask = (1UL << bits) - 1;
        var half = Math.Max(1, bits / 2);
        x &= mask;
        for (var round = 0; round < 4; round++)
        {
            x = (x + Mix(seed, (ulong)round)) & mask;
            x = (x * (Mix(seed, (ulong)round + 16) | 1)) & mask;
            x ^= x >> half;
        }

        return x;
    }
}
