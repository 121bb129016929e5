using System.Globalization;

namespace Unbrush.Graph.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    private static readonly string[] Flags = ["dedicated", "one-community", "times", "each"];
    private static readonly string[] Values = ["seeds", "scale", "categories", "rings", "repeat", "orders"];
    private readonly Dictionary<string, string> _given = [];

    public required string Mode { get; init; }

    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments { Mode = args[0] };
        for (var i = 1; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (Flags.Contains(name))
                parsed._given[name] = "";
            else if (Values.Contains(name) && i + 1 < args.Length)
                parsed._given[name] = args[++i];
            else
                throw new ArgumentException($"'{args[i]}' is no option, or lacks its value: see --help.");
        }
        return parsed;
    }

    public bool Has(string flag) => _given.ContainsKey(flag);

    public string[] List(string name, string otherwise) => _given.GetValueOrDefault(name, otherwise).Split(',');

    public int Number(string name, int otherwise) => _given.TryGetValue(name, out var text) ? Parse(name, text) : otherwise;

    public IEnumerable<ulong> Seeds(string otherwise)
    {
        var ends = _given.GetValueOrDefault("seeds", otherwise).Split('-');
        for (var seed = Parse("seeds", ends[0]); seed <= Parse("seeds", ends[^1]); seed++)
            yield return (ulong)seed;
    }

    /// <summary>The shapes of the asked scales.</summary>
    public IEnumerable<BenchmarkShape> Shapes(string scales, string rings = "planted")
    {
        foreach (var scale in List("scale", scales))
            yield return Shape(Parse("scale", scale), rings);
    }

    private BenchmarkShape Shape(int scale, string rings)
    {
        var shape = new BenchmarkShape { BrushersAlsoShop = !Has("dedicated"), RingsWithinOneCommunity = Has("one-community") }.Times(scale);
        return rings switch
        {
            "planted" => shape,
            "none" => shape with { Rings = [] },
            "two" => shape with { Rings = [new(200, 10, 0.6), new(200, 10, 0.6)], SharedMembers = 0.1 },
            _ => throw new ArgumentException($"--rings are planted, none or two, not '{rings}'."),
        };
    }

    private static int Parse(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new ArgumentException($"--{name}: '{text}' is no whole number above zero.");
}
