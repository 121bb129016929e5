using System.Diagnostics;
using Unbrush.Detection.Store;

namespace Unbrush.Cli.Tests.Scan;

/// <summary>What a run leaves that was killed, or that met a full disk.</summary>
public sealed class KilledTests : IDisposable
{
    private const int Rows = 300_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(700)]
    [InlineData(1000)]
    [InlineData(1300)]
    public void A_workspace_opens_after_a_kill_in_the_middle_of_an_import_and_the_next_import_is_right(int milliseconds)
    {
        var feed = Feed();
        var workspace = Path.Combine(_folder, "workspace");
        using (var killed = Start("dotnet", [Program, "import", feed, "--workspace", workspace]))
        {
            if (!killed.WaitForExit(milliseconds))
                killed.Kill();
            killed.WaitForExit();
        }

        using var next = Start("dotnet", [Program, "import", feed, "--workspace", workspace]);
        var said = next.StandardError.ReadToEnd();
        next.WaitForExit();
        Assert.True(next.ExitCode == 0, said);
        using var opened = Workspace.Open(workspace, new());
        using var reader = opened.Store.Query("SELECT count(*), count(DISTINCT order_id) FROM orders");
        reader.Read();
        Assert.Equal((Rows, Rows), (reader.GetInt64(0), reader.GetInt64(1)));
    }

    [Fact]
    public void A_disk_without_room_is_said_in_a_sentence_and_leaves_the_workspace_whole()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only a POSIX shell can bound the size of a file.");
        var feed = Feed();
        var workspace = Path.Combine(_folder, "workspace");
        Workspace.Open(workspace, new()).Dispose();
        using (var bounded = Start("bash", ["-c", $"export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; trap '' XFSZ; ulimit -f 4000; exec dotnet '{Program}' import '{feed}' --workspace '{workspace}'"]))
        {
            var said = bounded.StandardError.ReadToEnd();
            bounded.WaitForExit();
            Assert.True(bounded.ExitCode == 5, $"{bounded.ExitCode}: {said}");
            Assert.Contains("full", said, StringComparison.Ordinal);
        }

        using var opened = Workspace.Open(workspace, new());
        using var reader = opened.Store.Query("SELECT count(*) FROM orders");
        reader.Read();
        Assert.Equal(0, reader.GetInt64(0));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "unbrush.dll");

    private static Process Start(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private string Feed()
    {
        var path = Path.Combine(_folder, "orders.csv");
        using var file = new StreamWriter(path);
        file.Write("platform,order_id,seller_id,created_at,memo\n");
        for (var i = 0; i < Rows; i++)
            file.Write($"p,{i},s{i % 97},2026-03-01T00:00:00Z,{i * 7919L % 1000003} takes its room {i * 104729L % 999983}\n");
        return path;
    }
}
