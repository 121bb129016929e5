using System.Globalization;
using System.Text;
using Unbrush.Core;

namespace Unbrush.Detection.Explain;

/// <summary>The words of the findings and of the feed as people read them.</summary>
public static class Wording
{
    private static readonly Dictionary<string, Sentence> Verdicts = new(StringComparer.Ordinal)
    {
        ["clean"] = new("clean", "正常"),
        ["data_quality"] = new("data insufficient", "数据不足"),
        ["watch"] = new("watch", "观察"),
        ["review"] = new("for a person", "待人工复核"),
        ["confirmed"] = new("confirmed fake", "确认虚假"),
        ["victim"] = new("victim", "受害"),
        ["physical"] = new("travelled", "真实运输"),
        ["unknown"] = new("unknown", "未知"),
        ["no_physical_parcel"] = new("never travelled", "并未运输"),
        ["brusher"] = new("brusher", "刷手"),
        ["innocent"] = new("innocent", "无辜"),
    };

    private static readonly Dictionary<string, Sentence> Families = new(StringComparer.Ordinal)
    {
        ["traffic"] = new("traffic", "流量"),
        ["buyers"] = new("buyers", "买家"),
        ["money"] = new("money", "资金"),
        ["logistics"] = new("logistics", "物流"),
        ["weight"] = new("weight", "重量"),
        ["reviews"] = new("reviews", "评价"),
        ["human"] = new("people", "人证"),
        ["context"] = new("context", "背景"),
    };

    private static readonly Dictionary<string, Sentence> Scans = new(StringComparer.Ordinal)
    {
        ["accepted"] = new("Order accepted by the carrier", "快递接单"),
        ["picked_up"] = new("Picked up", "揽收"),
        ["inspected"] = new("Inspected", "验视"),
        ["departed"] = new("Departed", "发出"),
        ["arrived"] = new("Arrived", "到达"),
        ["out_for_delivery"] = new("Out with a courier", "派送中"),
        ["stored"] = new("Stored at a station", "驿站入库"),
        ["collected"] = new("Collected", "取件"),
        ["delivered"] = new("Signed for", "签收"),
        ["failed_attempt"] = new("Delivery failed", "派送未成功"),
        ["refused"] = new("Refused", "拒收"),
        ["returning"] = new("On its way back", "退回途中"),
        ["returned"] = new("Returned", "已退回"),
        ["forwarded"] = new("Forwarded", "转寄"),
        ["customs"] = new("At customs", "海关"),
        ["problem"] = new("Problem reported", "问题件"),
    };

    private static readonly Dictionary<string, Sentence> Signers = new(StringComparer.Ordinal)
    {
        ["recipient"] = new("by the recipient", "本人签收"),
        ["courier"] = new("by the courier", "快递员代签"),
        ["doorman"] = new("by a doorman", "门卫签收"),
        ["neighbour"] = new("by a neighbour", "邻居签收"),
        ["locker"] = new("by a locker", "快递柜签收"),
        ["station"] = new("by a station", "驿站签收"),
        ["other"] = new("by somebody else", "他人签收"),
    };

    private static readonly Dictionary<string, Sentence> Proofs = new(StringComparer.Ordinal)
    {
        ["code"] = new("with a code", "取件码"),
        ["photo"] = new("with a photo", "照片"),
        ["signature"] = new("with a signature", "签名"),
        ["none"] = new("without proof", "无凭证"),
    };

    private static readonly Dictionary<string, Sentence> Proposals = new(StringComparer.Ordinal)
    {
        ["exclude_orders"] = new("exclude the orders from sales", "剔除销量"),
        ["hide_reviews"] = new("hide the reviews", "屏蔽评价"),
        ["request_explanation"] = new("ask for an explanation", "要求说明"),
        ["protect"] = new("protect", "予以保护"),
        ["demote_items"] = new("demote the items", "商品降权"),
        ["demote_shop"] = new("demote the shop", "店铺降权"),
        ["hide_shop"] = new("hide the shop", "屏蔽店铺"),
        ["suspend_shop"] = new("suspend the shop", "暂停店铺"),
        ["close_shop"] = new("close the shop", "关闭店铺"),
        ["freeze_payout"] = new("freeze the payout", "冻结货款"),
        ["warn"] = new("warn", "警告"),
        ["fine"] = new("fine", "罚款"),
        ["block_stock"] = new("block its stock of numbers", "停发面单"),
        ["suspend_facility"] = new("suspend the outlet", "暂停网点"),
        ["expel_facility"] = new("expel the outlet", "清退网点"),
        ["refer_headquarters"] = new("refer to headquarters", "移交总部"),
        ["refer_regulator"] = new("refer to the regulator", "移交监管部门"),
        ["refer_finance"] = new("refer to finance", "移交财务与反洗钱"),
    };

