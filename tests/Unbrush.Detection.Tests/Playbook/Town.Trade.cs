namespace Unbrush.Detection.Tests.Playbook;

/// <content>Ordinary trade: what a sale, a parcel's way and people's habits leave behind.</content>
internal sealed partial class Town
{
    private static readonly string[] Openings = ["Came quickly", "Well packed", "As in the picture", "Bought it for my mother", "The second time I buy here", "Colour a little darker", "Feels solid", "Smells a bit at first", "Fits our kitchen", "Cheaper than at the market", "The courier rang twice", "Small scratch on the back"];
    private static readonly string[] Middles = ["works since a week", "my son likes it", "size is right", "thread loose at the seam", "used it twice already", "a little smaller than thought", "no manual inside", "stronger than the old one", "washes well", "holds warm for hours", "the lid closes tight", "bought two more"];
    private static readonly string[] Endings = ["will come again", "four stars for the box", "recommended", "let us see how long", "fine for the money", "thanks to the shop", "would not buy in red", "good so far", "ask for the larger one", "arrived before the holiday"];

    /// <summary>Fills the town with its honest shops, buyers and orders.</summary>
    public Town Bustle(int orders = 3000)
    {
        for (var i = 0; i < 60; i++)
            Open($"s{i:D2}", Supply[i / 12], Carriers[i / 6 % 2], i % 2);
        var people = Settle("b", 1200, 20, 2200);
        var shops = Shops.ToArray();
        for (var i = 0; i < orders; i++)
        {
            var shop = shops[(int)(shops.Length * Math.Pow(Chance(), 1.3))];
            var deal = Sell(shop, people[(int)(people.Count * Math.Pow(Chance(), 1.4))], At(Next(0, Days)));
            if (Chance() < 0.04)
                deal.Refunded(deal.Delivered.Add(Hours(2, 60)), Chance() < 0.7 ? "buyer" : "seller", "did not fit");
            if (Chance() < 0.003)
                deal.Transfer(deal.Delivered.Add(Hours(2, 90)), shop.Wallet, deal.Person.Wallet, Math.Round((decimal)deal.Order["amount"]! * 0.2m, 2));
        }

        for (var i = 0; i < 400; i++)
            Add("payments", ("payment_id", $"t{i}"), ("paid_at", At(Next(0, Days))), ("payer_key", people[Next(0, 1200)].Wallet), ("payee_key", people[Next(0, 1200)].Wallet), ("amount", Next(10, 400)), ("kind", "transfer"));
        for (var i = 0; i < 2500; i++)
        {
            var good = shops[Next(0, 60)].Goods[Next(0, 4)];
            Add("visits", ("platform", Platform), ("buyer_id", people[Next(0, 1200)].Id), ("listing_id", good.Id), ("visited_at", At(Next(0, Days))), ("source", "search"), ("dwell_s", Dwell()), ("compared", Next(0, 7)), ("chatted", "false"));
        }

        return this;
    }

    /// <summary>One of the sixty background shops.</summary>
    public static Shop Pick(Town town, int number) => town.Shops[number % 60];

    /// <summary>An instant of that day at which people buy.</summary>
    public DateTime At(int day) => Start.AddDays(day).Add(Hours(8, 23.4));

    /// <summary>An ordinary sale with its parcel's way; the caller changes what the story changes.</summary>
    public Deal Sell(Shop shop, Person person, DateTime at, Good? good = null, int quantity = 1)
    {
        good ??= shop.Goods[Next(0, shop.Goods.Count)];
        var id = NewNumber("o");
        var amount = good.Price * quantity;
        var paid = at.Add(Hours(0.01, 0.3));
        var order = new Row("orders",
            ("platform", Platform), ("order_id", id), ("seller_id", shop.Id), ("created_at", at), ("buyer_id", person.Id), ("amount", amount), ("status", "completed"), ("paid_at", paid),
            ("fulfilment", "parcel"), ("source", "search"), ("device_key", person.Device), ("ip_key", person.Network), ("payer_key", person.Wallet), ("address_key", person.Address), ("address_kind", "house"), ("region", Region(person.City)));
        var item = new Row("order_items", ("platform", Platform), ("order_id", id), ("line", 1), ("listing_id", good.Id), ("quantity", quantity), ("unit_price", good.Price));
        var deal = new Deal(shop, person, order, item);
        Deals.Add(deal);
        Send(deal, good.Grams * quantity);
        var done = deal.Scans[^1].Time("scanned_at");
        if (Chance() < 0.5)
            deal.Confirmed(done.Add(Hours(0.5, 90)), Chance() < 0.5 ? Words() : null, Chance() < 0.8 ? 5 : Next(2, 5));
        else
            deal.Silent(done.AddDays(10));
        deal.Payments.Add(new("payments", ("payment_id", "p" + id), ("paid_at", paid), ("payer_key", person.Wallet), ("payee_key", "till"), ("amount", amount), ("kind", "order"), ("platform", Platform), ("order_id", id)));
        if (Chance() < 0.9)
            deal.Visit = new("visits", ("platform", Platform), ("buyer_id", person.Id), ("listing_id", good.Id), ("visited_at", at.AddSeconds(-Next(60, 1500))), ("source", "search"), ("dwell_s", Dwell()), ("compared", Next(0, 7)), ("chatted", Chance() < 0.2 ? "true" : "false"), ("order_id", id));
        return deal;
    }

