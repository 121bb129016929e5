using Spectre.Console.Cli;
using Unbrush.Cli.Casework;

namespace Unbrush.Cli;

/// <summary>The verbs of the command line, one line each.</summary>
internal static class Verbs
{
    public static void Register(IConfigurator config)
    {
        ArgumentNullException.ThrowIfNull(config);
        CaseworkVerbs.Register(config);
    }
}
