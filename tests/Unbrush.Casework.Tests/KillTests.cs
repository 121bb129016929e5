using System.Diagnostics;
using System.Globalization;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;
using Unbrush.Casework.Webhooks;

namespace Unbrush.Casework.Tests;

/// <summary>
/// Kills a process at random points of deciding, applying, lifting, exporting and sending. UNBRUSH_KILLS sets how
/// often; the default keeps the suite short.
/// </summary>
public abstract class KillTests : OnBothStores
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("UNBRUSH_KILLS") ?? "100", CultureInfo.InvariantCulture);

    public sealed class OnSqlite : KillTests
    {
        protected override bool IsPostgres => false;
    }

    public sealed class OnPostgres : KillTests
    {
        protected override bool IsPostgres => true;
    }

    [Fact(Timeout = 600_000)]
    public async Task Killed_at_any_point_nothing_is_lost_nothing_doubled_and_the_ledger_verifies()
    {
        using var receiver = new HookReceiver();
        var secret = Folder.Write("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        new Endpoints(Store, Clock).Add("a", receiver.Url, "file:" + secret, Ann);
        // Enough work that it is never done before the last kill.
        var shops = 200 + (Kills * 4);
        Propose(Enumerable.Range(0, shops).Aggregate(new FindingsBuilder(), (b, i) => b.Orders($"s{i:00000}", 2)));
        var exports = Directory.CreateDirectory(Folder["exports"]).FullName;

        var random = new Random(Environment.TickCount);
        var killed = 0;
        for (var i = 0; i < Kills; i++)
        {
            using var child = Start(exports);
            // Most of the time is the runtime's start; wait for the work to begin, then for a random moment of it.
            await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 120), TestContext.Current.CancellationToken);
            if (!child.HasExited)
            {
                child.Kill();
                killed++;
            }

            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(killed >= Kills * 9 / 10, $"Only {killed} of {Kills} were killed at work.");
        using (var last = Start(exports))
        {
            await last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(last.ExitCode == 0, await last.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        Check(shops, exports, receiver);
    }

    private void Check(int shops, string exports, HookReceiver receiver)
    {
        Assert.True(Verify().IsWhole, Verify().Fault?.En);
        var entries = Ledger.List(limit: int.MaxValue).GroupBy(e => e.Kind).ToDictionary(g => g.Key, g => g.Count());
        var measures = new MeasureTable(Store).List(new(), limit: int.MaxValue);
        // Nothing lost, nothing doubled: each shop's two orders have one measure each, each in the ledger once.
        Assert.Equal(shops * 2, measures.Count);
        Assert.Equal(shops * 2, measures.Select(m => m.Subject).Distinct().Count());
        Assert.Equal(measures.Count, entries[LedgerKinds.Measure]);
        Assert.Equal(measures.Count(m => m.LiftedAt is not null), entries[LedgerKinds.Lifting]);
        Assert.Equal(shops, entries[LedgerKinds.Decision]);
        Assert.Equal(shops, Proposals.List(new(Code: "exclude_orders"), limit: int.MaxValue).Count(p => p.AppliedAt is not null));

        // Every event was received, under one id with one body, and the outbox knows it.
        using (var connection = Store.Connect())
        {
            Assert.Equal(entries[LedgerKinds.Event], connection.Scalar(null, "SELECT count(*) FROM outbox"));
            Assert.Equal(entries[LedgerKinds.Event], connection.Scalar(null, "SELECT count(*) FROM outbox WHERE state = 'sent'"));
        }

        var letters = receiver.Letters.GroupBy(l => l.Id).ToList();
        Assert.Equal(entries[LedgerKinds.Event], letters.Count);
        Assert.All(letters, l => Assert.Single(l.Select(x => x.Body).Distinct()));

        // Every export that is complete on disk is in the ledger once, and no other is.
        Assert.Equal(Directory.EnumerateDirectories(exports).Count(d => File.Exists(Path.Combine(d, "manifest.json"))), entries[LedgerKinds.Export]);
        Assert.Equal(measures.Count(m => m.LiftedAt is null), Rows("orders_not_counted", TimeProvider.System.GetUtcNow().AddDays(1)).Length);
    }

    private Process Start(string exports)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        start.Environment[KillChild.Variable] = $"{Where}|{exports}";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
