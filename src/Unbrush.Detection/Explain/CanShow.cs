using Unbrush.Core;

namespace Unbrush.Detection.Explain;

/// <summary>What the person concerned can show against each family of evidence: things that they can possess.</summary>
internal static class CanShow
{
    private static readonly (string Family, Sentence Text)[] Answers =
    [
        ("logistics", new(
            "The courier's own internal track with goods and weight, the sending slip and the recipient's slip. They refute 'no parcel travelled'; they do not refute wrong goods or money that came back.",
            "快递公司内部轨迹（含货物与重量）、寄件底单、收件人签收单。这些可以反驳“没有包裹”，但不能反驳“货不对板”或回款。")),
        ("weight", new(
            "A weighing by the carrier, not by the seller; the listing's true weight if the catalogue is wrong.",
            "由快递公司（而非卖家）出具的称重记录；若商品目录重量有误，请提供真实重量。")),
        ("money", new(
            "The reason of the transfers: a contract, an invoice, wages, a loan; or the refund as the platform booked it.",
            "转账原因的证明：合同、发票、工资、借款；或平台上的退款记录。")),
        ("buyers", new(
            "That the buyers are different people with lives of their own: a group purchase, a company's invoice, a dormitory's or an office's address.",
            "证明买家是各自独立的真实顾客：团购、公司发票、宿舍或办公地址等。")),
        ("traffic", new(
            "Where the buyers came from: the campaign, live sale or advertisement, with its dates.",
            "买家来源：活动、直播或广告及其日期。")),
        ("reviews", new(
            "Pictures and conversations of real use; that the review was not paid for.",
            "真实使用的照片与沟通记录；证明评价并非有偿。")),
        ("human", new(
            "An answer to the report: the conversation, the delivery record, the other side's statement.",
            "对举报的回应：聊天记录、交付记录、对方陈述。")),
    ];

    private static readonly Sentence Victim = new(
        "Nothing needs to be shown: this was done to the shop or its customer. It is not counted, and costs neither anything.",
        "无需举证：这是针对店铺或顾客的侵害，不计入销量，也不给任何一方带来处罚。");

    private static readonly Sentence Person = new(
        "A person decides, hears the other side first, and lifts every measure in full where the appeal is right.",
        "由人工决定，事先听取当事人意见；申诉成立的，全部措施予以撤销并恢复。");

    /// <summary>Answers to the families that weigh against the subject, strongest first.</summary>
    public static IReadOnlyList<string> For(string verdict, IReadOnlyList<AccountReason> reasons, Language language)
    {
        if (verdict == "victim")
            return [Victim.In(language)];
        if (verdict is "clean" or "physical" or "watch" or "innocent")
            return [];
        var answers = reasons.Where(r => r.Db > 0 && r.Family != "context").GroupBy(r => r.Family).OrderByDescending(g => g.Sum(r => r.Db)).Select(g => g.Key)
            .Select(f => Answers.FirstOrDefault(a => a.Family == f).Text).Where(t => t.En is not null).Select(t => t.In(language)).ToList();
        answers.Add(Person.In(language));
        return answers;
    }
}