    private static readonly Dictionary<string, Sentence> Kinds = new(StringComparer.Ordinal)
    {
        ["order"] = new("Order", "订单"),
        ["parcel"] = new("Parcel", "包裹"),
        ["review"] = new("Review", "评价"),
        ["seller"] = new("Seller", "店铺"),
        ["buyer"] = new("Buyer", "买家"),
        ["facility"] = new("Facility", "网点"),
        ["sender"] = new("Sender", "寄件人"),
        ["ring"] = new("Ring", "团伙"),
        ["outlet"] = new("outlet", "网点"),
        ["centre"] = new("transfer centre", "转运中心"),
        ["station"] = new("station", "驿站"),
        ["locker"] = new("locker", "快递柜"),
        ["core"] = new("core", "核心"),
        ["periphery"] = new("periphery", "外围"),
    };

    private static readonly Dictionary<string, Sentence> Reports = new(StringComparer.Ordinal)
    {
        ["unordered_parcel"] = new("Report: a parcel that nobody ordered", "举报：收到未下单的包裹"),
        ["not_received"] = new("Report: not received", "投诉：未收到货"),
        ["empty_parcel"] = new("Report: the parcel was empty", "投诉：空包"),
        ["insider_tip"] = new("Insider tip", "内部举报"),
        ["hostile_orders"] = new("Report: hostile orders", "举报：恶意下单"),
        ["other"] = new("Report", "举报"),
    };

    private static readonly Dictionary<string, Sentence> Values = new(StringComparer.Ordinal)
    {
        ["buyer"] = new("the buyer", "买家"),
        ["seller"] = new("the seller", "卖家"),
        ["platform"] = new("the platform", "平台"),
        ["auto"] = new("automatically", "系统自动"),
        ["created"] = new("placed", "已下单"),
        ["paid"] = new("paid", "已付款"),
        ["shipped"] = new("shipped", "已发货"),
        ["completed"] = new("completed", "已完成"),
        ["closed"] = new("closed", "已关闭"),
        ["parcel"] = new("parcel", "快递"),
        ["digital"] = new("digital", "数字商品"),
        ["service"] = new("service", "服务"),
        ["pickup"] = new("pick-up", "自提"),
        ["search"] = new("search", "搜索"),
        ["direct"] = new("direct", "直接访问"),
        ["ad"] = new("advertisement", "广告"),
        ["live"] = new("live sale", "直播"),
        ["campaign"] = new("campaign", "活动"),
        ["other"] = new("other", "其他"),
        ["house"] = new("house", "住宅"),
        ["office"] = new("office", "办公地点"),
        ["dormitory"] = new("dormitory", "宿舍"),
        ["gatehouse"] = new("gatehouse", "门卫室"),
        ["recipient"] = new("the recipient", "收件人"),
        ["employee"] = new("an employee", "员工"),
        ["public"] = new("the public", "公众"),
    };

    private static readonly Dictionary<string, Sentence> Lenders = new(StringComparer.Ordinal)
    {
        ["context_seller"] = new("shop", "店铺"),
        ["context_buyer"] = new("buyer", "买家"),
        ["context_origin"] = new("outlet", "网点"),
        ["context_sender"] = new("sender", "寄件人"),
        ["context_ring"] = new("ring", "团伙"),
        ["context_device"] = new("device", "设备"),
        ["context_payer"] = new("wallet", "付款账户"),
        ["context_paymaster"] = new("paymaster", "付款人"),
        ["context_ip"] = new("network address", "网络地址"),
        ["context_address"] = new("address", "地址"),
        ["context_seller_origin"] = new("shop at this outlet", "店铺在该网点"),
        ["context_listing"] = new("item", "商品"),
        ["remainder"] = new("others together", "其余合计"),
    };

