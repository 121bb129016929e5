using Unbrush.Graph.Lift;
using Unbrush.Graph.Peeling;
using Unbrush.Graph.Rings;

namespace Unbrush.Graph.Bench;

/// <summary>
/// Peaks of resident memory, as the operating system counts them: what the step itself adds, garbage and the runtime's slack
/// included, and what stands before it (the edge list, the graph).
/// </summary>
internal static class Memory
{
    public static void Run(Arguments arguments)
    {
        // The first run compiles the code; its memory is not the graph's.
        Measure(new BenchmarkShape { Edges = 50_000, Buyers = 12_500, Sellers = 1250, Rings = [] }, arguments, print: false);
        foreach (var shape in arguments.Shapes("1,10"))
            Measure(shape, arguments, print: true);
    }

    private static void Measure(BenchmarkShape shape, Arguments arguments, bool print)
    {
        var g = BenchmarkGraph.Draw(shape, arguments.Seeds("201").First());
        var (buyers, sellers, days, categories) = (g.Buyers, g.Sellers, g.Days, g.Categories);
        g = null;
        double edges = buyers.Length;
        if (print)
            Console.WriteLine($"{edges / 1e6:F2} M purchases: bytes an edge added at the peak, and with what stands before");

        BipartiteGraph? graph = null;
        Step("build the graph (8 of edge list)", 8, () => graph = BipartiteGraph.FromEdges(buyers, sellers, shape.Buyers, shape.Sellers));
        var size = 8 + 4.0 * (shape.Buyers + shape.Sellers) / edges;
        var weights = ColumnWeights.Logarithmic(graph!);
        Step("peel", size, () => GreedyPeel.Densest(graph!, weights));
        Step("lift with FDR, 1 thread", size, () => PairLift.Compute(graph!, categories, new PairLiftOptions { Threads = 1 }));
        Step("lift with FDR, 2 threads", size, () => PairLift.Compute(graph!, categories, new PairLiftOptions { Threads = 2 }));
        Step("index for arriving orders", size, () => new LiftIndex(graph!, categories, new PairLiftOptions()));
        graph = null;
        Step("find rings (8 of edge list)", 8, () => RingFinder.Find(Input([], categories), new RingOptions()));
        Step("the same, categories inferred", 8, () => RingFinder.Find(Input([], []), new RingOptions()));
        Step("the same, by days (16 of edge list)", 16, () => RingFinder.Find(Input(days, categories), new RingOptions()));

        RingInput Input(long[] times, int[] labels) => new()
        {
            Buyers = buyers,
            Sellers = sellers,
            BuyerCount = shape.Buyers,
            SellerCount = shape.Sellers,
            SellerCategories = labels,
            Times = times,
        };

        void Step(string what, double standing, Func<object> run)
        {
            var added = PeakOf(run) / edges;
            if (print)
                Console.WriteLine($"  {what,-36} {added,6:F1} {added + standing,6:F1}");
        }
    }

    private static double PeakOf(Func<object> run)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // Writing 5 sets the peak back to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Resident("VmRSS");
        var result = run();
        var peak = Resident("VmHWM");
        GC.KeepAlive(result);
        return peak - before;
    }

    private static double Resident(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return 1024.0 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
