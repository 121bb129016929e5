using System.Net;
using Unbrush.Detection.Explain;
using Unbrush.Detection.Report;

namespace Unbrush.Detection.Tests.Report;

public sealed class HtmlTests
{
    [Fact]
    public void Escaped_text_reads_as_itself_and_holds_no_markup() => Gen.String.Sample(text =>
    {
        var markup = Html.Of($"{text}").Text;
        Assert.Equal(-1, markup.AsSpan().IndexOfAny("<>\"'"));
        Assert.Equal(Wording.Printable(text), WebUtility.HtmlDecode(markup));
    });

    [Fact]
    public void Only_finished_markup_goes_in_as_it_is()
    {
        var html = new Html();
        html.Add($"<b>{"<i>"}</b>{Html.Of($"<u>{"&"}</u>")}{1234.567}{7}");
        Assert.Equal("<b>&lt;i&gt;</b><u>&amp;</u>1234.577", html.ToString());
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("a\u202eb", "a\uFFFDb")]
    [InlineData("a\u009bb", "a\uFFFDb")]
    [InlineData("line\nbreak\ttab", "line break tab")]
    [InlineData("刷单 😀 é", "刷单 😀 é")]
    public void What_could_steer_a_terminal_or_turn_the_writing_is_replaced(string text, string printable) =>
        Assert.Equal(printable, Wording.Printable(text));

    [Fact]
    public void Half_a_sign_is_replaced() => Assert.Equal("a\uFFFDb", Wording.Printable($"a{(char)0xD800}b"));
}
