namespace Unbrush.Casework.Proposals;

/// <summary>Wilson's score interval (Wilson 1927), 95 %.</summary>
internal static class Wilson
{
    private const double Z = 1.959963984540054;

    public static decimal Low(long hits, long of) => Bound(hits, of, -1);

    public static decimal High(long hits, long of) => Bound(hits, of, 1);

    private static decimal Bound(long hits, long of, int side)
    {
        if (of == 0)
            return side < 0 ? 0 : 1;
        var rate = (double)hits / of;
        var centre = rate + (Z * Z / (2 * of));
        var half = Z * Math.Sqrt((rate * (1 - rate) / of) + (Z * Z / (4.0 * of * of)));
        return (decimal)Math.Clamp((centre + (side * half)) / (1 + (Z * Z / of)), 0, 1);
    }
}
