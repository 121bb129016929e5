namespace Unbrush.Feeds.Codes;

/// <summary>The check-digit schemes of waybill numbers (docs/formats/waybills.md).</summary>
internal static class CheckDigits
{
    private static readonly int[] S10 = [8, 6, 4, 2, 3, 5, 9, 7];

    /// <summary>The schemes that are known here.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["upu_s10", "mod10_x2_odd", "mod10_x3_even", "mod10_x3_odd", "fedex12", "mod7", "mod37_36", "luhn", "mod10_x2_odd_prefix"];

    /// <summary>Whether a number's check digit is right; null where the scheme is none, or does not fit the number.</summary>
    public static bool? IsRight(string scheme, string number)
    {
        if (!Schemes.Contains(scheme) || number.Length < 2)
            return null;
        var (expected, given) = scheme == "upu_s10" ? (Of(scheme, number), number.Length == 13 ? number[10] : '\0') : (Of(scheme, number[..^1]), number[^1]);
        return expected is null ? null : expected == given;
    }

    /// <summary>
    /// The check character of a number without it. For <c>upu_s10</c> the whole number is given, whose check digit is not looked at.
    /// Null where the number does not fit the scheme.
    /// </summary>
    public static char? Of(string scheme, string body) => scheme switch
    {
        "upu_s10" => body.Length != 13 || !Digits(body.AsSpan(2, 8)) ? null : Upu(body.AsSpan(2, 8)),
        "mod10_x2_odd" => Doubled(body.StartsWith("1Z", StringComparison.Ordinal) ? body[2..] : body.Length > 0 && char.IsAsciiLetterUpper(body[0]) ? body[1..] : body),
        "mod10_x2_odd_prefix" => OnTrac(body),
        "mod10_x3_even" => Weighted(body, i => i % 2 == 0 ? 3 : 1),
        "mod10_x3_odd" => Weighted(body, i => i % 2 == 0 ? 1 : 3),
        "fedex12" => !Digits(body) || body.Length != 11 ? null : Digit(body.Select((c, i) => (c - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 1 : 7)).Sum() % 11 % 10),
        "mod7" => !Digits(body) ? null : Digit(body.Aggregate(0, (r, c) => ((r * 10) + c - '0') % 7)),
        "mod37_36" => Iso7064(body),
        "luhn" => !Digits(body) ? null : Digit((10 - (body.Reverse().Select((c, i) => i % 2 == 0 ? Sum2(c - '0') : c - '0').Sum() % 10)) % 10),
        _ => null,
    };

    private static char Upu(ReadOnlySpan<char> serial)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += (serial[i] - '0') * S10[i];
        var c = 11 - (sum % 11);
        return Digit(c == 10 ? 0 : c == 11 ? 5 : c);
    }

    /// <summary>Letters count as (ASCII − 3) mod 10; every second character is doubled, plainly.</summary>
    private static char? Doubled(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            int value;
            if (char.IsAsciiDigit(body[i]))
                value = body[i] - '0';
            else if (char.IsAsciiLetterUpper(body[i]))
                value = (body[i] - 3) % 10;
            else
                return null;
            sum += i % 2 == 1 ? value * 2 : value;
        }

        return Digit((10 - (sum % 10)) % 10);
    }

    private static char? OnTrac(string body)
    {
        if (body.Length < 2 || body[0] is not ('C' or 'D') || !Digits(body.AsSpan(1)))
            return null;
        var lead = body[0] == 'C' ? '4' : '5';
        return Doubled(body[1] == lead ? body[1..] : lead + body[1..]);
    }

    private static char? Weighted(string body, Func<int, int> weight) =>
        !Digits(body) ? null : Digit((10 - (body.Select((c, i) => (c - '0') * weight(i)).Sum() % 10)) % 10);

    private static char? Iso7064(string body)
    {
        var p = 36;
        foreach (var c in body)
        {
            int value;
            if (char.IsAsciiDigit(c))
                value = c - '0';
            else if (char.IsAsciiLetterUpper(c))
                value = c - 'A' + 10;
            else
                return null;
            var s = (p + value) % 36;
            p = (s == 0 ? 36 : s) * 2 % 37;
        }

        var check = (37 - p) % 36;
        return check < 10 ? Digit(check) : (char)('A' + check - 10);
    }

    private static int Sum2(int digit) => digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;

    private static bool Digits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
        }

        return text.Length > 0;
    }

    private static char Digit(int value) => (char)('0' + value);
}
