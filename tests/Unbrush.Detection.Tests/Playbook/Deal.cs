namespace Unbrush.Detection.Tests.Playbook;

internal sealed record Good(string Id, int Grams, decimal Price);

/// <summary>A shop, the outlet that fetches its parcels, and the address they come from.</summary>
internal sealed record Shop(string Id, string Carrier, string Outlet, int City, string Sender, string Wallet, List<Good> Goods);

/// <summary>A buyer with a home, a telephone and a wallet.</summary>
internal sealed record Person(string Id, int City, int Zone, string Device, string Network, string Wallet, string Address);

/// <summary>One order with all that an ordinary sale leaves in the feed; a test changes what its story changes.</summary>
internal sealed class Deal(Shop shop, Person person, Row order, Row item)
{
    public Shop Shop => shop;

    public Person Person => person;

    public Row Order => order;

    public Row Item => item;

    /// <summary>Its parcel, or null where it has none or travels in another order's.</summary>
    public Row? Parcel { get; set; }

    public Row? Link { get; set; }

    public List<Row> Scans { get; set; } = [];

    public List<Row> Payments { get; } = [];

    public Row? Visit { get; set; }

    public Row? Review { get; set; }

    public string Id => (string)order["order_id"]!;

    public IEnumerable<Row> Rows => ((IEnumerable<Row?>)[order, item, Parcel, Link, Visit, Review]).OfType<Row>().Concat(Scans).Concat(Payments);

    public Row Scan(string action) => Scans.First(s => (string)s["action"]! == action);

    public DateTime Created => order.Time("created_at");

    public DateTime Paid => order.Time("paid_at");

    public DateTime Delivered => Scan("delivered").Time("scanned_at");

    /// <summary>The buyer confirms with their own hand and, where a text is given, praises.</summary>
    public Deal Confirmed(DateTime at, string? text = null, int rating = 5)
    {
        order.Set(("status", "completed"), ("completed_by", "buyer"), ("completed_at", at));
        Review = text is null ? null : new("reviews", ("platform", Town.Platform), ("review_id", "r" + Id), ("order_id", Id), ("listing_id", item["listing_id"]), ("buyer_id", person.Id), ("reviewed_at", at.AddMinutes(3)), ("rating", rating), ("text", text));
        return this;
    }

    /// <summary>Nobody acts; the platform confirms after its days.</summary>
    public Deal Silent(DateTime at)
    {
        order.Set(("status", "completed"), ("completed_by", "auto"), ("completed_at", at));
        Review = null;
        return this;
    }

    /// <summary>The money goes back inside the platform.</summary>
    public Deal Refunded(DateTime at, string by, string reason)
    {
        order.Set(("status", "closed"), ("refunded_amount", order["amount"]), ("refunded_at", at), ("refunded_by", by), ("refund_reason", reason), ("completed_at", null), ("completed_by", null));
        Review = null;
        return this;
    }

    /// <summary>Nothing travels: the order keeps its rows, its parcel and scans go.</summary>
    public Deal Unsent()
    {
        Parcel = Link = null;
        Scans.Clear();
        return this;
    }

    /// <summary>Money from one wallet to another outside the platform.</summary>
    public Deal Transfer(DateTime at, string from, string to, decimal amount)
    {
        Payments.Add(new("payments", ("payment_id", $"x{Id}-{Payments.Count}"), ("paid_at", at), ("payer_key", from), ("payee_key", to), ("amount", amount), ("kind", "transfer")));
        return this;
    }
}
