using Unbrush.Graph.Bench;

const string Help = """
    Benchmarks of the graph kernels and of the ring finder, on seeded graphs.

    Unbrush.Graph.Bench quality      what rings are found, and what a plain log-weighted peel finds
    Unbrush.Graph.Bench speed        building, lift and peel, against the plain ones of the same run
    Unbrush.Graph.Bench memory       bytes an edge at the peak (Linux)
    Unbrush.Graph.Bench incremental  one order at a time into an indexed graph
    Unbrush.Graph.Bench write        a graph as CSV, for `unbrush rings`

      --seeds A-B         graphs to draw                    (quality: 201-205, which no setting was chosen by; else 201)
      --scale N,…         millions of purchases             (1; speed, memory, incremental: 1,10)
      --categories C,…    given, noisy (a fifth wrong), absent  (quality: all)
      --rings R,…         planted, none, two (sharing a tenth)  (quality: planted,none,two)
      --dedicated         brushers do nothing but brush
      --one-community     each ring's shops belong to one community
      --times             give the finder the days
      --each              print every ring found
      --repeat N          best of N runs                    (speed: 9)
      --orders N          orders to add                     (incremental: 200000)
    """;

if (args.Length == 0 || args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Help);
    return 0;
}
try
{
    var arguments = Arguments.Parse(args);
    Action<Arguments> mode = arguments.Mode switch
    {
        "quality" => Quality.Run,
        "speed" => Speed.Run,
        "memory" => Memory.Run,
        "incremental" => Incremental.Run,
        "write" => Writing.Run,
        _ => throw new ArgumentException($"There is no mode '{arguments.Mode}': give quality, speed, memory, incremental or write."),
    };
    mode(arguments);
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
