using System.Diagnostics;
using System.Text.Json;
using Unbrush.Core;

namespace Unbrush.Cli.Tests.Report;

/// <summary>The report in a real browser.</summary>
[Collection("console")]
public sealed class BrowserTests(ScannedWorld world) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("browser-").FullName;

    public static TheoryData<Language, string> Pages => new() { { Language.En, "feed" }, { Language.Zh, "feed" }, { Language.En, "hostile" } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_loads_without_an_error_and_without_the_network(Language language, string feed)
    {
        var net = Path.Combine(_folder, "net.json");
        var (dom, errors) = Run("--enable-logging=stderr", $"--log-net-log={net}", "--virtual-time-budget=2000", "--dump-dom", Address(language, feed));
        Assert.DoesNotContain("CONSOLE", errors, StringComparison.Ordinal);
        Assert.Contains("</html>", dom, StringComparison.Ordinal);
        if (feed == "feed")
            Assert.Contains("class=\"filter\"", dom, StringComparison.Ordinal); // the script ran: the policy allows it
        using var log = JsonDocument.Parse(File.ReadAllText(net));
        var type = log.RootElement.GetProperty("constants").GetProperty("logEventTypes").GetProperty("URL_REQUEST_START_JOB").GetInt32();
        var asked = log.RootElement.GetProperty("events").EnumerateArray()
            .Where(e => e.GetProperty("type").GetInt32() == type && e.TryGetProperty("params", out var p) && p.TryGetProperty("url", out _))
            .Select(e => e.GetProperty("params"))
            .Where(p => p.TryGetProperty("initiator", out var i) && i.GetString() is { } who && !who.StartsWith("not an origin", StringComparison.Ordinal))
            .Select(p => p.GetProperty("url").GetString()!).ToList();
        Assert.Empty(asked);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_prints(Language language, string feed)
    {
        var pdf = Path.Combine(_folder, "report.pdf");
        Run("--no-pdf-header-footer", $"--print-to-pdf={pdf}", Address(language, feed));
        var bytes = File.ReadAllBytes(pdf);
        Assert.True(bytes.AsSpan().StartsWith("%PDF-"u8));
        Assert.InRange(bytes.Length, 10_000, 20_000_000);
    }

    private string Address(Language language, string feed) => new Uri(world.Report(language, feed)).AbsoluteUri;

    private (string Out, string Error) Run(params string[] arguments)
    {
        var browser = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);
        if (browser is null)
            Assert.Skip("There is no Chromium on this machine; ./test installs it where it can.");
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", $"--user-data-dir={Path.Combine(_folder, "profile")}", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The browser did not end within two minutes.");
        }

        return (output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
