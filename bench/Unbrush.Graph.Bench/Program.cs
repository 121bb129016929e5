using System.Diagnostics;
using Unbrush.Graph.Bench;
using Unbrush.Graph.Rings;

var shape = new BenchmarkShape();
if (args.Contains("10")) shape = shape.TenTimes();
if (args.Contains("null")) shape = shape with { Rings = [] };
if (args.Contains("dedicated")) shape = shape with { BrushersAlsoShop = false };
if (args.Contains("samecat")) shape = shape with { RingsWithinOneCommunity = true };
if (args.Contains("two")) shape = shape with { Rings = [new(200, 10, 0.6), new(200, 10, 0.6)], SharedMembers = 0.1 };
if (args.Contains("write"))
{
    var g = BenchmarkGraph.Draw(shape with { BrushersAlsoShop = false }, 1);
    Console.WriteLine("buyer,seller,category,day,amount");
    for (var i = 0; i < g.Buyers.Length; i++)
        Console.WriteLine($"B{g.Buyers[i]:D7},S{g.Sellers[i]:D6},C{g.Categories[g.Sellers[i]]},{new DateTime(2025, 1, 1).AddDays(g.Days[i]):yyyy-MM-dd},{10 + g.Buyers[i] % 90}.50");
    return;
}
if (args.Contains("speed"))
{
    var g = BenchmarkGraph.Draw(shape, 1);
    var graph = Unbrush.Graph.BipartiteGraph.FromEdges(g.Buyers, g.Sellers, shape.Buyers, shape.Sellers);
    var weights = Unbrush.Graph.Peeling.ColumnWeights.Logarithmic(graph);
    for (var r = 0; r < 8; r++)
    {
        var c0 = Cpu();
        var peel = Unbrush.Graph.Peeling.GreedyPeel.Densest(graph, weights);
        var t = (Cpu() - c0).TotalMilliseconds;
        c0 = Cpu();
        if (args.Contains("peelonly")) { Console.WriteLine($"{t}"); if (r == 7) r = -100; continue; }
        var lift = Unbrush.Graph.Lift.PairLift.Compute(graph, g.Categories, new());
        var t2 = (Cpu() - c0).TotalMilliseconds / 2;
        Console.WriteLine($"peel {t:F1} ms {graph.EdgeCount / t / 1000:F1} M/s block {peel.Left.Length}x{peel.Right.Length} {peel.Density:F4}; lift {t2:F1} ms {graph.EdgeCount / t2 / 1000:F1} M/s");
    }
    return;
}
static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
for (ulong seed = 1; seed <= 10; seed++)
{
    var g = BenchmarkGraph.Draw(shape, seed);
    var w = Stopwatch.StartNew();
    var labels = args.Contains("noisy") ? g.Mislabelled(0.2, seed + 77) : args.Contains("absent") ? [] : g.Categories;
    var result = RingFinder.Find(new RingInput { Buyers = g.Buyers, Sellers = g.Sellers, BuyerCount = shape.Buyers, SellerCount = shape.Sellers, SellerCategories = labels, Times = args.Contains("time") ? g.Days : [] },
        new RingOptions { Window = 0 });
    var s = Score.Of(g.Rings, result.Rings);
    Console.WriteLine($"seed {seed}: {w.ElapsedMilliseconds} ms, candidates {result.Candidates}, found {s.Found} false {s.False} P {s.Precision:F3} R {s.Recall:F3} F1 {s.BuyersF1:F3} sellers {s.SellersF1:F3} per ring {string.Join(" ", s.RingF1.Select(x => x.ToString("F3")))}");
    if (args.Contains("show")) foreach (var r in result.Rings.Where(r => !g.Rings.Any(t => r.Sellers.Count(s => t.Sellers.Contains(s.Id)) * 2 > r.Sellers.Count))) { Console.WriteLine($"   FALSE {r.Certificate} several {r.Buyers.Count(b => b.Met >= 2)} three {r.Buyers.Count(b => b.Met >= 3)}"); foreach (var m in r.Sellers) Console.WriteLine($"      {m} degree {g.Sellers.Count(x => x == m.Id)} cat {g.Categories[m.Id]}"); foreach (var b in r.Buyers.Take(8)) Console.WriteLine($"      {b} degree {g.Buyers.Count(x => x == b.Id)}"); }
    foreach (var r in result.Rings)
        Console.WriteLine($"   {r.Buyers.Count}x{r.Sellers.Count} obs {r.Certificate.Observed} exp {r.Certificate.Expected:F2} lnp {r.Certificate.LogP:F1}");
}
