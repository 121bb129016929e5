using Unbrush.Core;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Pipeline;

public sealed class OwnSignalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("own-signals-").FullName;

    [Fact]
    public void A_users_signal_cannot_read_a_file()
    {
        var secret = Path.Combine(_folder, "secret.csv");
        File.WriteAllText(secret, "word\nhidden\n");
        var error = Assert.Throws<UnbrushException>(() => Scan($"SELECT order_no, 1 AS value, 0 AS expected, false AS hard, (SELECT word FROM read_csv('{secret}')) AS word FROM fact_order"));
        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.Contains("greedy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_signal_speaks_beside_the_products()
    {
        Scan("SELECT order_no, 1 AS value, 0 AS expected, false AS hard FROM fact_order");
        Assert.Contains("seen by our own signal", File.ReadAllText(Path.Combine(_folder, "out", "orders.csv")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Scan(string sql)
    {
        var signal = Directory.CreateDirectory(Path.Combine(_folder, "signals", "greedy")).FullName;
        File.WriteAllText(Path.Combine(signal, "signal.yaml"), """
            id: greedy
            family: traffic
            subject: order
            needs: [orders]
            unit: none
            points: [[0, 0], [1, 14]]
            text: { en: "seen by our own signal", zh: "自有信号" }
            source: a test
            """);
        File.WriteAllText(Path.Combine(signal, "signal.sql"), sql);
        var feed = Path.Combine(_folder, "orders.csv");
        File.WriteAllText(feed, "platform,order_id,seller_id,created_at\np,A,S,2026-03-01T10:00:00+08:00\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"p,N{i},S{i},2026-03-01T11:00:{i:00}+08:00\n")));
        if (sql.Contains("FROM fact_order", StringComparison.Ordinal) && !sql.Contains("read_csv", StringComparison.Ordinal))
            File.WriteAllText(Path.Combine(signal, "signal.sql"), sql + " WHERE order_no = 1");
        using var workspace = Workspace.OpenTemporary(new());
        Unbrush.Detection.Pipeline.Scan.Run(workspace, new() { Feeds = [feed], Out = Path.Combine(_folder, "out"), Detector = new() { OwnSignals = Path.Combine(_folder, "signals") } }, TestContext.Current.CancellationToken);
    }
}
