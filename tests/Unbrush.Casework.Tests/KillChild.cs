using System.Runtime.CompilerServices;
using Unbrush.Casework.Actions;
using Unbrush.Casework.Decisions;
using Unbrush.Casework.Export;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Storage;
using Unbrush.Casework.Webhooks;

namespace Unbrush.Casework.Tests;

/// <summary>
/// The process that the kill tests kill: this test program started again with a variable set. It decides, applies,
/// lifts, exports and sends without pause until nothing is left to do.
/// </summary>
internal static class KillChild
{
    public const string Variable = "UNBRUSH_KILL_CHILD";

    /// <summary>Runs before anything else of this assembly; in the tests' own process it does nothing.</summary>
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } work)
            Environment.Exit(Work(work.Split('|')));
    }

    private static int Work(string[] parameters)
    {
        var (where, folder) = (parameters[0], parameters[1]);
        var clock = TimeProvider.System;
        using var store = CaseDatabase.Open(where, clock);
        var (decider, desk, table) = (new Decider(store, clock), new ActionDesk(store, clock), new ProposalTable(store));
        var person = Person.Named("ann");
        using var handler = WebhookSender.NewHandler();
        using var sender = new WebhookSender(store, clock, handler, new() { Lease = TimeSpan.FromMilliseconds(200), Waits = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(20), 1000)] });
        Console.Out.WriteLine("at work");
        for (var round = 0; ; round++)
        {
            var open = table.List(new(Standing.Suspected, Code: "exclude_orders"), limit: 2);
            foreach (var proposal in open)
                decider.Adopt(proposal.Id, new(person, "seen"));
            desk.Apply();
            foreach (var measure in new MeasureTable(store).List(new(), limit: 10_000).Where(m => m.LiftedAt is null && m.Measure % 5 == 0).Take(1))
                desk.LiftMeasure(measure.Measure, person, "granted");
            if (round % 3 == 0)
                new Exporter(store, clock).Export(Path.Combine(folder, $"out-{Directory.GetDirectories(folder).Length}"), null, false, person);
            // Waited for on this thread: other threads may not run this assembly's code before its initializer is done.
            sender.SendDueAsync().GetAwaiter().GetResult();
            if (open.Count == 0 && new Outbox(store, clock).List("waiting", 1).Count == 0)
            {
                new Exporter(store, clock).Recover();
                return 0;
            }
        }
    }
}
