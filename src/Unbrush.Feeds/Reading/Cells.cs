using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Unbrush.Core;

namespace Unbrush.Feeds.Reading;

/// <summary>Cells of exports as the contract wants them.</summary>
internal static partial class Cells
{
    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789.");

    /// <summary>Exact decimal text of an amount: without currency signs, blanks and thousands commas; what is no number stays as it is, to be quarantined.</summary>
    public static string? Money(string? cell)
    {
        if (cell is null)
            return null;
        var bare = cell.Trim().TrimStart('¥', '￥', '$', '€', '£').TrimEnd('元').Trim();
        if (bare.Contains(',', StringComparison.Ordinal) && Thousands().IsMatch(bare))
            bare = bare.Replace(",", "", StringComparison.Ordinal);
        return bare;
    }

    /// <summary>The same of a cell that is no string yet.</summary>
    public static ReadOnlySpan<char> Money(ReadOnlySpan<char> cell) => cell.IndexOfAnyExcept(Figures) < 0 ? cell : Money(cell.ToString());

    /// <summary>An amount as a number, where it is one.</summary>
    public static decimal? Decimal(string? cell) =>
        decimal.TryParse(Money(cell), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Exact text of a number, no trailing zeros beyond those it was given with.</summary>
    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A unit price from a line's total: four decimals, half up.</summary>
    public static string? Unit(decimal? total, decimal? quantity) =>
        total is { } t && quantity is { } q and > 0 ? Text(decimal.Round(t / q, 4, MidpointRounding.AwayFromZero) / 1.0000m) : null;

    /// <summary>A time in a form that the loader reads: <c>2021/6/1 9:05</c> and <c>20210601090500</c> become ISO 8601; placeholders become null.</summary>
    public static string? Time(string? cell)
    {
        if (cell is null || cell.StartsWith("0000-", StringComparison.Ordinal) || cell is "-" or "--")
            return null;
        if (cell.Length >= 14 && cell[4] == '-')
            return cell;
        if (Digits().IsMatch(cell))
            return cell.Length == 14 ? $"{cell[..4]}-{cell[4..6]}-{cell[6..8]} {cell[8..10]}:{cell[10..12]}:{cell[12..]}" : cell;
        var match = Slashed().Match(cell);
        if (!match.Success)
            return cell;
        return string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}-{int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture):00}-{int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture):00} {Two(match.Groups[4].Value)}:{Two(match.Groups[5].Value)}:{Two(match.Groups[6].Value)}{match.Groups[7].Value}");

        static string Two(string part) => part.Length == 0 ? "00" : part.PadLeft(2, '0');
    }

    /// <summary>The same of a cell that is no string yet.</summary>
    public static ReadOnlySpan<char> Time(ReadOnlySpan<char> cell) =>
        cell.IsEmpty || (cell.Length >= 14 && cell[4] == '-' && !cell.StartsWith("0000")) ? cell : Time(cell.ToString());

    /// <summary>Epoch seconds or milliseconds as ISO 8601 in UTC; what is no such number stays as it is.</summary>
    public static string? Epoch(string? cell)
    {
        if (cell is null || !long.TryParse(cell, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n))
            return cell;
        if (n is > 4_102_444_800_000 or < 946_684_800)
            return cell;
        return (n > 100_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(n) : DateTimeOffset.FromUnixTimeSeconds(n)).ToString("yyyy-MM-dd HH:mm:ss.fff'+00'", CultureInfo.InvariantCulture);
    }

    /// <summary>Why a number that <see cref="IsRounded"/> is refused.</summary>
    public static readonly Sentence Lost = new(
        "an order number that a spreadsheet has rounded; it is lost. Export the file again and do not save it from a spreadsheet",
        "订单号已被电子表格四舍五入而丢失。请重新导出，不要用电子表格另存");

    /// <summary>True for an order number that a spreadsheet has rounded (<c>1.23457E+17</c>): it is lost.</summary>
    public static bool IsRounded(ReadOnlySpan<char> id) => id.ContainsAny('E', 'e') && Rounded().IsMatch(id);

    /// <summary>A sentence without the phone numbers in it.</summary>
    public static string? WithoutPhones(string? text) => text is null || text.Length < 7 ? text : PhoneLike().Replace(text, "<phone>");

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(\d{4})[/.\-年](\d{1,2})[/.\-月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(\.\d+)?)?$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^\d(\.\d+)?E\+?\d{2}$", RegexOptions.IgnoreCase)]
    private static partial Regex Rounded();

    [GeneratedRegex(@"(?<!\d)(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")]
    private static partial Regex PhoneLike();
}
