using System.Diagnostics;
using Unbrush.Graph.Peeling;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Bench;

/// <summary>Rings found against rings planted.</summary>
internal static class Quality
{
    public static void Run(Arguments arguments)
    {
        foreach (var rings in arguments.List("rings", "planted,none,two"))
        {
            foreach (var shape in arguments.Shapes("1", rings))
            {
                foreach (var categories in arguments.List("categories", "given,noisy,absent"))
                    Run(arguments, shape, rings, categories);
            }
        }
    }

    private static void Run(Arguments arguments, BenchmarkShape shape, string rings, string categories)
    {
        Console.WriteLine($"rings {rings}, categories {categories}, {shape.Edges / 1_000_000} M purchases");
        int found = 0, wrong = 0;
        var worst = 1.0;
        foreach (var seed in arguments.Seeds("201-205"))
        {
            var g = BenchmarkGraph.Draw(shape, seed);
            int[] labels = categories switch
            {
                "given" => g.Categories,
                "noisy" => g.Mislabelled(0.2, seed + 77),
                "absent" => [],
                _ => throw new ArgumentException($"--categories are given, noisy or absent, not '{categories}'."),
            };
            var watch = Stopwatch.StartNew();
            var result = RingFinder.Find(
                new RingInput
                {
                    Buyers = g.Buyers,
                    Sellers = g.Sellers,
                    BuyerCount = shape.Buyers,
                    SellerCount = shape.Sellers,
                    SellerCategories = labels,
                    Times = arguments.Has("times") ? g.Days : [],
                },
                new RingOptions());
            var seconds = watch.Elapsed.TotalSeconds;
            var score = Score.Of(g.Rings, result.Rings);
            (found, wrong, worst) = (found + score.Found, wrong + score.False, Math.Min(worst, score.BuyersF1));
            Console.WriteLine(
                $"  seed {seed}: buyers F1 {score.BuyersF1:F3} (precision {score.Precision:F3}, recall {score.Recall:F3}), sellers F1 {score.SellersF1:F3}, " +
                $"rings {string.Join(" ", g.Rings.Zip(score.RingF1, (r, f) => $"{r.Shape.Buyers}×{r.Shape.Sellers}@{r.Shape.Density} {f:F3}"))}; " +
                $"{score.Found} found, {score.False} false; plain log-weighted peel F1 {PlainF1(g):F3}; {seconds:F1} s");
            if (arguments.Has("each"))
                Print(g, result);
        }
        Console.WriteLine($"  least buyers F1 {worst:F3}; {wrong} of {found} rings false");
    }

    /// <summary>Buyers of the one densest block by logarithmic weights: FRAUDAR without more.</summary>
    private static double PlainF1(BenchmarkGraph g)
    {
        var graph = g.Graph();
        return Score.F1(g.Rings.SelectMany(r => r.Buyers).ToHashSet(), [.. GreedyPeel.Densest(graph, ColumnWeights.Logarithmic(graph)).Left]);
    }

    private static void Print(BenchmarkGraph g, RingResult result)
    {
        foreach (var ring in result.Rings)
        {
            var planted = g.Rings.FindIndex(t => ring.Sellers.Count(s => t.Sellers.Contains(s.Id)) * 2 > ring.Sellers.Count);
            Console.WriteLine($"    {(planted < 0 ? "FALSE" : $"ring {planted + 1}")} {ring.Buyers.Count}×{ring.Sellers.Count} {ring.Certificate}");
        }
    }
}
