using System.Diagnostics;
using System.Security.Cryptography;
using Unbrush.Simulation;

namespace Unbrush.Cli.Tests.Scan;

/// <summary>What a scan leaves that was killed.</summary>
public sealed class KilledScanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-killed-scan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scans_killed_at_any_moment_change_nothing_of_what_the_next_one_says()
    {
        Simulator.Run(new SimulationOptions(12, 3000), At("feed"));
        Run("import", At("feed"), "--workspace", At("workspace"));
        var clock = Stopwatch.StartNew();
        Run("scan", "--workspace", At("workspace"), "--out", At("undisturbed"));
        var whole = clock.Elapsed;
        var undisturbed = Tables("undisturbed");
        Assert.Equal(22, undisturbed.Count);

        // From before the workspace opens to the moving of the files.
        var killed = 0;
        for (var k = 1; k <= 10; k++)
        {
            using var scan = Start("scan", "--workspace", At("workspace"), "--out", At("out"));
            if (!scan.WaitForExit(whole * (0.1 * k)))
            {
                scan.Kill();
                killed++;
            }

            scan.WaitForExit();
            // Where the tables stand complete, they are those of a scan that ended.
            if (File.Exists(At("out/run.json")))
                Assert.Equal(undisturbed, Tables("out"));
        }

        Assert.True(killed >= 5, $"{killed} of 10 scans were killed.");
        Run("scan", "--workspace", At("workspace"), "--out", At("out"));
        Assert.Equal(undisturbed, Tables("out"));
    }

    private Dictionary<string, string> Tables(string name) => Directory.EnumerateFiles(At(name))
        .Where(p => Path.GetExtension(p) is ".csv" or ".parquet")
        .ToDictionary(p => Path.GetFileName(p), p => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(p))));

    private static void Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var said = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said.GetAwaiter().GetResult());
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "unbrush.dll"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private string At(string name) => Path.Combine(_folder, name);
}
