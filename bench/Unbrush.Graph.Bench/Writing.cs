namespace Unbrush.Graph.Bench;

/// <summary>Writes a graph as CSV.</summary>
internal static class Writing
{
    public static void Run(Arguments arguments)
    {
        var shape = arguments.Shapes("1", arguments.List("rings", "planted")[0]).First();
        var g = BenchmarkGraph.Draw(shape, arguments.Seeds("201").First());
        using var writer = new StreamWriter(Console.OpenStandardOutput());
        writer.WriteLine("buyer,seller,category,day,amount");
        for (var i = 0; i < g.Buyers.Length; i++)
            writer.WriteLine($"B{g.Buyers[i]:D7},S{g.Sellers[i]:D6},C{g.Categories[g.Sellers[i]]},{new DateTime(2025, 1, 1).AddDays(g.Days[i]):yyyy-MM-dd},{10 + g.Buyers[i] % 90}.50");
    }
}
