using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Personal;

namespace Unbrush.Feeds.Tests.Personal;

public class IdentityTests
{
    [Theory]
    [InlineData("13800000001", "13800000001")]
    [InlineData("+86 138-0000-0001", "13800000001")]
    [InlineData("008613800000001", "13800000001")]
    [InlineData("１３８００００００01", "13800000001")]
    [InlineData("0755-12345678", "075512345678")]
    [InlineData("+1 408 555 0123", "+14085550123")]
    [InlineData("138****0001", null)]
    [InlineData("13800000001转1234", null)]
    [InlineData("13800000001-1234", null)]
    [InlineData("~encrypted~", null)]
    [InlineData("12", null)]
    [InlineData("", null)]
    public void Phones_are_brought_to_one_form_and_what_is_no_identity_to_none(string raw, string? normal)
    {
        Assert.Equal(normal, Identities.NormalPhone(raw));
    }

    [Fact]
    public void The_same_digits_are_another_phone_in_another_country()
    {
        var identities = new Identities(new(Importing.Secret));
        var chinese = identities.Phone("02012345678");
        Assert.NotNull(chinese);
        Assert.NotEqual(chinese, identities.Phone("02012345678", "GB"));
        Assert.Equal(chinese, identities.Phone("02012345678"));
    }

    [Theory]
    [InlineData("广东省 深圳市 南山区 粤海街道示例路1号3栋502室")]
    [InlineData("广东深圳南山粤海街道示例路1号3幢502室(518000)")]
    [InlineData("广东省深圳市南山区粤海街道示例路１号3号楼502室")]
    public void However_it_is_spelled_a_room_is_the_same(string raw)
    {
        var (normal, code, found) = Addresses.Normalise(raw);
        Assert.Equal("440305|粤海街道示例路1号3栋502室", normal);
        Assert.Equal("440305", code);
        Assert.Equal("house", found);
    }

    [Theory]
    [InlineData("北京 北京市 朝阳区 示例路1号", "110105")]
    [InlineData("上海上海市浦东新区示例路1号", "310115")]
    [InlineData("重庆市市辖区渝中区示例路1号", "500103")]
    [InlineData("新疆维吾尔自治区乌鲁木齐市天山区示例路", "650102")]
    [InlineData("新疆乌鲁木齐天山区示例路", "650102")]
    [InlineData("浙江省杭州市示例路1号", "330100")]
    [InlineData("苏州市常熟市示例路1号", "320581")]
    [InlineData("示例路1号", null)]
    public void A_region_is_read_off_the_beginning(string address, string? region)
    {
        Assert.Equal(region, Addresses.Normalise(address).Region);
    }

    [Fact]
    public void Rooms_of_a_dormitory_are_one_building_and_rooms_of_a_house_are_not()
    {
        Assert.Equal(Addresses.Normalise("浙江省杭州市示例大学12栋301室").Normal, Addresses.Normalise("浙江省杭州市示例大学12栋302室").Normal);
        Assert.Equal("dormitory", Addresses.Normalise("浙江省杭州市示例大学12栋301室").Kind);
        Assert.Equal(Addresses.Normalise("浙江省杭州市示例路菜鸟驿站 1号架").Normal, Addresses.Normalise("浙江省杭州市示例路菜鸟驿站(取件码请短信)").Normal);
        Assert.NotEqual(Addresses.Normalise("浙江省杭州市示例小区12栋301室").Normal, Addresses.Normalise("浙江省杭州市示例小区12栋302室").Normal);
        Assert.Null(Addresses.Normalise("上海市浦东新区**路*号").Normal);
    }

    [Fact]
    public void Any_text_is_taken()
    {
        Gen.String[Gen.OneOf(Gen.Char, Gen.Int[0, 6].Select(i => "市省区1*栋－"[i])), 0, 60].Sample(text =>
        {
            _ = Identities.NormalPhone(text);
            _ = Addresses.Normalise(text);
            return Regions.Read(text).Length <= text.Length;
        });
    }
}
