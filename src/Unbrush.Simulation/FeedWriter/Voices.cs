using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.FeedWriter;

/// <summary>
/// What people write. Honest people repeat short phrases by the thousand and now and then tell a story; a script's
/// texts are one template with a few words changed.
/// </summary>
internal static class Voices
{
    private static readonly string[] s_short =
    [
        "好评", "不错", "很好", "满意", "质量不错", "物流很快", "挺好的", "可以", "还行", "五星好评", "东西收到了，很好", "性价比高",
        "包装完好", "第二次买了", "值得购买", "跟描述一致", "很喜欢", "好用", "给好评", "一般般吧", "此用户没有填写评价", "非常满意，下次再来",
        "宝贝收到了，质量很好", "发货快，服务好", "正品，放心购买",
    ];

    private static readonly string[] s_bad =
    [
        "一般，和图片有差距", "不太满意", "物流太慢了", "质量差", "有点失望", "味道很大", "尺寸不对", "客服不理人", "用了两天就坏了", "不值这个价",
    ];

    private static readonly string[] s_open =
    [
        "收到货了", "等了三天终于到了", "朋友推荐的", "给家里老人买的", "趁活动入手", "买来送人", "之前在别家买过", "看评价不错才买的", "孩子很喜欢",
        "犹豫了好久才下单", "刚拆开", "用了一个星期来评价", "双十一囤的", "公司统一采购", "搬新家买的", "第一次在这家买", "回购了", "快递小哥很好",
        "包装有点简单", "颜色和图片一样", "比想象中小一点", "比实体店便宜", "客服很耐心", "晚上下单第二天就发货", "赶在周末前到了", "冲着牌子买的",
    ];

    private static readonly string[] s_middle =
    [
        "{0}做工挺细致", "{0}手感很好", "{0}没有异味", "{0}比预期的厚实", "{1}也不错", "{0}尺寸刚好", "{1}很实用", "{0}用着顺手", "质量对得起价格", "细节处理得可以",
        "{0}稍微有一点瑕疵但不影响", "{1}跟描述的一样", "老公说还可以", "妈妈说好用", "同事也想买", "放了几天没问题", "{0}洗过之后没变形", "味道正", "安装简单",
        "份量足", "{0}密封很好", "按照说明操作没问题", "{1}颜值高", "细看有线头", "没有色差", "声音不大", "暂时没发现问题",
    ];

    private static readonly string[] s_close =
    [
        "总体满意", "推荐", "会再来", "先用用看", "希望耐用", "给个好评", "不错的一次购物", "下次还买", "值了", "继续支持", "", "", "期待下次活动", "有问题再追评",
        "给店家点赞", "四星怕你骄傲", "谢谢老板送的小礼物", "物流给力", "等降价再囤",
    ];

    private static readonly string[][] s_swaps =
    [
        ["宝贝", "东西", "商品", "产品"], ["非常", "特别", "真的", "超级"], ["喜欢", "满意", "中意"], ["质量", "做工", "品质"],
        ["店家", "卖家", "老板", "店主"], ["物流", "快递", "发货"], ["推荐", "支持", "回购"], ["很快", "给力", "迅速"],
    ];

    private static readonly string[] s_templates =
    [
        "{0}收到了，{1}{2}，{3}很好，{4}服务态度也好，{5}{7}，会{6}的", "{1}好的{0}，{3}没得说，{5}{7}，{4}人很好，值得{6}",
        "{4}推荐的{0}{1}不错，{3}超出预期，{2}，{5}也{7}", "第一次买这家的{0}，{1}{2}，{3}杠杠的，{5}{7}，以后继续{6}",
        "{0}{3}{1}好，和描述一样，{5}{7}，{4}很热情，{6}一下", "买了好几家，还是这家{0}{3}好，{1}{2}，{5}{7}，大家可以{6}",
    ];

    /// <summary>A review's text; null where nothing was written.</summary>
    /// <param name="voice">Negative for honest people; otherwise the script of an operation.</param>
    /// <param name="salt">What makes this text unlike the next.</param>
    /// <param name="rating">1 to 5.</param>
    /// <param name="category">What was bought.</param>
    public static string? Speak(int voice, ulong salt, int rating, Category category)
    {
        var roll = Mixer.Unit(salt);
        if (voice >= 0)
            return Script(voice, salt, roll, category);
        if (rating <= 3)
            return roll < 0.5 ? s_bad[Pick(salt, 1, s_bad.Length)] : $"{s_bad[Pick(salt, 1, s_bad.Length)]}，{Of(s_middle, salt, 2, category)}";
        if (roll < 0.1)
            return null;
        if (roll < 0.5)
            return s_short[(int)(s_short.Length * Math.Pow(Mixer.Unit(Mixer.Mix(salt, 1)), 1.6))];
        var text = $"{s_open[Pick(salt, 2, s_open.Length)]}，{Of(s_middle, salt, 3, category)}，{Of(s_middle, salt, 4, category)}";
        if (roll > 0.75)
            text += $"，{Of(s_middle, salt, 5, category)}";
        var close = s_close[Pick(salt, 6, s_close.Length)];
        return close.Length == 0 ? text : $"{text}，{close}";
    }

    /// <summary>A search phrase; people of one taste type different things.</summary>
    public static string Keyword(int number, Category category)
    {
        var words = category.Words;
        var first = words[number % words.Length];
        var second = words[number / 7 % words.Length];
        return (number / 64 % 3) switch
        {
            0 => first,
            1 => first == second ? first : first + " " + second,
            _ => first + s_tails[number / 191 % s_tails.Length],
        };
    }

    private static readonly string[] s_tails = ["2026新款", "正品", "官方旗舰店", "学生", "家用", "送礼", "便宜", "好看", "大牌", "同款", "批发", "高级感"];

    private static string? Script(int voice, ulong salt, double roll, Category category)
    {
        // The careful mix in the short phrases that everybody writes.
        if (voice % 5 >= 3 && roll < 0.35)
            return s_short[Pick(salt, 1, s_short.Length)];
        var template = s_templates[(int)(Mixer.Mix((ulong)voice, roll < 0.8 ? 0UL : 1UL) % (ulong)s_templates.Length)];
        var words = new object[8];
        for (var i = 0; i < 8; i++)
            words[i] = s_swaps[i][Pick(salt, (ulong)i + 10, 1 + (int)(Mixer.Mix((ulong)voice, (ulong)i) % (ulong)s_swaps[i].Length))];
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, words);
        return Mixer.Unit(Mixer.Mix(salt, 30)) < 0.4 ? $"{category.Words[Pick((ulong)voice, 31, category.Words.Length)]}{text}" : text;
    }

    private static string Of(string[] from, ulong salt, ulong n, Category category) =>
        string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            from[Pick(salt, n, from.Length)],
            category.Words[Pick(salt, n + 40, category.Words.Length)],
            category.Words[Pick(salt, n + 41, category.Words.Length)]);

    private static int Pick(ulong salt, ulong n, int count) => Mixer.Below(Mixer.Mix(salt, n), count);
}
