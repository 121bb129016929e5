using Spectre.Console.Cli;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Turnover;

namespace Unbrush.Cli.Casework;

internal sealed class TurnoverSettings : CaseworkSettings
{
    [CommandArgument(0, "<FINDINGS>")]
    [Says("What unbrush scan --out wrote.", "unbrush scan --out 的输出。")]
    public required string Findings { get; init; }

    [CommandOption("--feed <DIR>")]
    [Says("The feed, which tells orders never paid or called off.", "数据文件夹，用以识别未付款或已关闭的订单。")]
    public string? Feed { get; init; }

    [CommandOption("--platform <NAME>")]
    [Says("The platform; default all.", "平台，默认全部。")]
    public string? Platform { get; init; }

    [CommandOption("--seller <ID>")]
    [Says("The seller; default all.", "卖家，默认全部。")]
    public string? Seller { get; init; }
}

internal sealed class TurnoverCommand : Command<TurnoverSettings>
{
    public override int Execute(CommandContext context, TurnoverSettings settings, CancellationToken cancellationToken)
    {
        using var findings = FindingsFolder.Open(settings.Findings, settings.Feed);
        var all = TurnoverStatement.Of(findings, settings.Platform, settings.Seller);
        return settings.Answer(all, all.SelectMany(Lines));

        IEnumerable<string> Lines(TurnoverStatement t)
        {
            yield return $"{t.Platform}/{t.SellerId}  {t.FirstAt:yyyy-MM-dd} .. {t.LastAt:yyyy-MM-dd}  {t.Currency}";
            yield return settings.Say($"  gross                {t.Gross,18:0.00}  {t.Orders - t.UnsoldOrders} orders ({t.UnsoldOrders} more never paid or called off)", $"  总额         {t.Gross,18:0.00}  {t.Orders - t.UnsoldOrders} 单（另有 {t.UnsoldOrders} 单未付款或已关闭）");
            yield return settings.Say($"  confirmed fakes     -{t.Confirmed,18:0.00}  {t.ConfirmedOrders} orders", $"  认定虚假    -{t.Confirmed,18:0.00}  {t.ConfirmedOrders} 单");
            yield return settings.Say($"  hostile orders      -{t.Victim,18:0.00}  {t.VictimOrders} orders", $"  恶意订单    -{t.Victim,18:0.00}  {t.VictimOrders} 单");
            yield return settings.Say($"  adjusted, between    {t.AdjustedLow,18:0.00}  and {t.AdjustedHigh:0.00} ({t.SuspectedOrders} orders suspected)", $"  调整后介于   {t.AdjustedLow,18:0.00}  与 {t.AdjustedHigh:0.00} 之间（涉嫌 {t.SuspectedOrders} 单）");
            yield return settings.Say($"  coverage: amounts {t.AmountCoverage:P1}, buyers {t.BuyerCoverage:P1}, judged {t.JudgedCoverage:P1}, status {t.StatusCoverage:P1}, {t.DaysWithOrders} days with orders", $"  覆盖：金额 {t.AmountCoverage:P1}，买家 {t.BuyerCoverage:P1}，可判定 {t.JudgedCoverage:P1}，状态 {t.StatusCoverage:P1}，有单天数 {t.DaysWithOrders}");
            foreach (var disagreement in t.Disagreements)
                yield return "  ! " + disagreement.In(settings.Language);
            if (t.Disagreements.Count > 0 && t.StatusCoverage < 1)
                yield return settings.Say("  Give the feed with --feed: it tells which orders were never paid or were called off.", "  请用 --feed 指定数据文件夹，以识别未付款或已关闭的订单。");
        }
    }
}