    /// <summary>A parcel of so many grams from the shop's outlet to the buyer's door, with the scans of an ordinary way.</summary>
    public void Send(Deal deal, double grams)
    {
        var (shop, person) = (deal.Shop, deal.Person);
        var paid = deal.Paid;
        var picked = (paid.Hour < 14 ? paid.Date : paid.Date.AddDays(1)).Add(Hours(15.2, 19.2));
        var waybill = NewNumber(shop.Carrier);
        var weighed = Math.Max(5, (int)((grams * (1.02 + (0.05 * Chance()))) + 8));
        deal.Order.Set(("shipped_at", picked));
        deal.Parcel = new("parcels",
            ("carrier", shop.Carrier), ("waybill_no", waybill), ("created_at", picked.AddMinutes(-Next(20, 200))), ("sender_key", shop.Sender), ("sender_region", Region(shop.City)),
            ("recipient_key", person.Address), ("recipient_region", Region(person.City)), ("origin_facility", shop.Outlet), ("weight_g", weighed), ("fee", 3.2m));
        deal.Link = new("parcel_orders", ("carrier", shop.Carrier), ("waybill_no", waybill), ("platform", Platform), ("order_id", deal.Id), ("linked_at", deal.Parcel["created_at"]));
        deal.Scans = Way(shop.Carrier, waybill, shop.Outlet, shop.City, person, picked, weighed);
    }

    /// <summary>The scans of an ordinary way.</summary>
    public List<Row> Way(string carrier, string waybill, string outlet, int city, Person to, DateTime picked, int grams)
    {
        var scans = new List<Row>();
        var last = OutletOf(carrier, to.City, to.Zone);
        Scan(picked, "picked_up", outlet, $"{outlet}-courier{Next(0, 4)}")["weight_g"] = grams;
        var at = picked.Date.Add(Hours(19.6, 21.4));
        var here = outlet;
        Haul($"{carrier}-{city}-c", 22);
        if (Chance() < 0.95)
            scans[^1]["weight_g"] = Math.Max(4, (int)Math.Round(grams * (0.985 + (0.03 * Chance()))));
        if (city != to.City)
            Haul($"{carrier}-{to.City}-c", Kilometres(city, to.City) * 1.27);
        Haul(last, 25);
        var leaves = at.Hour < 13 ? at.Date.Add(TimeSpan.FromHours(Math.Max(at.TimeOfDay.TotalHours, 7.5))).Add(Hours(0.2, 1.4)) : at.Date.AddDays(1).Add(Hours(7.4, 9.6));
        var courier = $"{last}-courier{Next(0, 4)}";
        Scan(leaves, "out_for_delivery", last, courier);
        if (Chance() < 0.25)
        {
            var station = $"{carrier}-{to.City}-s";
            var put = leaves.Add(Hours(0.6, 6));
            Sign(Scan(put, "delivered", station, station + "-keeper"), "station", "code");
            Sign(Scan(put.Add(Hours(1, 30)), "collected", station, null), "recipient", "code");
        }
        else
        {
            Sign(Scan(leaves.Add(Hours(0.3, 9)), "delivered", last, courier), Chance() < 0.9 ? "recipient" : "doorman", Chance() < 0.93 ? Chance() < 0.5 ? "photo" : "signature" : "none");
        }

        // One scan in a hundred is lost on its way to the server.
        scans.RemoveAll(s => s["action"] is not ("picked_up" or "delivered") && Chance() < 0.01);
        return scans;

        Row Scan(DateTime when, string action, string facility, string? hand)
        {
            Row row = new("scans", ("carrier", carrier), ("waybill_no", waybill), ("scanned_at", when), ("action", action), ("facility_id", facility), ("operator_key", hand), ("weight_g", null), ("vehicle_id", null), ("bag_id", null));
            scans.Add(row);
            return row;
        }

        void Haul(string to, double kilometres)
        {
            at = at.Add(Hours(0.4, 3));
            var truck = Chance() < 0.97 ? $"truck-{here}-{to}-{at.Day % 3}" : null;
            var bag = $"bag-{here}-{to}-{at:MMdd}-{Next(0, 3)}";
            Scan(at, "departed", here, $"{here}-hand{Next(0, 8)}").Set(("vehicle_id", truck), ("bag_id", bag));
            at = at.Add(Hours(0.4, 1.2)).AddHours(kilometres / (56 + (12 * Chance())));
            Scan(at, "arrived", to, $"{to}-hand{Next(0, 8)}").Set(("vehicle_id", truck), ("bag_id", bag));
            here = to;
        }
    }

    /// <summary>What people write about goods: no two quite alike.</summary>
    public string Words() => $"{Openings[Next(0, Openings.Length)]}, {Middles[Next(0, Middles.Length)]}, {Middles[Next(0, Middles.Length)]}, {Endings[Next(0, Endings.Length)]}.";

    private int Dwell() => (int)(40 * Math.Exp(3 * Chance()));

    private static void Sign(Row scan, string signer, string proof) => scan.Set(("signer", signer), ("proof", proof));
}
