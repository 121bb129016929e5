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
/// <param name="ProcessorSeconds">The time of all processors that it took, which others on the machine do not lengthen.</param>
/// <param name="PeakBytes">The process's greatest resident memory so far.</param>
public sealed record StepRecord(string Name, long? Rows, double Seconds, double ProcessorSeconds, long PeakBytes)
{
    /// <summary>What it told of while it ran (signals, tables), with the seconds until the next was told.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Parts { get; init; } = [];
}

/// <summary>Times the steps of a run and tells who waits.</summary>
internal sealed class StepLog(TimeProvider clock, IProgress<StepProgress>? progress)
{
    private readonly List<StepRecord> _steps = [];
    private readonly List<(string Name, long Start)> _told = [];
    private string _current = "";

    public IReadOnlyList<StepRecord> Steps => _steps;

    public void Say(string detail)
    {
        _told.Add((detail, clock.GetTimestamp()));
        progress?.Report(new(_current, detail));
    }

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
        _current = step;
        _told.Clear();
        progress?.Report(new(step, null));
        var (start, processor) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var result = action();
        var end = clock.GetTimestamp();
        using var process = Process.GetCurrentProcess();
        _steps.Add(new(step, rows?.Invoke(), clock.GetElapsedTime(start, end).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, process.PeakWorkingSet64)
        {
            Parts = [.. _told.Select((t, i) => (t.Name, clock.GetElapsedTime(t.Start, i + 1 < _told.Count ? _told[i + 1].Start : end).TotalSeconds))],
        });
        return result;
    }
}
