using System.Runtime.ExceptionServices;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Pipeline;

/// <summary>A piece of work on the store.</summary>
/// <param name="Name">What it makes.</param>
/// <param name="Needs">What must be there before it starts; names that no job of the same run makes are there already.</param>
/// <param name="Run">The work, on the connection given.</param>
internal sealed record Job(string Name, IReadOnlyCollection<string> Needs, Action<IStore> Run);

/// <summary>
/// Runs jobs on the store's two connections at once, each as soon as what it needs is there: while one statement sorts or
/// one job renders in a single thread, another fills the machine. What a job makes depends on what it needs and on nothing
/// else, so that the order in which they happen to end does not show.
/// </summary>
internal sealed class Crew(IStore store)
{
    /// <summary>Runs every job; the list's order is one in which they could run one after the other.</summary>
    public void Run(IReadOnlyList<Job> jobs, CancellationToken cancel = default)
    {
        if (store.Second is not { } second || jobs.Count < 2)
        {
            foreach (var job in jobs)
            {
                cancel.ThrowIfCancellationRequested();
                job.Run(store);
            }

            return;
        }

        var round = new Round(jobs, cancel);
        var other = Task.Factory.StartNew(() => round.Work(second), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        round.Work(store);
        other.GetAwaiter().GetResult();
        round.Failure?.Throw();
    }

    private sealed class Round
    {
        private readonly object _gate = new();
        private readonly List<Job> _waiting;
        private readonly HashSet<string> _unmade;
        private readonly CancellationToken _cancel;

        public Round(IReadOnlyList<Job> jobs, CancellationToken cancel)
        {
            _waiting = [.. jobs];
            _unmade = [.. jobs.Select(j => j.Name)];
            _cancel = cancel;
        }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Work(IStore store)
        {
            while (Next() is { } job)
            {
                try
                {
                    _cancel.ThrowIfCancellationRequested();
                    job.Run(store);
                }
                catch (Exception e)
                {
                    lock (_gate)
                        Failure ??= ExceptionDispatchInfo.Capture(e);
                }

                lock (_gate)
                {
                    _unmade.Remove(job.Name);
                    Monitor.PulseAll(_gate);
                }
            }
        }

        /// <summary>The first job that can start, waiting for one; null where none is left.</summary>
        private Job? Next()
        {
            lock (_gate)
            {
                while (Failure is null && _waiting.Count > 0)
                {
                    var at = _waiting.FindIndex(j => !j.Needs.Any(_unmade.Contains));
                    if (at >= 0)
                    {
                        var job = _waiting[at];
                        _waiting.RemoveAt(at);
                        return job;
                    }

                    if (_unmade.Count == _waiting.Count)
                        throw new InvalidOperationException($"Jobs wait for each other: {string.Join(", ", _waiting.Select(j => j.Name))}.");
                    Monitor.Wait(_gate);
                }

                return null;
            }
        }
    }
}
