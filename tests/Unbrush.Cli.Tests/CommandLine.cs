using System.Diagnostics;
using Spectre.Console;

namespace Unbrush.Cli.Tests;

/// <summary>What a run of the command line said.</summary>
internal sealed record Said(int Code, string Out, string Error);

/// <summary>Runs verbs in this process and listens to both streams.</summary>
internal static class CommandLine
{
    public static Said Run(params string[] args)
    {
        var (output, error, console) = (Console.Out, Console.Error, AnsiConsole.Console);
        // Not disposed: Spectre's console, made but once in a process, may keep the writer it was made with.
        var (said, complained) = (new StringWriter(), new StringWriter());
        try
        {
            Console.SetOut(said);
            Console.SetError(complained);
            AnsiConsole.Console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(said) });
            var code = Entry.Run(args);
            return new(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            AnsiConsole.Console = console;
        }
    }

    /// <summary>The help of a verb, from a process of its own: Spectre writes it to a console that is made but once.</summary>
    public static string Help(params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "unbrush")) { RedirectStandardOutput = true };
        foreach (var word in (string[])[.. words, "--help"])
            start.ArgumentList.Add(word);
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var help = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? help : "";
    }
}
