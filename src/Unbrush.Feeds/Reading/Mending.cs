using System.Globalization;
using System.Text;
using Unbrush.Core;

namespace Unbrush.Feeds.Reading;

/// <summary>What mending a file came to.</summary>
/// <param name="Path">The mended copy: only whole records, each with its row number before it.</param>
/// <param name="BadPath">The rows that are no records at all: number, fault, and the beginning of the row.</param>
/// <param name="Bad">How many these are.</param>
/// <param name="LongestRecord">The bytes of the longest whole record.</param>
internal sealed record Mending(string Path, string BadPath, long Bad, int LongestRecord);

/// <summary>Collects rows that are no records, as CSV.</summary>
internal sealed class BadRows(string path) : IDisposable
{
    private const int Excerpt = 200;

    private readonly StreamWriter _writer = new(path, append: false, new UTF8Encoding(false));

    public long Count { get; private set; }

    public void Add(long row, string fault, ReadOnlySpan<byte> bytes)
    {
        Count++;
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, Excerpt * 4)]);
        text = (text.Length > Excerpt ? text[..Excerpt] : text).Replace("\0", "\\0", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal);
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row},{fault},\"{text}\"\n"));
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>The faults of a row that is no record.</summary>
internal static class RowFault
{
    /// <summary>What stands for illegal bytes after transcoding: U+FFFF, which is no character and so in no honest text.</summary>
    public static ReadOnlySpan<byte> Broken => [0xEF, 0xBF, 0xBF];

    public const string OpenQuote = "open_quote";
    public const string AfterQuote = "after_quote";
    public const string FewCells = "few_cells";
    public const string ManyCells = "many_cells";
    public const string Encoding = "encoding";
    public const string ZeroBytes = "zero_bytes";
    public const string TooLong = "too_long";
    public const string Json = "json";

    public static Sentence Say(string code) => code switch
    {
        OpenQuote => new("a quote is opened and never closed", "引号没有闭合"),
        AfterQuote => new("text follows a closing quote", "引号闭合后还有文字"),
        FewCells => new("fewer cells than the header has columns: the row is cut", "单元格少于表头列数：该行被截断"),
        ManyCells => new("more cells than the header has columns: a delimiter or quote is astray", "单元格多于表头列数：分隔符或引号有误"),
        Encoding => new("bytes that are not legal in the file's encoding", "含有与文件编码不符的字节"),
        ZeroBytes => new("zero bytes: this part of the file was never written", "零字节：文件的这部分没有真正写入"),
        TooLong => new("longer than 64 MiB", "超过 64 MiB"),
        Json => new("not a JSON object", "不是 JSON 对象"),
        _ => new(code, code),
    };
}
