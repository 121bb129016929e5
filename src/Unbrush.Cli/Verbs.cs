using Spectre.Console.Cli;
using Unbrush.Cli.Evaluate;
using Unbrush.Cli.Simulate;

namespace Unbrush.Cli;

/// <summary>The verbs of the command line, one line each.</summary>
internal static class Verbs
{
    public static void Register(IConfigurator config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.AddCommand<SimulateCommand>("simulate")
            .WithDescription("Write a synthetic feed with known truth.")
            .WithExample("simulate", "--seed", "7", "--orders", "20000", "--out", "feed", "--truth", "truth")
            .WithExample("simulate", "--seed", "8", "--orders", "1000000", "--profile", "evasive", "--format", "parquet", "--out", "feed");
        config.AddCommand<EvaluateCommand>("evaluate")
            .WithDescription("Judge findings by the truth of a simulation.")
            .WithExample("evaluate", "--truth", "truth", "--findings", "findings")
            .WithExample("evaluate", "--truth", "truth", "--findings", "findings", "--json");
    }
}
