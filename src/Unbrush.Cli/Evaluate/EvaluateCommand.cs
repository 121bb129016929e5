using System.ComponentModel;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Cli;
using Unbrush.Core;
using Unbrush.Simulation.Evaluation;

namespace Unbrush.Cli.Evaluate;

/// <summary><c>unbrush evaluate</c>: judges findings by the truth of a simulation.</summary>
internal sealed class EvaluateCommand : Command<EvaluateCommand.Settings>
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var judgement = Evaluator.Judge(settings.Truth, settings.Findings);
        if (settings.Json)
            Console.WriteLine(JsonSerializer.Serialize(judgement, s_json));
        else
            Show(judgement, settings.Language == "zh" ? Language.Zh : Language.En);
        return (int)ExitCode.Complete;
    }

    private static void Show(Judgement j, Language language)
    {
        Say("orders judged, of them fake", "参与评判的订单，其中虚假", $"{Whole(j.Orders)}, {Whole(j.Fakes)} ({Percent(j.BaseRate)})");
        Say("average precision of the score", "评分的平均精度", Number(j.AveragePrecision));
        Say("precision of confirmed", "认定的准确率", Number(j.ConfirmedPrecision));
        Say("recall of confirmed", "认定的召回率", Number(j.ConfirmedRecall));
        Say("recall of confirmed and review", "认定与待审的召回率", Number(j.CaughtRecall));
        Say("genuine orders in review", "被送审的真实订单", Percent(j.GenuineInReview));
        Say("wrongly confirmed, per 10,000 genuine", "误认定，每万个真实订单", $"{Whole(j.WronglyConfirmed)}, {Number(j.WronglyConfirmedPer10000)}");
        Say("calibration error", "校准误差", Number(j.CalibrationError));
        Say("parcels that never travelled: precision, recall", "空包：准确率、召回率", $"{Number(j.ParcelPrecision)}, {Number(j.ParcelRecall)}");
        Say("average precision of the outlets' ranking", "网点排名的平均精度", Number(j.OutletAveragePrecision));
        Say("honest sellers with measures", "被建议处罚的诚信卖家", $"{Whole(j.HonestSellersPunished.Count)} / {Whole(j.HonestSellers)} {Some(j.HonestSellersPunished)}");
        Say("honest outlets and centres with measures", "被建议处罚的诚信网点与中心", $"{Whole(j.HonestFacilitiesPunished.Count)} / {Whole(j.HonestFacilities)} {Some(j.HonestFacilitiesPunished)}");
        Say("victims punished", "被处罚的受害者", $"{Whole(j.VictimsPunished.Count)} {Some(j.VictimsPunished)}");
        if (j.UnknownOrders > 0)
            Say("orders that the truth does not know", "真相中没有的订单", Whole(j.UnknownOrders));

        Console.WriteLine();
        Console.WriteLine(new Sentence(
            "scenario role              fake  orders   score   clean quality   watch  review confirm  victim",
            "情景     角色              虚假    订单    评分    正常    数据    关注    待审    认定    受害").In(language));
        foreach (var s in j.Scenarios)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Scenario,-8} {s.Role,-17} {(s.Fake ? 1 : 0),5} {s.Orders,7} {s.MeanScore,7:0.000} {s.Clean,7:0.000} {s.DataQuality,7:0.000} {s.Watch,7:0.000} {s.Review,7:0.000} {s.Confirmed,7:0.000} {s.Victim,7:0.000}"));
        }

        void Say(string en, string zh, string value) => Console.WriteLine($"{new Sentence(en, zh).In(language)}: {value}");
    }

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–";

    private static string Percent(double? value) => value?.ToString("0.00 %", CultureInfo.InvariantCulture) ?? "–";

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Some(IReadOnlyList<string> names) => names.Count == 0 ? "" : $"({string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", …" : "")})";

    internal sealed class Settings : CommandSettings
    {
        [CommandOption("--truth <DIR>", true)]
        [Description("The truth that 'unbrush simulate' wrote.")]
        public required string Truth { get; init; }

        [CommandOption("--findings <DIR>", true)]
        [Description("The findings that 'unbrush scan' wrote (Parquet, else CSV).")]
        public required string Findings { get; init; }

        [CommandOption("--json")]
        [Description("Print everything as JSON.")]
        public bool Json { get; init; }

        [CommandOption("--language <L>")]
        [Description("en or zh.")]
        [DefaultValue("en")]
        public required string Language { get; init; }

        [CommandOption("--debug")]
        [Description("Show the trace of an error.")]
        public bool Debug { get; init; }
    }
}
