using System.Diagnostics;
using Unbrush.Graph.Lift;

namespace Unbrush.Graph.Bench;

/// <summary>Orders added one at a time to an indexed graph, each with its new pairs judged.</summary>
internal static class Incremental
{
    public static void Run(Arguments arguments)
    {
        foreach (var shape in arguments.Shapes("1,10"))
        {
            var g = BenchmarkGraph.Draw(shape, arguments.Seeds("201").First());
            var orders = Math.Min(arguments.Number("orders", 200_000), g.Buyers.Length / 2);
            var random = new SplitMix(201);
            var order = Enumerable.Range(0, g.Buyers.Length).ToArray();
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = random.Next(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
            var buyers = Array.ConvertAll(order, i => g.Buyers[i]);
            var sellers = Array.ConvertAll(order, i => g.Sellers[i]);
            var known = order.Length - orders;
            var graph = BipartiteGraph.FromEdges(buyers.AsSpan(0, known), sellers.AsSpan(0, known), shape.Buyers, shape.Sellers);
            var watch = Stopwatch.StartNew();
            var index = new LiftIndex(graph, g.Categories, new PairLiftOptions());
            var indexed = watch.Elapsed.TotalSeconds;

            var micros = new double[orders];
            var lit = 0;
            for (var i = 0; i < orders; i++)
            {
                var at = Stopwatch.GetTimestamp();
                lit += index.Add(buyers[known + i], sellers[known + i]).Count;
                micros[i] = Stopwatch.GetElapsedTime(at).TotalMicroseconds;
            }
            Array.Sort(micros);
            Console.WriteLine(
                $"{graph.EdgeCount / 1e6:F2} M edges indexed in {indexed:F1} s; {orders:N0} orders added: median {micros[orders / 2]:F1} µs, p99 {micros[(int)(orders * 0.99)]:F1} µs, " +
                $"p99.9 {micros[(int)(orders * 0.999)]:F1} µs, max {micros[^1]:F0} µs; {lit:N0} pairs reported");
            watch.Restart();
            var pairs = index.Compute().Pairs.Length;
            Console.WriteLine($"  all {pairs:N0} pairs beyond chance with their false-discovery rates, from the index: {watch.Elapsed.TotalMilliseconds:F0} ms");
        }
    }
}
