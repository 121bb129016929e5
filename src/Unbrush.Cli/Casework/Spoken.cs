using System.ComponentModel;
using System.Globalization;
using Unbrush.Core;

namespace Unbrush.Cli.Casework;

/// <summary>The language that this run's help and answers are in, read from the command line before the verbs exist.</summary>
internal static class Spoken
{
    public static Language Language { get; } = Of(Environment.GetCommandLineArgs());

    public static Language Of(string? word) => word == "zh" ? Language.Zh : Language.En;

    /// <summary>Sums, each with its currency.</summary>
    public static string Sums(IReadOnlyDictionary<string, decimal> amounts) =>
        amounts.Count == 0 ? "-" : string.Join(" + ", amounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Value:0.00} {a.Key}")));

    private static Language Of(string[] args)
    {
        var at = Array.IndexOf(args, "--language");
        return Of(at >= 0 && at + 1 < args.Length ? args[at + 1] : args.FirstOrDefault(a => a.StartsWith("--language=", StringComparison.Ordinal))?[11..]);
    }
}

/// <summary>An option's description in the language of the run.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SaysAttribute(string en, string zh) : DescriptionAttribute
{
    public string En { get; } = en;

    public string Zh { get; } = zh;

    public override string Description => new Sentence(En, Zh).In(Spoken.Language);
}
