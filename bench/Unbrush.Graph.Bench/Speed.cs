using Unbrush.Graph.Lift;
using Unbrush.Graph.Peeling;

namespace Unbrush.Graph.Bench;

/// <summary>The kernels against the plain ones, each the best of several runs.</summary>
internal static class Speed
{
    private readonly record struct Time(double Wall, double Processor);

    public static void Run(Arguments arguments)
    {
        var repeat = arguments.Number("repeat", 9);
        foreach (var shape in arguments.Shapes("1,10"))
        {
            var g = BenchmarkGraph.Draw(shape, arguments.Seeds("201").First());
            var graph = g.Graph();
            var weights = ColumnWeights.Logarithmic(graph);
            var (left, right) = Edges(graph);
            Console.WriteLine($"{graph.EdgeCount / 1e6:F2} M edges, {graph.LeftCount:N0} buyers, {graph.RightCount:N0} sellers; best of {repeat}");
            Console.WriteLine("                             wall ms  processor ms   M edges/s (wall)   (processor time, shared)   × plain (processor time)");
            var options = new PairLiftOptions();

            var plain = Best(1, () => PlainPeel.Densest(left, right, graph.LeftCount, weights));
            Print("plain peel", plain, plain, 1, graph);
            Print("peel of a built graph", Best(repeat, () => GreedyPeel.Densest(graph, weights)), plain, 1, graph);
            Print("peel, graph and weights built", Best(repeat, () => FromEdges(left, right, graph)), plain, 1, graph);

            plain = Best(1, () => PlainLift.Count(left, right, options.LeftCap));
            Print("plain lift (counts only)", plain, plain, 1, graph);
            for (var threads = 1; threads <= 2; threads++)
            {
                var time = Best(repeat, () => PairLift.Compute(graph, g.Categories, options with { Threads = threads }));
                Print($"lift with FDR, {(threads == 1 ? "1 thread" : "2 threads")}", time, plain, threads, graph);
            }
            var updates = RandomUpdates(graph);
            Console.WriteLine($"the bound: {updates:F0} M random memory updates a second, one thread, over 256 MiB");
        }
    }

    private static PeelResult FromEdges(int[] left, int[] right, BipartiteGraph like)
    {
        var graph = BipartiteGraph.FromEdges(left, right, like.LeftCount, like.RightCount);
        return GreedyPeel.Densest(graph, ColumnWeights.Logarithmic(graph));
    }

    private static (int[] Left, int[] Right) Edges(BipartiteGraph graph)
    {
        var left = new int[graph.EdgeCount];
        var right = new int[graph.EdgeCount];
        var e = 0;
        for (var u = 0; u < graph.LeftCount; u++)
        {
            foreach (var v in graph.OfLeft(u))
                (left[e], right[e++]) = (u, v);
        }
        return (left, right);
    }

    private static Time Best<T>(int repeat, Func<T> run)
    {
        var best = new Time(double.MaxValue, double.MaxValue);
        for (var r = 0; r < repeat; r++)
        {
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            var watch = System.Diagnostics.Stopwatch.StartNew();
            run();
            best = new Time(
                Math.Min(best.Wall, watch.Elapsed.TotalMilliseconds), Math.Min(best.Processor, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds));
        }
        return best;
    }

    private static void Print(string what, Time time, Time plain, int threads, BipartiteGraph graph) =>
        Console.WriteLine(
            $"  {what,-29} {time.Wall,7:F1} {time.Processor,13:F1} {graph.EdgeCount / time.Wall / 1000,18:F1} {graph.EdgeCount * threads / time.Processor / 1000,27:F1} " +
            $"{plain.Processor * threads / time.Processor,9:F1}");

    /// <summary>Independent updates at random places, out of cache: no graph kernel that touches each edge once can do more.</summary>
    private static double RandomUpdates(BipartiteGraph graph)
    {
        var cells = new int[1 << 26];
        var random = new SplitMix((ulong)graph.EdgeCount);
        var places = new int[1 << 22];
        for (var i = 0; i < places.Length; i++)
            places[i] = random.Next(cells.Length);
        var time = Best(5, () =>
        {
            foreach (var place in places)
                cells[place]++;
            return cells;
        });
        return places.Length / time.Wall / 1000;
    }
}
