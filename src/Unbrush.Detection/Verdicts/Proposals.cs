using System.Text.Encodings.Web;
using System.Text.Json;
using Unbrush.Core;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// What a finding may lead to, by a policy and a person's decision: codes of the findings contract with their reason.
/// A cell is a JSON array of them.
/// </summary>
internal static class Proposals
{
    public const string None = "[]";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a facility of which it is proven that numbers left it under which nothing travelled.</summary>
    /// <param name="empties">How many.</param>
    /// <param name="share">Of all its parcels.</param>
    /// <param name="peerRate">The share at the carrier's others.</param>
    /// <param name="isTold">True where people who know it say so too: then a lower rate and fewer are needed to part with it.</param>
    /// <param name="language">The reader's.</param>
    public static string ForFacility(long empties, Share share, double peerRate, bool isTold, Language language)
    {
        var reason = new Sentence(
            $"{empties} parcels that never travelled, {share.Rate:P2} of its parcels (95 % interval {share.Low:P2} to {share.High:P2}; peers {peerRate:P3}).",
            $"有 {empties} 个包裹并未实际运输，占其包裹的 {share.Rate:P2}（95% 区间 {share.Low:P2} 至 {share.High:P2}；同行为 {peerRate:P3}）。");
        var codes = new List<string> { "warn", "fine" };
        if (share.Low >= 0.05)
            codes.Add("block_stock");
        var sure = share.Low >= (isTold ? 0.1 : 0.2);
        if (sure && empties >= 100)
            codes.Add("suspend_facility");
        if (sure && empties >= (isTold ? 100 : 500))
            codes.Add("expel_facility");
        codes.Add("refer_headquarters");
        return Json(codes.Select(c => (c, reason)), language);
    }

    /// <summary>For a place that signed for numbers under which nothing travelled as nobody else does: it is fined, its stock of numbers is not its fault.</summary>
    public static string ForSigning(long empties, Share share, double peerRate, Language language)
    {
        var reason = new Sentence(
            $"It signed for {empties} parcels that never reached anybody, {share.Rate:P2} of those signed there (95 % interval {share.Low:P2} to {share.High:P2}; peers {peerRate:P3}).",
            $"该网点签收了 {empties} 个并未送达任何人的包裹，占其签收包裹的 {share.Rate:P2}（95% 区间 {share.Low:P2} 至 {share.High:P2}；同行为 {peerRate:P3}）。");
        return Json([("request_explanation", reason), ("warn", reason), ("fine", reason), ("refer_headquarters", reason)], language);
    }

    /// <summary>For a facility that a signal puts before a person: to be heard punishes nobody.</summary>
    public static string AskFacility(Language language) =>
        Json([("request_explanation", new("What is said of this facility needs a person's look; ask it for what it can show.", "关于该网点的情况需要人工复核，请其提供所能提供的证明。"))], language);

    public static string Json(IEnumerable<(string Code, Sentence Reason)> proposals, Language language) =>
        JsonSerializer.Serialize(proposals.Select(p => new { code = p.Code, reason = p.Reason.In(language) }), Plain);

    public static string ForSeller(SellerCount count, Share confirmed, bool proven, bool cashOut, Language language)
    {
        var proposals = new List<(string, Sentence)>();
        var share = new Sentence(
            $"{count.Confirmed} of {count.Orders} orders are confirmed fakes ({confirmed.Rate:P2}, 95 % interval {confirmed.Low:P2} to {confirmed.High:P2}).",
            $"{count.Orders} 笔订单中有 {count.Confirmed} 笔被确认为虚假交易（{confirmed.Rate:P2}，95% 区间 {confirmed.Low:P2} 至 {confirmed.High:P2}）。");
        if (count.Confirmed > 0)
            proposals.Add(("exclude_orders", share));
        if (count.FakeReviews > 0)
            proposals.Add(("hide_reviews", new($"{count.FakeReviews} {(count.FakeReviews == 1 ? "review belongs" : "reviews belong")} to confirmed fake orders.", $"{count.FakeReviews} 条评价属于已确认的虚假订单。")));
        if (count.Review >= 3)
            proposals.Add(("request_explanation", new($"{count.Review} orders need a person's look; ask the shop for what it can show.", $"{count.Review} 笔订单需要人工复核，请店铺提供其所能提供的证明。")));
        if (count.Victim >= 3)
            proposals.Add(("protect", new($"{count.Victim} orders were done to this shop or its customers, not by it.", $"{count.Victim} 笔订单是针对该店铺或其顾客的侵害，并非其所为。")));
        if (proven)
        {
            proposals.Add(("demote_items", share));
            if (count.Confirmed >= 20)
                proposals.Add(("demote_shop", share));
            if (cashOut)
                proposals.Add(("refer_finance", new("Orders of this shop look like cash-out; pass them to finance and anti-money-laundering.", "该店铺的订单疑似套现，请转交财务与反洗钱部门。")));
        }

        return Json(proposals, language);
    }
}
