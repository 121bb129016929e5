using System.ComponentModel;
using System.Globalization;
using DuckDB.NET.Data;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Graph.Rings;

namespace Unbrush.Cli.Rings;

/// <summary><c>unbrush rings</c>: rings in anybody's edge list.</summary>
internal sealed class RingsCommand : Command<RingsCommand.Settings>
{
    internal sealed class Settings : CommandSettings
    {
        [CommandArgument(0, "<EDGES>")]
        [Description("A CSV file with a header, or Parquet; one row an order.")]
        public string Edges { get; init; } = "";

        [CommandOption("--left <COLUMN>", isRequired: true)]
        [Description("Column of the left ends (buyers, accounts, reviewers).")]
        public string Left { get; init; } = "";

        [CommandOption("--right <COLUMN>", isRequired: true)]
        [Description("Column of the right ends (sellers, shops, products).")]
        public string Right { get; init; } = "";

        [CommandOption("--category <COLUMN>")]
        [Description("Column of the right end's category; inferred where not given.")]
        public string? Category { get; init; }

        [CommandOption("--time <COLUMN>")]
        [Description("Column of the time: whole numbers, dates or points in time.")]
        public string? Time { get; init; }

        [CommandOption("--weight <COLUMN>")]
        [Description("Column of the weight (amount); two decimals are kept.")]
        public string? Weight { get; init; }

        [CommandOption("--out <DIR>", isRequired: true)]
        [Description("Folder for rings.csv, ring_members.csv and the same as Parquet.")]
        public string Out { get; init; } = "";

        [CommandOption("--method <METHOD>")]
        [Description("lift (beyond chance, the default) or peel (densest blocks, to compare).")]
        [DefaultValue("lift")]
        public string Method { get; init; } = "lift";

        [CommandOption("--window <LENGTH>")]
        [Description("Length of a window of lockstep: a number of days for dates, of the column's unit for numbers; a twelfth of the span by default.")]
        public double? Window { get; init; }

        [CommandOption("--min-sellers <N>")]
        [Description("Fewest right ends of a ring.")]
        [DefaultValue(4)]
        public int MinSellers { get; init; } = 4;

        [CommandOption("--min-buyers <N>")]
        [Description("Fewest left ends of a ring.")]
        [DefaultValue(5)]
        public int MinBuyers { get; init; } = 5;

        [CommandOption("--max-q <RATE>")]
        [Description("Greatest false-discovery rate of a ring.")]
        [DefaultValue(0.01)]
        public double MaxQ { get; init; } = 0.01;

        [CommandOption("--max-bad <ROWS>")]
        [Description("Rows that may be unreadable; they are left out.")]
        [DefaultValue(0L)]
        public long MaxBad { get; init; }

        [CommandOption("--threads <N>")]
        [Description("Threads; all processors by default. Results do not depend on it.")]
        [DefaultValue(0)]
        public int Threads { get; init; }

        [CommandOption("--memory <SIZE>")]
        [Description("Memory for reading, as 2GB.")]
        [DefaultValue("4GB")]
        public string Memory { get; init; } = "4GB";

        [CommandOption("--language <LANGUAGE>")]
        [Description("en or zh.")]
        [DefaultValue("en")]
        public string Language { get; init; } = "en";

        [CommandOption("--debug")]
        [Description("Print stack traces.")]
        public bool Debug { get; init; }

        public override ValidationResult Validate()
        {
            if (Method is not ("lift" or "peel"))
                return ValidationResult.Error($"--method {Method}: give lift or peel.");
            if (MaxQ is not (> 0 and <= 1))
                return ValidationResult.Error($"--max-q {MaxQ}: give a rate above 0 and up to 1.");
            if (MinSellers < 2 || MinBuyers < 2)
                return ValidationResult.Error("--min-sellers and --min-buyers are 2 or more.");
            return Window is <= 0 ? ValidationResult.Error($"--window {Window}: give a length above 0.") : ValidationResult.Success();
        }
    }

