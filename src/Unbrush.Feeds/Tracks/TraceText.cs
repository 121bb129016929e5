using System.Text.RegularExpressions;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tracks;

/// <summary>How surely the facility of a scan is known.</summary>
internal enum FacilitySource
{
    /// <summary>No facility is named.</summary>
    None,

    /// <summary>The feed has a field for it.</summary>
    Field,

    /// <summary>The sentence names it in brackets.</summary>
    Brackets,

    /// <summary>It was cut out of a sentence without brackets.</summary>
    Sentence,
}

/// <summary>What a sentence of a trace says. The sentence itself, names and phone numbers stay behind.</summary>
/// <param name="Action">A scan action, or null where the sentence says none.</param>
/// <param name="City">The city in the first brackets.</param>
/// <param name="Facility">The place where it happened.</param>
/// <param name="Next">The place it goes to.</param>
/// <param name="Signer">Who signed.</param>
/// <param name="Proof">By what.</param>
/// <param name="Phone">The courier's phone, to be keyed at once.</param>
/// <param name="Source">How the facility was found.</param>
internal readonly record struct TraceReading(string? Action, string? City, string? Facility, string? Next, string? Signer, string? Proof, string? Phone, FacilitySource Source);

/// <summary>Reads the sentences in which Chinese carriers tell a parcel's life.</summary>
internal static partial class TraceText
{
    /// <summary>A sentence longer than this is none of a carrier's; the rest is not read.</summary>
    private const int Longest = 600;

    private static readonly string[] Farewells = ["如有", "投诉", "疑问", "请联系", "感谢使用", "疫情期间", "期待再次"];

    /// <summary>What a sentence says, the most telling word first.</summary>
    private static readonly (string[] Words, string Action)[] Verbs =
    [
        (["退件签收", "退回签收", "退签"], "returned"),
        (["拒收", "拒签"], "refused"),
        (["退回", "退件"], "returning"),
        (["未妥投", "派送不成功", "无法联系", "派件异常", "签收失败", "改约", "未能投递"], "failed_attempt"),
        (["凭取货码", "凭取件码", "已取件", "已被取出"], "collected"),
        (["代收", "已放入", "已暂存", "已存放", "投柜", "已入柜", "已到达驿站", "等待自提", "待取件"], "stored"),
        (["签收", "妥投"], "delivered"),
        (["派件中", "正在派", "派送中", "安排投递", "次派件", "派件人", "派件员", "派送员", "派件"], "out_for_delivery"),
        (["揽收", "已收件", "收寄", "已取件", "取件人", "已收取"], "picked_up"),
        (["清关", "海关"], "customs"),
        (["转寄", "转投"], "forwarded"),
        (["下一站", "已发出", "已发往", "发往", "离开", "已发车", "准备发往"], "departed"),
        (["已经到达", "已到达", "到达", "已收入", "收入", "到件"], "arrived"),
        (["下单", "订单已", "待揽"], "accepted"),
    ];

    private static readonly (string[] Words, string Signer)[] Signers =
    [
        (["门卫", "保安", "物业", "前台", "传达室", "收发室", "门岗"], "doorman"),
        (["邻居"], "neighbour"),
        (["丰巢", "柜"], "locker"),
        (["驿站", "代理点", "超市", "便利", "店", "代收点"], "station"),
        (["家人", "同事", "代签", "他人", "朋友", "亲友", "室友"], "other"),
        (["本人", "凭取货码", "凭取件码", "收件人"], "recipient"),
    ];

    /// <summary>Reads a sentence.</summary>
    public static TraceReading Read(string? sentence)
    {
        if (string.IsNullOrEmpty(sentence))
            return default;
        var text = sentence.Length > Longest ? sentence[..Longest] : sentence;
        var brackets = Brackets(text);
        var city = brackets.Count > 0 && IsCity(brackets[0].Name) ? brackets[0].Name : null;
        if (city is not null)
            brackets.RemoveAt(0);
        // What follows the facts (thanks, hotlines) holds words and numbers that would mislead.
        var end = text.Length;
        foreach (var farewell in Farewells)
        {
            if (text.IndexOf(farewell, StringComparison.Ordinal) is var at and > 0 && at < end)
                end = at;
        }

        var facts = text[..end];
        brackets.RemoveAll(b => b.At >= end);
        var action = ActionOf(facts, brackets);
        string? facility = null, next = null;
        var source = FacilitySource.None;
        if (action is "stored" or "collected" or "delivered")
        {
            var place = brackets.FirstOrDefault(b => b.At >= 2 && (facts[b.At - 2] is '在' or '被' or '由' or '至' || facts[b.At - 1] is '在' or '被' or '由' or '至' or '入')).Name ?? (brackets.Count > 0 ? brackets[0].Name : null);
            if (place is not null)
                (facility, source) = (place, FacilitySource.Brackets);
            else if (Keeper().Match(facts) is { Success: true } kept)
                (facility, source) = (kept.Groups[1].Value.Trim(), FacilitySource.Sentence);
        }
        else if (brackets.Count > 0)
        {
            (facility, source) = (brackets[0].Name, FacilitySource.Brackets);
            if (action is "departed" && brackets.Count > 1)
                next = brackets[1].Name;
            if (action is "departed" && brackets.Count == 1 && NextWord().Match(facts[..brackets[0].At]) is { Success: true })
                (facility, next, source) = (null, facility, FacilitySource.None);
        }
        else if (Bare().Match(facts) is { Success: true } bare)
            (facility, source) = (bare.Groups[1].Value.Trim(), FacilitySource.Sentence);

        var (signer, proof) = action is "delivered" or "collected" or "stored" ? SignerOf(facts, action, facility) : default;
        if (action == "delivered" && facts.Contains("领取", StringComparison.Ordinal) && (facility ?? facts).Contains('柜', StringComparison.Ordinal))
            (action, signer) = ("collected", "locker");
        var phone = action is "out_for_delivery" or "picked_up" ? PhoneOf(facts) : null;
        facility = Place(facility);
        return new(action, city, facility, Place(next), signer, proof, phone, facility is null ? FacilitySource.None : source);
    }

