using System.Text;
using PhoneNumbers;
using Unbrush.Feeds.Codes;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Personal;

/// <summary>
/// Personal data as it comes → the form that is the same for the same person, and its pseudonym under the workspace's secret.
/// What is masked, encrypted or lent (a virtual number) is no identity and becomes null.
/// </summary>
internal sealed class Identities(Pseudonymiser pseudonyms)
{
    private readonly RememberedKeys _phones = new(raw => (pseudonyms.Of(NormalPhone(raw)), 0));
    private readonly RememberedKeys _accounts = new(raw => (pseudonyms.Of(raw.Trim().ToLowerInvariant()), 0));
    private readonly Places _places = new(pseudonyms);

    /// <summary>The key of a phone number.</summary>
    public string? Phone(ReadOnlySpan<char> raw, string country = "CN")
    {
        if (raw.IsWhiteSpace())
            return null;
        // The same digits mean another phone in another country.
        return country == "CN" ? Text(PhoneKey(raw)) : pseudonyms.Of(NormalPhone(raw.ToString(), country));
    }

    /// <summary>The key of a Chinese phone number, without a string of its own; empty where it has none.</summary>
    public ReadOnlySpan<char> PhoneKey(ReadOnlySpan<char> raw) => raw.IsWhiteSpace() ? default : _phones.Of(raw, out _);

    /// <summary>The key of an e-mail address.</summary>
    public string? Email(string? raw) => raw is not null && raw.Contains('@', StringComparison.Ordinal) ? pseudonyms.Of(raw.Trim().ToLowerInvariant()) : null;

    /// <summary>The key of an account's name; ciphertext (<c>~…~</c>) is none.</summary>
    public string? Account(ReadOnlySpan<char> raw) => Text(AccountKey(raw));

    /// <summary>The same without a string of its own; empty where it has none.</summary>
    public ReadOnlySpan<char> AccountKey(ReadOnlySpan<char> raw) => raw.IsWhiteSpace() || raw[0] == '~' ? default : _accounts.Of(raw, out _);

    /// <summary>The key of any other identity, such as an IP address.</summary>
    public string? Other(string? raw) => Account(raw);

    /// <summary>The key, the region and the kind of an address.</summary>
    public Address Address(ReadOnlySpan<char> raw) => raw.IsWhiteSpace() || raw[0] == '~' ? default : _places.Of(raw);

    private static string? Text(ReadOnlySpan<char> key) => key.IsEmpty ? null : key.ToString();

    /// <summary>Addresses that were seen, and the few pairs of region and kind among them.</summary>
    private sealed class Places
    {
        private readonly RememberedKeys _keys;
        private readonly List<(string? Region, string? Kind)> _pairs = [];
        private readonly Dictionary<(string? Region, string? Kind), ushort> _marks = [];

        public Places(Pseudonymiser pseudonyms) => _keys = new(raw =>
        {
            var (normal, region, kind) = Addresses.Normalise(raw);
            if (!_marks.TryGetValue((region, kind), out var mark))
            {
                _marks[(region, kind)] = mark = checked((ushort)_pairs.Count);
                _pairs.Add((region, kind));
            }

            return (normal is null ? null : pseudonyms.Of(normal), mark);
        });

        public Address Of(ReadOnlySpan<char> raw)
        {
            var key = _keys.Of(raw, out var mark);
            return new(key, _pairs[mark].Region, _pairs[mark].Kind);
        }
    }