    private const int PeelBlocks = 10;
    private const double SecondsADay = 86400;

    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var language = settings.Language == "zh" ? Language.Zh : Language.En;
        Directory.CreateDirectory(settings.Out);
        var spill = Path.Combine(settings.Out, ".spill");
        try
        {
            using var connection = new DuckDBConnection("Data Source=:memory:");
            connection.Open();
            Set(connection, settings, spill);
            Say(new Sentence($"Reading {Path.GetFileName(settings.Edges)}", $"读取 {Path.GetFileName(settings.Edges)}"), language);
            var edges = new EdgeFile(connection, settings.Edges).Read(
                new EdgeColumns(settings.Left, settings.Right, settings.Category, settings.Time, settings.Weight), settings.MaxBad, cancellationToken);
            Say(new Sentence(
                $"{edges.Left.Length} edges, {edges.LeftIds.Length} left, {edges.RightIds.Length} right, {edges.BadRows} rows left out",
                $"{edges.Left.Length} 条边，左端 {edges.LeftIds.Length} 个，右端 {edges.RightIds.Length} 个，略去 {edges.BadRows} 行"), language);

            var result = Find(edges, settings, language, cancellationToken);
            new RingTables(connection, edges, language).Write(result, settings.Out);
            Say(new Sentence(
                $"{result.Rings.Count} rings of {result.Candidates} groups tested: {Path.Combine(settings.Out, "rings.csv")}",
                $"检验 {result.Candidates} 个群体，得 {result.Rings.Count} 个团伙：{Path.Combine(settings.Out, "rings.csv")}"), language);
            return (int)ExitCode.Complete;
        }
        finally
        {
            if (Directory.Exists(spill))
                Directory.Delete(spill, recursive: true);
        }
    }

    private static RingResult Find(EdgeList edges, Settings settings, Language language, CancellationToken cancellation)
    {
        var unit = edges.TimeKind == TimeKind.Instant ? SecondsADay : 1;
        var options = new RingOptions
        {
            MinSellers = settings.MinSellers,
            MinBuyers = settings.MinBuyers,
            MaxQ = settings.MaxQ,
            Threads = settings.Threads,
            Window = settings.Window is { } window ? Math.Max(1, (long)Math.Round(window * unit)) : 0,
            Progress = (step, share) =>
            {
                cancellation.ThrowIfCancellationRequested();
                Say(NameOf(step, share), language);
            },
        };
        var input = new RingInput
        {
            Buyers = edges.Left,
            Sellers = edges.Right,
            BuyerCount = edges.LeftIds.Length,
            SellerCount = edges.RightIds.Length,
            Times = edges.Times,
            Weights = edges.Weights,
            SellerCategories = edges.Categories,
        };
        return settings.Method == "peel" ? PeelFinder.Find(input, options, PeelBlocks) : RingFinder.Find(input, options);
    }

    private static Sentence NameOf(string step, double share)
    {
        var percent = share.ToString("P0", CultureInfo.InvariantCulture);
        return step switch
        {
            "graph" => new Sentence($"{percent} building the graph", $"{percent} 构建图"),
            "interests" => new Sentence($"{percent} learning what customers like", $"{percent} 推断顾客兴趣"),
            "pairs" => new Sentence($"{percent} counting shared customers", $"{percent} 统计共同顾客"),
            "peel" => new Sentence($"{percent} peeling", $"{percent} 剥离最密子图"),
            _ => new Sentence($"{percent} growing and testing rings", $"{percent} 扩展并检验团伙"),
        };
    }

    private static void Set(DuckDBConnection connection, Settings settings, string spill)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SET memory_limit = {EdgeFile.Literal(settings.Memory)}; SET temp_directory = {EdgeFile.Literal(spill)}; SET autoinstall_known_extensions = false"
            + (settings.Threads > 0 ? $"; SET threads = {settings.Threads}" : "");
        command.ExecuteNonQuery();
    }

    private static void Say(Sentence sentence, Language language) => Console.Error.WriteLine(sentence.In(language));
}
