using Spectre.Console.Cli;

namespace Unbrush.Cli;

/// <summary>The verbs of the command line, one line each.</summary>
internal static class Verbs
{
    public static void Register(IConfigurator config)
    {
        ArgumentNullException.ThrowIfNull(config);
    }
}
