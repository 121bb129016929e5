using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Signals;

/// <summary>A weight cannot exceed what the signal's rarity in the feed bears: nearly all of a feed is genuine.</summary>
public sealed class RarityTests
{
    [Theory]
    [InlineData(1, 9000, 2800)] // one in a thousand: thirty decibans, less the allowance of two
    [InlineData(10, 9000, 1800)]
    [InlineData(100, 9000, 800)]
    [InlineData(1000, 9000, 0)] // what everybody shows is no evidence
    [InlineData(700, 9000, 0)] // 1.5 dB less the allowance: never below zero
    [InlineData(10, 1700, 1700)] // what it bears stays as it is
    [InlineData(10, -9000, -9000)] // what speaks for a subject is not bounded
    [InlineData(1200, 9000, 0)] // said more than once of some
    public void A_weight_is_at_most_what_its_share_of_the_feed_bears(int shown, int centi, int bounded)
    {
        using var store = Evidence();
        Show(store, signal: 3, shown, centi);
        SignalRunner.BoundByRarity(store, Subject.Order, 1000, -2);
        Assert.Equal([(3, bounded, shown)], Levels(store));
    }

    [Fact]
    public void The_stronger_is_bounded_by_how_many_show_as_much_and_the_weaker_by_how_many_show_as_much_or_more()
    {
        using var store = Evidence();
        Show(store, signal: 3, 10, 9000);
        Show(store, signal: 3, 90, 4000);
        Show(store, signal: 3, 500, -300);
        Show(store, signal: 4, 1, 4000);
        Show(store, signal: 5, 1200, 4000); // said more than once of some: everybody's, and not more
        SignalRunner.BoundByRarity(store, Subject.Order, 1000, 3);
        Assert.Equal([(3, -300, 500), (3, 1300, 90), (3, 2300, 10), (4, 3300, 1), (5, 300, 1200)], Levels(store));
    }

    [Fact]
    public void A_feed_without_subjects_has_nothing_to_bound()
    {
        using var store = Evidence();
        SignalRunner.BoundByRarity(store, Subject.Order, 0, -2);
        Assert.Empty(Levels(store));
    }

    private static DuckDbStore Evidence()
    {
        var store = new DuckDbStore();
        store.Execute("CREATE TABLE evidence_order (signal SMALLINT, order_no INTEGER, value DOUBLE, expected DOUBLE, hard BOOLEAN, centi INTEGER, detail VARCHAR[])");
        return store;
    }

    private static void Show(DuckDbStore store, int signal, int count, int centi) =>
        store.Execute($"INSERT INTO evidence_order SELECT {signal}, i, 1, 0, false, {centi}, NULL FROM range(1, {count + 1}) t(i)");

    private static List<(int Signal, int Centi, int Count)> Levels(DuckDbStore store)
    {
        var levels = new List<(int, int, int)>();
        using var reader = store.Query("SELECT signal, centi, count(*) FROM evidence_order GROUP BY signal, centi ORDER BY signal, centi");
        while (reader.Read())
            levels.Add((reader.GetInt16(0), reader.GetInt32(1), (int)reader.GetInt64(2)));
        return levels;
    }
}
