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
/// <param name="PeakBytes">The process's greatest resident memory so far.</param>
public sealed record StepRecord(string Name, long? Rows, double Seconds, long PeakBytes);

/// <summary>Times the steps of a run and tells who waits.</summary>
internal sealed class StepLog(TimeProvider clock, IProgress<StepProgress>? progress)
{
    private readonly List<StepRecord> _steps = [];
    private string _current = "";

    public IReadOnlyList<StepRecord> Steps => _steps;

    public void Say(string detail) => progress?.Report(new(_current, detail));

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
        progress?.Report(new(step, null));
        var start = clock.GetTimestamp();
        var result = action();
        using var process = Process.GetCurrentProcess();
        _steps.Add(new(step, rows?.Invoke(), clock.GetElapsedTime(start).TotalSeconds, process.PeakWorkingSet64));
        return result;
    }
}
