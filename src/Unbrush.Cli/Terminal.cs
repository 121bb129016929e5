using Spectre.Console;
using Unbrush.Core;
using Unbrush.Detection.Pipeline;
using Unbrush.Feeds.Loading;

namespace Unbrush.Cli;

/// <summary>Shows long work: a moving line where a person watches, plain lines where a log does.</summary>
internal sealed class Terminal : IProgress<StepProgress>, IProgress<ImportProgress>
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly Language _language;
    private StatusContext? _status;
    private string _step = "";

    private Terminal(Language language) => _language = language;

    /// <summary>Runs work while showing where it is; Ctrl-C cancels it between two statements.</summary>
    public static T Watch<T>(Language language, Func<Terminal, CancellationToken, T> work)
    {
        var terminal = new Terminal(language);
        using var cancel = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, e) =>
        {
            e.Cancel = true;
            cancel.Cancel();
        };
        Console.CancelKeyPress += stop;
        try
        {
            if (Console.IsErrorRedirected || !terminal._console.Profile.Capabilities.Interactive)
                return work(terminal, cancel.Token);
            return terminal._console.Status().Start("…", status =>
            {
                terminal._status = status;
                return work(terminal, cancel.Token);
            });
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    public void Report(StepProgress value)
    {
        var name = Name(value.Step);
        if (_status is not null)
            _status.Status(Markup.Escape(value.Detail is null ? name : $"{name}: {value.Detail}"));
        else if (name != _step)
            Console.Error.WriteLine(name);
        _step = name;
    }

    public void Report(ImportProgress value)
    {
        var line = new Sentence($"Reading {value.File} into {value.Table}", $"正在把 {value.File} 读入 {value.Table}").In(_language);
        if (_status is not null)
            _status.Status(Markup.Escape(line));
        else
            Console.Error.WriteLine(line);
    }

    private string Name(string step) => (step switch
    {
        "import" => new Sentence("Reading the feed", "读取数据"),
        _ when step.StartsWith("fact_", StringComparison.Ordinal) => new Sentence("Putting the facts together", "整理事实"),
        _ when step.StartsWith("signals.", StringComparison.Ordinal) => new Sentence("Running the signals", "运行信号"),
        "rings" => new Sentence("Looking for rings", "查找团伙"),
        _ when step.StartsWith("verdicts.", StringComparison.Ordinal) => new Sentence("Weighing the evidence", "权衡证据"),
        "reasons" => new Sentence("Writing the reasons", "撰写理由"),
        "findings" or "files" => new Sentence("Writing the findings", "写出结果"),
        "report" => new Sentence("Drawing the report", "生成报告"),
        _ => new Sentence(step, step),
    }).In(_language);
}
