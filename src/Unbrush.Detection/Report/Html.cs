using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>A piece of finished HTML. Only <see cref="Html"/> makes one, so that nothing reaches a page unescaped.</summary>
internal readonly record struct Markup(string Text)
{
    public static Markup None => new("");

    public override string ToString() => Text;
}

/// <summary>
/// Builds HTML from interpolated strings: what stands literally in the program is markup, what is filled in is escaped.
/// Filled-in <see cref="Markup"/> alone goes in as it is.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>How long the page is so far, in characters.</summary>
    public int Length => _text.Length;

    /// <summary>Appends markup with escaped values.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "The handler appends to this page while the call's argument is built.")]
    public void Add([InterpolatedStringHandlerArgument("")] Escaping markup) => _ = markup;

    /// <summary>Appends markup that has been built already.</summary>
    public void Add(Markup markup) => _text.Append(markup.Text);

    /// <summary>Makes a piece of markup with escaped values.</summary>
    public static Markup Of(Escaping markup) => markup.Finish();

    /// <summary>Makes one piece of markup of many.</summary>
    public static Markup Join(IEnumerable<Markup> pieces, string literalSeparator = "") => new(string.Join(literalSeparator, pieces.Select(p => p.Text)));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Escapes what is filled in, after <see cref="Wording.Printable"/>.</summary>
    internal static string Escape(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && text.AsSpan().IndexOfAny(Special) < 0 ? text : Encoder.Encode(Wording.Printable(text));

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("<>&\"'");

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>The compiler's way into <see cref="Add(Escaping)"/>.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Escaping
    {
        private readonly StringBuilder _into;

        public Escaping(int literalLength, int formattedCount) => _into = new(literalLength + (16 * formattedCount));

        public Escaping(int literalLength, int formattedCount, Html html)
        {
            _ = (literalLength, formattedCount);
            _into = html._text;
        }

        public void AppendLiteral(string literal) => _into.Append(literal);

        public void AppendFormatted(Markup markup) => _into.Append(markup.Text);

        public void AppendFormatted(string? text) => _into.Append(Escape(text ?? ""));

        public void AppendFormatted(int number) => _into.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(long number) => _into.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double number) => _into.Append(Math.Round(number, 2).ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double number, string format) => _into.Append(Escape(number.ToString(format, CultureInfo.InvariantCulture)));

        public Markup Finish() => new(_into.ToString());
    }
}