    /// <summary>Full-width letters, digits and signs as the plain ones.</summary>
    public static string HalfWidth(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uFF01', '\uFF5E') < 0 && !text.Contains('\u3000', StringComparison.Ordinal))
            return text;
        return string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = from[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(from[i] - 0xFEE0) : from[i] == '\u3000' ? ' ' : from[i];
        });
    }

    /// <summary>
    /// A number as it is keyed: eleven digits for a Chinese mobile, area code and number for a Chinese landline, <c>+</c> and all
    /// digits for any other; null where it is no possible number, masked, or a virtual number with an extension.
    /// </summary>
    public static string? NormalPhone(string raw, string country = "CN")
    {
        if (raw.Length > 40 || Pseudonymiser.IsMasked(raw))
            return null;
        var digits = new StringBuilder(raw.Length);
        foreach (var c in HalfWidth(raw))
        {
            if (char.IsAsciiDigit(c))
                digits.Append(c);
            else if (c is not (' ' or '-' or '+' or '(' or ')' or '.' or '\t' or '/'))
                return null;
        }

        var number = digits.ToString();
        var lead = raw.AsSpan().TrimStart();
        if (lead.StartsWith("+86") || (country == "CN" && !lead.StartsWith("+")))
        {
            var bare = number.StartsWith("0086", StringComparison.Ordinal) ? number[4..] : number.StartsWith("86", StringComparison.Ordinal) && number.Length > 11 ? number[2..] : number;
            if (bare.Length == 11 && bare[0] == '1' && bare[1] >= '3')
                return bare;
            if (bare.Length > 11 && bare[0] == '1' && bare[1] >= '3')
                return null;
        }

        if (number.Length < 7)
            return null;
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            var parsed = phones.Parse(number.StartsWith("00", StringComparison.Ordinal) ? "+" + number[2..] : raw.TrimStart().StartsWith('+') ? "+" + number : number, country);
            if (!phones.IsPossibleNumber(parsed))
                return null;
            return parsed.CountryCode == 86 ? "0" + phones.GetNationalSignificantNumber(parsed) : phones.Format(parsed, PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}

/// <summary>An address that names nobody any more.</summary>
/// <param name="key">Its pseudonym.</param>
/// <param name="region">GB/T 2260, or null.</param>
/// <param name="kind">The contract's word, or null.</param>
internal readonly ref struct Address(ReadOnlySpan<char> key, string? region, string? kind)
{
    /// <summary>The pseudonym of the room, or of the building where many live or fetch (a dormitory, a station); empty where there is none.</summary>
    public ReadOnlySpan<char> Key { get; } = key;

    /// <summary>GB/T 2260, or null.</summary>
    public string? Region { get; } = region;

    /// <summary>The contract's word, or null.</summary>
    public string? Kind { get; } = kind;
}

/// <summary>Chinese addresses reduced to what is the same however they are spelled.</summary>
internal static class Addresses
{
    private static readonly (string Kind, string[] Words)[] Kinds =
    [
        ("locker", ["丰巢", "快递柜", "自提柜", "智能柜"]),
        ("station", ["驿站", "代收点", "自提点", "快递点", "代理点", "代收"]),
        ("dormitory", ["宿舍", "学生公寓", "寝室", "学院", "大学"]),
        ("gatehouse", ["门卫", "保安室", "传达室", "收发室", "门岗"]),
        ("office", ["写字楼", "大厦", "公司", "办公", "科技园", "产业园", "商务中心"]),
        ("house", ["单元", "室", "小区", "花园", "公寓", "村", "弄"]),
    ];

    /// <summary>Region code and bare detail, joined; the region; the kind. Null where masked or nothing is left.</summary>
    public static (string? Normal, string? Region, string? Kind) Normalise(string raw)
    {
        var bare = Bare(raw);
        if (bare.Length == 0)
            return default;
        var (region, length) = Regions.Read(bare);
        // A repeated beginning (province and city given once apart and once in the detail) is read once.
        var detail = bare[length..];
        while (Regions.Read(detail) is { Code: { } again, Length: > 0 } repeated && region is not null && again.StartsWith(region.TrimEnd('0'), StringComparison.Ordinal) && repeated.Length >= 4)
        {
            region = again;
            detail = detail[repeated.Length..];
        }

        var kind = KindOf(detail);
        if (raw.Contains('*', StringComparison.Ordinal) || detail.Length < 3)
            return (null, region, kind);
        return ((region ?? "") + "|" + Level(detail, kind), region, kind);
    }

    private static string? KindOf(string detail)
    {
        foreach (var (kind, words) in Kinds)
        {
            foreach (var word in words)
            {
                if (detail.Contains(word, StringComparison.Ordinal))
                    return kind;
            }
        }

        return null;
    }

    /// <summary>Many people behind one address: the building is the identity, not the room.</summary>
    private static string Level(string detail, string? kind)
    {
        if (kind is "dormitory")
        {
            var end = detail.LastIndexOfAny(['栋', '舍', '座']);
            if (end > 0)
                return detail[..(end + 1)];
            return detail.TrimEnd("0123456789室号层楼".ToCharArray());
        }

        if (kind is "station" or "locker")
        {
            foreach (var word in (string[])["驿站", "代收点", "自提点", "快递点", "代理点", "快递柜", "自提柜", "智能柜", "丰巢"])
            {
                if (detail.IndexOf(word, StringComparison.Ordinal) is var at and >= 0)
                    return detail[..(at + word.Length)];
            }
        }

        return detail;
    }

    /// <summary>Half-width, without blanks, punctuation and postcode; one word for building.</summary>
    private static string Bare(string raw)
    {
        var bare = new StringBuilder(raw.Length);
        foreach (var c in Identities.HalfWidth(raw))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
                bare.Append(char.ToLowerInvariant(c));
            else if (c is '-' or '#' && bare.Length > 0 && char.IsAsciiDigit(bare[^1]))
                bare.Append('-');
        }

        bare.Replace("号楼", "栋").Replace("幢", "栋");
        var text = bare.ToString().Trim('-');
        // A postcode at the end: (518000).
        if (text.Length > 12 && text[^6..].All(char.IsAsciiDigit) && !char.IsAsciiDigit(text[^7]) && text[^7] != '-' && text[^1] == '0')
            text = text[..^6];
        return text;
    }
}
