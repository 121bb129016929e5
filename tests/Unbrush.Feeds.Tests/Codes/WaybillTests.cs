using Unbrush.Feeds.Codes;

namespace Unbrush.Feeds.Tests.Codes;

public class WaybillTests
{
    [Theory]
    [InlineData("upu_s10", "RB123456785GB")]
    [InlineData("upu_s10", "EB000717595HK")]
    [InlineData("mod10_x2_odd", "1Z5R89390357567127")]
    [InlineData("mod10_x2_odd", "K1506235620")]
    [InlineData("mod10_x3_even", "03071790000523483741")]
    [InlineData("mod10_x3_even", "0073938000549297")]
    [InlineData("mod10_x3_odd", "041441760228964")]
    [InlineData("fedex12", "986578788855")]
    [InlineData("mod7", "3318810025")]
    [InlineData("mod37_36", "09980000020033F")]
    [InlineData("luhn", "320595463938")]
    [InlineData("luhn", "07209562763")]
    [InlineData("mod10_x2_odd_prefix", "C11031500001879")]
    public void Numbers_that_were_really_issued_have_right_check_digits(string scheme, string number)
    {
        Assert.True(CheckDigits.IsRight(scheme, number));
    }

    [Fact]
    public void Of_all_last_characters_exactly_one_is_right()
    {
        var schemes = CheckDigits.Schemes.Where(s => s != "upu_s10").ToArray();
        Gen.Select(Gen.Int[0, schemes.Length - 1].Select(i => schemes[i]), Gen.Char['0', '9'].Array[1, 24]).Sample((scheme, digits) =>
        {
            var body = (scheme == "mod10_x2_odd_prefix" ? "C" : "") + new string(scheme == "fedex12" ? [.. digits.Concat(digits).Concat(Enumerable.Repeat('0', 11)).Take(11)] : digits);
            var right = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(c => CheckDigits.IsRight(scheme, body + c) == true).ToList();
            return right.Count == 1 && right[0] == CheckDigits.Of(scheme, body);
        });
    }

    [Fact]
    public void A_single_wrong_digit_is_seen_where_the_scheme_promises_it()
    {
        Gen.Select(Gen.Bool.Select(b => b ? "luhn" : "mod37_36"), Gen.Char['0', '9'].Array[2, 20], Gen.Int[0, 19], Gen.Int[1, 9]).Sample((scheme, digits, at, by) =>
        {
            var body = new string(digits);
            var whole = (body + CheckDigits.Of(scheme, body)).ToCharArray();
            at %= body.Length;
            whole[at] = (char)('0' + ((whole[at] - '0' + by) % 10));
            return CheckDigits.IsRight(scheme, new string(whole)) == false;
        });
    }

    [Fact]
    public void S10_numbers_carry_the_digit_of_the_plain_definition()
    {
        Gen.Char['0', '9'].Array[8].Sample(digits =>
        {
            int[] weights = [8, 6, 4, 2, 3, 5, 9, 7];
            var r = 11 - (digits.Select((c, i) => (c - '0') * weights[i]).Sum() % 11);
            var check = r == 10 ? 0 : r == 11 ? 5 : r;
            var number = $"RB{new string(digits)}{check}CN";
            return CheckDigits.IsRight("upu_s10", number) == true && Waybills.Of(number).Any(m => m.Carrier == "upu" && m.IsRight == true);
        });
    }

    [Fact]
    public void Likely_carriers_come_first_and_wrong_digits_last()
    {
        Assert.Equal("yto", Waybills.Of("YT 0000-0000-00017")[0].Carrier);
        var wrong = Waybills.Of("1Z5R89390357567128");
        Assert.False(wrong[^1].IsRight);
        Assert.Equal("ups", wrong[^1].Carrier);
        Assert.Empty(Waybills.Of("!"));
        Assert.Empty(Waybills.Of(new string('1', 200)));
        Assert.True(Waybills.IsOdd("yto", "ABC"));
        Assert.Null(Waybills.IsOdd("nobody", "1"));
    }

    [Fact]
    public void Any_text_is_answered_at_once()
    {
        Gen.String[Gen.Char, 0, 80].Sample(text => Waybills.Of(text).Count >= 0);
    }
}
