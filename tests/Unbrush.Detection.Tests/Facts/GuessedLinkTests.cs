using System.Globalization;
using Unbrush.Detection.Facts;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Loading;

namespace Unbrush.Detection.Tests.Facts;

/// <summary>A feed that links no parcel to an order: five shops with sixty orders, each with its parcel four minutes before it was reported sent, and what a test adds.</summary>
public sealed class GuessedLinkTests : IDisposable
{
    private readonly DuckDbStore _store = new();

    public GuessedLinkTests()
    {
        _store.Execute(FeedTables.CreateAll);
        for (var i = 0; i < 60; i++)
        {
            Order($"P{i}", i % 5, $"home{i}", 24 + i);
            Parcel($"N{i}", i % 5, $"home{i}", 24 + i);
        }
    }

    [Fact]
    public void Each_of_two_orders_to_one_address_takes_the_parcel_that_was_sent_with_it()
    {
        Order("paid-first", 1, "flat", sent: 90);
        Order("paid-second", 2, "flat", sent: 40);
        Parcel("late", 1, "flat", made: 90);
        Parcel("early", 2, "flat", made: 40);
        Assert.Equal(["late"], ParcelsOf("paid-first"));
        Assert.Equal(["early"], ParcelsOf("paid-second"));
    }

    [Fact]
    public void Of_several_sent_at_once_the_shops_own_sender_tells_which()
    {
        Order("mine", 1, "flat", sent: 40);
        Order("hers", 2, "flat", sent: 40);
        Parcel("A", 2, "flat", made: 40);
        Parcel("B", 1, "flat", made: 40);
        Assert.Equal(["B"], ParcelsOf("mine"));
        Assert.Equal(["A"], ParcelsOf("hers"));
    }

    [Fact]
    public void A_parcel_whose_recipient_is_not_known_is_found_by_its_sender_and_its_time()
    {
        Order("nameless", 3, "flat", sent: 51);
        Parcel("hidden", 3, null, made: 51);
        Parcel("of-another-shop", 4, null, made: 51);
        Assert.Equal(["hidden"], ParcelsOf("nameless"));
    }

    [Fact]
    public void A_parcel_to_the_address_at_another_time_is_not_taken()
    {
        Order("unsent", 3, "flat", sent: 30);
        Parcel("of-next-week", 3, "flat", made: 30 + (5 * 24));
        Assert.Empty(ParcelsOf("unsent"));
    }

    [Fact]
    public void Orders_of_one_shop_that_are_sent_together_are_in_one_parcel()
    {
        Order("one", 3, "flat", sent: 51);
        Order("two", 3, "flat", sent: 51);
        Parcel("both", 3, "flat", made: 51);
        Assert.Equal(["both"], ParcelsOf("one"));
        Assert.Equal(["both"], ParcelsOf("two"));
    }

    [Fact]
    public void Where_the_feed_links_one_parcel_none_is_guessed()
    {
        _store.Execute("INSERT INTO parcel_orders (carrier, waybill_no, platform, order_id) VALUES ('zto', 'N1', 'tb', 'P1')");
        Assert.Equal(["N1"], ParcelsOf("P1"));
        Assert.Empty(ParcelsOf("P2"));
    }

    public void Dispose() => _store.Dispose();

    /// <param name="id">The order.</param>
    /// <param name="shop">The shop's number.</param>
    /// <param name="address">Where to.</param>
    /// <param name="sent">At which hour it was reported sent; it was paid a day before.</param>
    private void Order(string id, int shop, string address, int sent) =>
        _store.Execute($"INSERT INTO orders (platform, order_id, seller_id, buyer_id, created_at, paid_at, shipped_at, address_key) VALUES ('tb', '{id}', 'S{shop}', 'b-{address}', {Hour(sent - 24)}, {Hour(sent - 24)}, {Hour(sent)}, '{address}')");

    private void Parcel(string number, int shop, string? address, int made) =>
        _store.Execute($"INSERT INTO parcels (carrier, waybill_no, created_at, sender_key, recipient_key) VALUES ('zto', '{number}', {Hour(made)} - INTERVAL 4 MINUTE, 'sender{shop}', {(address is null ? "NULL" : $"'{address}'")})");

    private static string Hour(int hour) => string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '2026-03-01 00:00:00' + INTERVAL {hour} HOUR");

    private List<string> ParcelsOf(string order)
    {
        new FactBuilder(_store, ProductData.Facts).Build(cancel: TestContext.Current.CancellationToken);
        var found = new List<string>();
        using var reader = _store.Query($"SELECT w.waybill_no FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no JOIN fact_waybill w ON w.parcel_no = l.parcel_no WHERE o.order_id = '{order}' ORDER BY 1");
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }
}