    /// <summary>What kind of facility a name tells.</summary>
    public static string KindOf(string name)
    {
        if (name.Contains('柜', StringComparison.Ordinal))
            return "locker";
        if (Any(name, ["驿站", "代理点", "超市", "便利店", "代收点", "自提点", "门店", "妈妈"]))
            return "station";
        return Any(name, ["转运", "分拨", "集散", "枢纽", "中转", "处理中心", "航空", "中心"]) ? "centre" : "outlet";
    }

    /// <summary>The id of a facility that only its name tells: outlet names are not unique across cities, so the city stands before them unless they begin with a place.</summary>
    public static string? IdOf(string? name, string? city) =>
        name is null ? null : city is null || name.StartsWith(city, StringComparison.Ordinal) || Regions.Read(name).Length > 0 ? name : city + "/" + name;

    private static string? ActionOf(string facts, List<(string Name, int At)> brackets)
    {
        // Words inside brackets are names: a 揽收中心 does not pick up.
        var plain = facts;
        for (var i = brackets.Count - 1; i >= 0; i--)
            plain = plain.Remove(brackets[i].At, Math.Min(brackets[i].Name.Length + 2, plain.Length - brackets[i].At));
        foreach (var (words, action) in Verbs)
        {
            if (Any(plain, words))
                return action;
        }

        return null;
    }

    private static (string? Signer, string? Proof) SignerOf(string facts, string action, string? facility)
    {
        var at = facts.IndexOf("签收人", StringComparison.Ordinal);
        var clause = at >= 0 ? facts[at..] : facts;
        string? signer = null;
        foreach (var (words, who) in Signers)
        {
            if (Any(clause, words))
            {
                signer = who;
                break;
            }
        }

        if (action == "collected" && Any(facts, ["凭取货码", "凭取件码"]))
            signer = "recipient";
        if (action == "stored" && signer is not ("locker" or "station"))
            signer = facility is not null && KindOf(facility) == "locker" ? "locker" : "station";
        var proof = Any(facts, ["取货码", "取件码"]) ? "code" : Any(facts, ["拍照", "照片", "图片"]) ? "photo" : facts.Contains("签名", StringComparison.Ordinal) ? "signature" : null;
        return (signer, proof);
    }

    /// <summary>The first phone that is not the outlet's own, which stands in brackets right behind its name.</summary>
    private static string? PhoneOf(string facts)
    {
        foreach (var match in PhoneLike().EnumerateMatches(facts))
        {
            if (match.Index >= 2 && facts[match.Index - 1] is '(' or '（' && facts[match.Index - 2] == '】')
                continue;
            return facts.Substring(match.Index, match.Length);
        }

        return null;
    }

    /// <summary>A facility's name without phone numbers; the same for a centre and its company.</summary>
    private static string? Place(string? name)
    {
        if (name is null)
            return null;
        var place = (name.AsSpan().IndexOfAnyInRange('0', '9') < 0 ? name : LongNumber().Replace(name, "")).Trim().TrimEnd('，', ',', '。', '(', '（');
        foreach (var centre in (string[])["转运中心公司", "分拨中心公司", "集散中心公司"])
        {
            if (place.EndsWith(centre, StringComparison.Ordinal))
                place = place[..^2];
        }

        return place.Length is 0 or > 80 ? null : place;
    }

    private static List<(string Name, int At)> Brackets(string text)
    {
        var found = new List<(string, int)>();
        var at = 0;
        while ((at = text.IndexOf('【', at)) >= 0)
        {
            var end = text.IndexOf('】', at);
            if (end < 0)
                break;
            var name = text[(at + 1)..end].Trim();
            if (name.Length is > 0 and <= 80)
                found.Add((name, at));
            at = end + 1;
        }

        return found;
    }

    private static bool IsCity(string name)
    {
        var (code, length) = Regions.Read(name);
        return code is not null && length == name.Length;
    }

    private static bool Any(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"(?:已由|由|已被|已放入|已存放至|已暂存至|已到达)\s*([^，,。;；（(]{2,40}?)\s*(?:代收|，|,|。|暂存|$)")]
    private static partial Regex Keeper();

    [GeneratedRegex(@"(?:已?到达|已从|离开|从)\s*([^\s，,。;；（(：:]{2,30}?(?:中心|公司|网点|站点|营业部|分部|分拨|集散点|服务点|驿站))")]
    private static partial Regex Bare();

    [GeneratedRegex(@"(下一站|发往|送往)\s*$")]
    private static partial Regex NextWord();

    /// <summary>No outlet is called by seven digits or more: they are somebody's number.</summary>
    [GeneratedRegex(@"\d[\d-]{5,}\d")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|(?<!\d)400\d{7}(?!\d)|(?<!\d)95\d{3}(?!\d)")]
    private static partial Regex PhoneLike();
}
