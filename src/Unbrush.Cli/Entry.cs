using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;

namespace Unbrush.Cli;

/// <summary>Composes the verbs and maps every error, once, to an exit code and a sentence.</summary>
internal static class Entry
{
    public static int Run(string[] args)
    {
        var debug = args.Contains("--debug");
        var language = LanguageOf(args);
        var app = new CommandApp();
        app.Configure(config =>
        {
            config.SetApplicationName("unbrush");
            config.PropagateExceptions();
            config.UseStrictParsing();
            config.ValidateExamples();
            Verbs.Register(config);
        });

        try
        {
            return app.Run(args.Where(a => a != "--debug"));
        }
        catch (UnbrushException e)
        {
            return Fail(e.Code, e.Sentence.In(language), e, debug);
        }
        catch (CommandAppException e)
        {
            return Fail(ExitCode.Usage, e.Message, e, debug);
        }
        catch (OperationCanceledException e)
        {
            return Fail(ExitCode.Fault, new Sentence("Stopped on request; nothing was left half-written.", "已按要求停止，没有留下写了一半的内容。").In(language), e, debug);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var sentence = new Sentence(
                $"A file cannot be read or written: {e.Message} Free space, change its permissions or name another place.",
                $"文件无法读取或写入：{e.Message} 请腾出空间、修改权限或换一个位置。");
            return Fail(ExitCode.Fault, sentence.In(language), e, debug);
        }
        catch (Exception e)
        {
            var sentence = new Sentence(
                $"A fault of Unbrush: {e.Message} Run again with --debug for the trace.",
                $"Unbrush 自身出错：{e.Message} 加上 --debug 重新运行可查看详情。");
            return Fail(ExitCode.Fault, sentence.In(language), e, debug);
        }
    }

    private static int Fail(ExitCode code, string sentence, Exception error, bool debug)
    {
        Console.Error.WriteLine(sentence);
        if (debug)
            Console.Error.WriteLine(error);
        return (int)code;
    }

    private static Language LanguageOf(string[] args)
    {
        var at = Array.IndexOf(args, "--language");
        var word = at >= 0 && at + 1 < args.Length ? args[at + 1] : args.FirstOrDefault(a => a.StartsWith("--language=", StringComparison.Ordinal))?[11..];
        return word == "zh" ? Language.Zh : Language.En;
    }
}
