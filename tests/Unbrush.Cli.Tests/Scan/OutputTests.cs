using System.Diagnostics;

namespace Unbrush.Cli.Tests.Scan;

/// <summary>Where the output cannot go, a sentence says so, and nothing stands there that looks complete.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("scan", "en", "The disk is full")]
    [InlineData("scan", "zh", "磁盘已满")]
    [InlineData("export", "en", "The disk is full")]
    [InlineData("simulate", "zh", "磁盘已满")]
    public void A_full_disk_is_said_and_what_stood_there_stays(string verb, string language, string says)
    {
        var output = Directory.CreateDirectory(At("out")).FullName;
        var mount = $"mount -t tmpfs -o size=300k tmpfs '{output}'";
        if (!OperatingSystem.IsLinux() || Shell($"unshare -rm bash -c \"{mount}\"").Code != 0)
            Assert.Skip("This system lets nobody but its administrator make a small disk.");
        var run = string.Join(' ', Verb(verb, output, language).Prepend(Program).Select(a => $"'{a}'"));
        var script = At("script.sh");
        File.WriteAllText(script, $"{mount}\necho before > '{output}/orders.csv'\necho before > '{output}/run.json'\ndotnet {run} > /dev/null\ncode=$?\nls -A '{output}'\ncat '{output}'/*\nexit $code\n");
        var (code, left, error) = Shell($"unshare -rm bash '{script}'");
        Assert.True(code == 1, $"{code}: {error}");
        var said = error.Trim().Split('\n')[^1];
        Assert.StartsWith(says, said, StringComparison.Ordinal);
        Assert.Contains(output, said, StringComparison.Ordinal);
        Assert.Equal("orders.csv\nrun.json\nbefore\nbefore\n", left);
    }

    [Theory]
    [InlineData("scan", "en", "cannot be written to")]
    [InlineData("scan", "zh", "无法写入目录")]
    [InlineData("export", "zh", "无法写入目录")]
    [InlineData("simulate", "en", "cannot be written to")]
    public void A_folder_that_may_not_be_written_to_is_said_before_the_work(string verb, string language, string says)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux has a folder in which even its administrator may make none.");
        var (code, error) = Run(Verb(verb, "/sys/unbrush", language));
        Assert.True(code == 1, $"{code}: {error}");
        var said = Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("/sys/unbrush", said, StringComparison.Ordinal);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_run_left_unfinished_goes_with_the_next()
    {
        Directory.CreateDirectory(At("out/.unfinished"));
        File.WriteAllText(At("out/.unfinished/orders.csv"), "half a li");
        File.WriteAllText(At("out/.unfinished/more.csv"), "half a li");
        var (code, error) = Run(Verb("scan", At("out"), "en"));
        Assert.True(code == 0, error);
        Assert.False(Directory.Exists(At("out/.unfinished")));
        Assert.False(File.Exists(At("out/more.csv")));
        Assert.DoesNotContain("half a li", File.ReadAllText(At("out/orders.csv")), StringComparison.Ordinal);
    }

    private string[] Verb(string verb, string output, string language)
    {
        string[] words = verb switch
        {
            "scan" => ["scan", Feed(), "--out", output],
            "export" => ["export", "--workspace", Workspace(), "--format", "csv", "--out", output],
            _ => ["simulate", "--orders", "20000", "--out", output],
        };
        return [.. words, "--language", language];
    }

    private string Workspace()
    {
        using var workspace = Detection.Store.Workspace.Open(At("workspace"), new());
        workspace.Import([Feed()], new());
        return At("workspace");
    }

    private string Feed()
    {
        using var file = new StreamWriter(At("feed.csv"));
        file.Write("platform,order_id,seller_id,created_at\n");
        for (var i = 0; i < 20_000; i++)
            file.Write($"p,{i * 7919L % 1000003},s{i * 104729L % 9973},2026-03-01T00:00:00Z\n");
        file.Close();
        File.Move(At("feed.csv"), At("orders.csv"), overwrite: true);
        return At("orders.csv");
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "unbrush.dll");

    private static (int Code, string Error) Run(string[] arguments)
    {
        var (code, _, error) = Wait(new("dotnet", [Program, .. arguments]));
        return (code, error);
    }

    private static (int Code, string Output, string Error) Shell(string command) => Wait(new("bash", ["-c", command]));

    private static (int Code, string Output, string Error) Wait(ProcessStartInfo start)
    {
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
