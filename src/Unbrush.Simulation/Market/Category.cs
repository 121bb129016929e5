namespace Unbrush.Simulation.Market;

/// <summary>A kind of goods: what it weighs and costs, and the words that it is sold and praised with.</summary>
/// <param name="Name">As the feed spells it.</param>
/// <param name="Grams">Median weight of one unit, packed.</param>
/// <param name="WeightSigma">Standard deviation of the logarithm of the weight between listings.</param>
/// <param name="Price">Median price, yuan.</param>
/// <param name="PriceSigma">Standard deviation of the logarithm of the price.</param>
/// <param name="Share">Relative number of sellers.</param>
/// <param name="Fulfilment">0 parcel, 1 digital, 2 service.</param>
/// <param name="Words">Titles and search words are made of these.</param>
internal sealed record Category(
    string Name, double Grams, double WeightSigma, double Price, double PriceSigma, double Share, byte Fulfilment, string[] Words)
{
    public static Category[] All { get; } =
    [
        new("phone-film", 22, 0.25, 18, 0.4, 5, 0, ["手机膜", "钢化膜", "防窥", "高清"]),
        new("stickers", 15, 0.4, 9, 0.5, 3, 0, ["贴纸", "手账", "卡通", "防水"]),
        new("seeds", 18, 0.5, 12, 0.5, 3, 0, ["种子", "蔬菜", "四季", "阳台"]),
        new("sim-card", 12, 0.2, 29, 0.4, 1.5, 0, ["流量卡", "电话卡", "随身", "低月租"]),
        new("jewellery", 60, 0.4, 85, 0.8, 4, 0, ["项链", "耳环", "银饰", "礼物"]),
        new("cable", 75, 0.3, 25, 0.4, 5, 0, ["数据线", "快充", "编织", "加长"]),
        new("case", 55, 0.3, 28, 0.4, 5, 0, ["手机壳", "硅胶", "防摔", "情侣"]),
        new("clothes", 320, 0.5, 109, 0.5, 14, 0, ["连衣裙", "外套", "宽松", "显瘦"]),
        new("shoes", 950, 0.25, 159, 0.5, 8, 0, ["运动鞋", "透气", "休闲", "软底"]),
        new("cosmetics", 240, 0.4, 99, 0.6, 9, 0, ["面膜", "保湿", "精华", "补水"]),
        new("snacks", 620, 0.5, 39, 0.5, 9, 0, ["坚果", "零食", "大礼包", "独立包装"]),
        new("rice", 5200, 0.3, 49, 0.3, 3, 0, ["大米", "东北", "新米", "真空"]),
        new("books", 480, 0.4, 45, 0.5, 5, 0, ["绘本", "小说", "正版", "全套"]),
        new("toys", 540, 0.6, 69, 0.6, 6, 0, ["积木", "玩具", "益智", "儿童"]),
        new("phone", 480, 0.15, 2900, 0.5, 3, 0, ["手机", "智能", "全网通", "大内存"]),
        new("appliance", 2400, 0.6, 239, 0.7, 5, 0, ["电饭煲", "养生壶", "家用", "小型"]),
        new("detergent", 2100, 0.4, 42, 0.3, 4, 0, ["洗衣液", "除菌", "持久", "家庭装"]),
        new("bedding", 1800, 0.4, 169, 0.5, 5, 0, ["四件套", "被子", "纯棉", "学生"]),
        new("kitchen", 760, 0.6, 55, 0.5, 6, 0, ["锅铲", "收纳", "保鲜盒", "不锈钢"]),
        new("top-up", 0, 0, 50, 0.6, 2.5, 1, ["话费", "充值", "会员", "秒到"]),
        new("tuition", 0, 0, 120, 0.7, 1.2, 2, ["课程", "咨询", "安装", "维修"]),
    ];
}
