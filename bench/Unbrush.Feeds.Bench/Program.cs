using System.Globalization;
using Unbrush.Feeds.Bench;

return args switch
{
    ["speed", .. var rest] => Speed.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 100, rest.Length > 1),
    ["export", var file, var megabytes] => Speed.Write(file, int.Parse(megabytes, CultureInfo.InvariantCulture)),
    ["import", var file, .. var rest] => Speed.ImportAgain(file, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 3),
    ["feed", var folder, .. var rest] => Feed.Run(folder, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 2),
    ["fuzz", var fixtures, .. var rest] => Fuzz.Run(fixtures, rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 10, rest.Length > 1 ? rest[1] : null),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("speed [MEGABYTES [exports]]            one core: exports, tracks, canonical and mapped CSV");
    Console.Error.WriteLine("export FILE MEGABYTES                  writes the Taobao export that speed reads");
    Console.Error.WriteLine("import FILE [TIMES]                    one core: imports a file again and again, to be looked at by a profiler");
    Console.Error.WriteLine("feed FOLDER [THREADS]                  a folder of canonical CSV, into a database on disk, against DuckDB alone");
    Console.Error.WriteLine("fuzz FIXTURES [MINUTES] [FORMAT]        damages fixtures at random, that many minutes a format (folder)");
    return 2;
}
