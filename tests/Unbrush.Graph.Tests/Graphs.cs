namespace Unbrush.Graph.Tests;

/// <summary>Small random graphs of every shape: empty, one edge, stars, duplicates, a buyer of everything, ids with gaps.</summary>
internal static class Graphs
{
    public sealed record Edges(int[] Left, int[] Right, int LeftCount, int RightCount)
    {
        public BipartiteGraph Graph => BipartiteGraph.FromEdges(Left, Right, LeftCount, RightCount);

        public HashSet<(int Left, int Right)> Distinct => [.. Left.Zip(Right)];

        public override string ToString() => $"{LeftCount}x{RightCount}: {string.Join(" ", Left.Zip(Right))}";
    }

    public static Gen<Edges> Small(int left = 9, int right = 7, int edges = 40) =>
        Gen.Select(Gen.Int[1, left], Gen.Int[1, right], Gen.Int[0, edges], Gen.Int[0, 3]).SelectMany((l, r, n, shape) =>
            Gen.Select(Gen.Int[0, l - 1], Gen.Int[0, r - 1]).Array[n].Select(pairs => shape switch
            {
                1 => new Edges([.. Enumerable.Repeat(0, r)], [.. Enumerable.Range(0, r)], l, r), // a buyer of everything
                2 => new Edges([.. Enumerable.Range(0, l)], [.. Enumerable.Repeat(r - 1, l)], l, r), // a star around one seller
                3 => new Edges([.. pairs.Select(p => p.Item1), .. pairs.Select(p => p.Item1)], [.. pairs.Select(p => p.Item2), .. pairs.Select(p => p.Item2)], l + 3, r + 2), // everything twice, ids with gaps
                _ => new Edges([.. pairs.Select(p => p.Item1)], [.. pairs.Select(p => p.Item2)], l, r),
            }));
}
