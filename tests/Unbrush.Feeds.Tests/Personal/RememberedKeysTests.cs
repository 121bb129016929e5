using Unbrush.Feeds.Personal;

namespace Unbrush.Feeds.Tests.Personal;

public sealed class RememberedKeysTests
{
    [Fact]
    public void A_text_always_has_the_key_that_the_function_gives_it() =>
        // Short texts of few letters come again, and begin and end alike; long ones are not remembered.
        Gen.OneOf(Gen.Char['a', 'c'].Array[0, 9].Select(c => new string(c)), Gen.Char['运', '送'].Array[0, 3].Select(c => new string(c)), Gen.Const(new string('x', 3000))).Array[0, 400].Sample(texts =>
        {
            var keys = new RememberedKeys(Make);
            return Array.TrueForAll(texts, t => keys.Of(t, out var mark).ToString() == (Make(t).Key ?? "") && mark == Make(t).Mark);
        });

    [Fact]
    public void Each_key_is_made_once()
    {
        var made = 0;
        var keys = new RememberedKeys(t => ($"{made++}", 0));
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 5000; i++)
                Assert.Equal($"{i}", keys.Of($"text {i}", out _));
        }

        Assert.Equal(5000, made);
    }

    [Fact]
    public void A_key_in_hand_stays_when_all_are_forgotten()
    {
        var keys = new RememberedKeys(t => (t + "!", 7));
        var first = keys.Of("first", out _);
        for (var i = 0; i < 300_000; i++)
            keys.Of($"{i}", out _);
        Assert.Equal("first!", first);
        Assert.Equal("first!", keys.Of("first", out var mark));
        Assert.Equal(7, mark);
    }

    private static (string? Key, ushort Mark) Make(string text) => (text.Contains('b', StringComparison.Ordinal) ? null : text + "|key", (ushort)text.Length);
}
