using System.Text.RegularExpressions;
using Unbrush.Core;
using Unbrush.Detection.Findings;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Tests.Findings;

public sealed partial class PluralTests
{
    [Theory]
    [InlineData("{value} orders of 3", 1, "1 order of 3")]
    [InlineData("{value} orders of 3", 2, "2 orders of 3")]
    [InlineData("{value} orders", 21, "21 orders")]
    [InlineData("{value} orders", 1.1, "1.1 orders")]
    [InlineData("{value} shop(s).", 1, "1 shop.")]
    [InlineData("{value} shop(s).", 2, "2 shops.")]
    [InlineData("{value} people reported", 1, "1 person reported")]
    [InlineData("{value} other orders", 1, "1 other order")]
    [InlineData("{value} insider tip(s) say", 1, "1 insider tip says")]
    [InlineData("{value} addresses only", 1, "1 address only")]
    [InlineData("{value} times as fast", 1, "1 times as fast")]
    [InlineData("{value} times in a row", 1, "1 time in a row")]
    [InlineData("{value} times: together", 1, "1 time: together")]
    [InlineData("{value} of the shop's orders", 1, "1 of the shop's orders")]
    public void A_noun_agrees_with_its_number(string template, double value, string sentence) =>
        Assert.Equal(sentence, Sentences.Fill(template, Language.En, value, null, [], []));

    [Fact]
    public void Every_reason_reads_well_of_one_and_of_two()
    {
        var signals = SignalCatalogue.Load(ProductData.Signals, null).Signals;
        Assert.True(signals.Count > 100);
        foreach (var signal in signals)
        {
            string[] names = [.. Placeholder().Matches(signal.Text.En + signal.Text.Zh).Select(m => m.Groups[1].Value).Distinct()];
            var one = Sentences.Fill(signal.Text.En, Language.En, 1, 1, names, [.. names.Select(_ => "1")]);
            var two = Sentences.Fill(signal.Text.En, Language.En, 2, 2, names, [.. names.Select(_ => "2")]);
            Assert.DoesNotMatch(@"\b1 (other |private |insider )?(orders|parcel-orders|buyers|days|hours|minutes|seconds|people|parcels|shops|accounts|reviews|wallets|tips|senders|sellers|payees|units|letters|places|gaps|pauses|years)\b", one);
            Assert.DoesNotContain("(s)", one, StringComparison.Ordinal);
            Assert.DoesNotContain("(s)", two, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\b2 (other |private |insider )?(order|buyer|day|hour|minute|second|person|parcel|shop|account|review|wallet|tip|sender)\b(?!-)", two);
            var chinese = Sentences.Fill(signal.Text.Zh, Language.Zh, 1, 1, names, [.. names.Select(_ => "1")]);
            Assert.DoesNotContain("{", chinese, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