    /// <summary>The surroundings that lend a reason its prior odds.</summary>
    public static string Surroundings(string signal, Language language) => Of(Lenders, signal, language);

    /// <summary>A verdict or a buyer's role.</summary>
    public static string Verdict(string word, Language language) => Of(Verdicts, word, language);

    /// <summary>A family of evidence.</summary>
    public static string Family(string word, Language language) => Of(Families, word, language);

    /// <summary>What is to be known of a parcel that the feed does not link to its order.</summary>
    public static Sentence Guessed { get; } = new(
        "the feed links no parcels: this one fits the order by address or sender and by when it was sent",
        "数据未说明包裹与订单的对应关系：该包裹的收货地址或寄件人以及发货时间与订单相符");

    /// <summary>A scan's action.</summary>
    public static string Scan(string word, Language language) => Of(Scans, word, language);

    /// <summary>Who signed.</summary>
    public static string Signer(string word, Language language) => Of(Signers, word, language);

    /// <summary>What proves the delivery.</summary>
    public static string Proof(string word, Language language) => Of(Proofs, word, language);

    /// <summary>A proposal's code.</summary>
    public static string Proposal(string word, Language language) => Of(Proposals, word, language);

    /// <summary>A kind of subject, of facility, or of ring member.</summary>
    public static string Kind(string word, Language language) => Of(Kinds, word, language);

    /// <summary>A report's kind.</summary>
    public static string Report(string word, Language language) => Of(Reports, word, language);

    /// <summary>A word of the feed.</summary>
    public static string Value(string word, Language language) => Of(Values, word, language);

    /// <summary>A span of time, two units at most: <c>3 d 4 h</c>, <c>41 min</c>, <c>6 s</c>.</summary>
    public static string Span(TimeSpan span, Language language)
    {
        var zh = language == Language.Zh;
        var s = Math.Abs((long)span.TotalSeconds);
        string Unit(long n, string en, string cn) => string.Create(CultureInfo.InvariantCulture, $"{n} {(zh ? cn : en)}");
        var text = s switch
        {
            < 90 => Unit(s, "s", "秒"),
            < 5400 => Unit((s + 30) / 60, "min", "分钟"),
            < 86400 => Unit(s / 3600, "h", "小时") + (s % 3600 / 60 > 0 ? " " + Unit(s % 3600 / 60, "min", "分钟") : ""),
            _ => Unit(s / 86400, "d", "天") + (s % 86400 / 3600 > 0 ? " " + Unit(s % 86400 / 3600, "h", "小时") : ""),
        };
        return span < TimeSpan.Zero ? "−" + text : text;
    }

    /// <summary>Grams, or kilograms from ten thousand on.</summary>
    public static string Grams(double grams) => grams < 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{grams:#,0.#} g")
        : string.Create(CultureInfo.InvariantCulture, $"{grams / 1000:#,0.#} kg");

    /// <summary>An amount of money.</summary>
    public static string Money(decimal amount, string? currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.00} {currency}").TrimEnd();

    /// <summary>A calibrated probability, never told as certainty.</summary>
    public static string Probability(double score) => score switch
    {
        > 0.999 => ">\u00A099.9\u00A0%",
        < 0.001 => "<\u00A00.1\u00A0%",
        _ => string.Create(CultureInfo.InvariantCulture, $"{100 * score:0.#}\u00A0%"),
    };

    /// <summary>
    /// A text out of a feed made harmless for a terminal or a page: control characters, lone surrogates and the marks that turn
    /// the direction of writing become replacement signs.
    /// </summary>
    public static string Printable(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (c is '\n' or '\r' or '\t')
                clean.Append(' ');
            else
                clean.Append(char.IsSurrogate(c) || char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '\uFFFD' : c);
        }

        return clean.ToString();
    }

    /// <summary>A word that the product does not know is shown as it is.</summary>
    private static string Of(Dictionary<string, Sentence> words, string word, Language language) =>
        words.TryGetValue(word, out var sentence) ? sentence.In(language) : word;
}
