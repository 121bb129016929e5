using System.Diagnostics;

namespace Unbrush.Detection.Pipeline;

/// <summary>What a waiting person is told.</summary>
/// <param name="Step">The step.</param>
/// <param name="Detail">What it is at, or null.</param>
public readonly record struct StepProgress(string Step, string? Detail);

/// <summary>A finished step.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Rows">The rows it made, where it made a table.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="ProcessorSeconds">The time that the process took of all processors meanwhile, which others on the machine do not lengthen; with more than one thread, steps that ran beside it are in it.</param>
/// <param name="PeakBytes">The process's greatest resident memory so far.</param>
public sealed record StepRecord(string Name, long? Rows, double Seconds, double ProcessorSeconds, long PeakBytes)
{
    /// <summary>The pieces that it is made of (signals, tables), each with its seconds; some ran beside each other.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Parts { get; init; } = [];
}

/// <summary>Times the steps of a run and tells who waits. Steps and their parts may run beside each other.</summary>
internal sealed class StepLog(TimeProvider clock, IProgress<StepProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly List<StepRecord> _steps = [];
    private readonly Dictionary<string, List<(string, double)>> _parts = new(StringComparer.Ordinal);

    public IReadOnlyList<StepRecord> Steps => _steps;

    public void Run(string step, Action action, Func<long>? rows = null) => Run(
        step,
        () =>
        {
            action();
            return 0;
        },
        rows);

    public T Run<T>(string step, Func<T> action, Func<long>? rows = null)
    {
        Tell(new(step, null));
        var (start, processor) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var result = action();
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        var taken = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        var count = rows?.Invoke();
        using var process = Process.GetCurrentProcess();
        lock (_gate)
        {
            _parts.Remove(step, out var parts);
            _steps.Add(new(step, count, seconds, taken, process.PeakWorkingSet64) { Parts = parts ?? [] });
        }

        return result;
    }

    /// <summary>Times one part of a running step.</summary>
    public void Part(string step, string part, Action action)
    {
        Tell(new(step, part));
        var start = clock.GetTimestamp();
        action();
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        lock (_gate)
        {
            if (!_parts.TryGetValue(step, out var parts))
                _parts[step] = parts = [];
            parts.Add((part, seconds));
        }
    }

    private void Tell(StepProgress told)
    {
        if (progress is null)
            return;
        lock (_gate)
            progress.Report(told);
    }
}
