using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Demand;

/// <summary>Common trade: people who buy what they want.</summary>
internal sealed class Shoppers
{
    private static readonly double[] s_hours =
        [1.6, 0.8, 0.4, 0.25, 0.2, 0.3, 0.8, 1.8, 3.2, 4.8, 5.6, 5.4, 5.2, 5.0, 5.1, 5.2, 5.1, 4.8, 4.9, 5.8, 7.2, 7.8, 6.2, 3.6];

    private readonly World _world;
    private readonly Sampler _hours = new(s_hours);
    private readonly double[] _dayWeight;
    private readonly Sampler _sellers;
    private readonly Sampler[] _sellersOf;
    private readonly int[][] _shops;

    public Shoppers(World world)
    {
        _world = world;
        var p = world.Parameters;
        var rng = Rng.Of(p.Seed, 9);
        _dayWeight = new double[p.Days];
        var growth = rng.Between(-0.3, 0.6);
        for (var d = 0; d < p.Days; d++)
        {
            var weekday = (p.FirstDay + d) % 7;
            _dayWeight[d] = (weekday is 1 or 2 ? 1.15 : 1) * (1 + (growth * d / p.Days)) * rng.Between(0.88, 1.12);
        }

        for (var k = rng.Between(1, 4); k > 0; k--)
            _dayWeight[rng.Below(p.Days)] *= rng.Between(1.6, 3.5);
        var sum = _dayWeight.Sum();
        for (var d = 0; d < p.Days; d++)
            _dayWeight[d] /= sum;

        var popularity = world.Market.Sellers.Select(s => s.Popularity).ToArray();
        _sellers = new Sampler(popularity);
        _shops = [.. Enumerable.Range(0, p.Platforms).Select(k => world.Market.Sellers.Where(s => s.Platform == k).Select(s => s.Index).ToArray())];
        _sellersOf = [.. _shops.Select(s => new Sampler([.. s.Select(i => popularity[i])]))];
    }

    /// <summary>Orders that the scenarios bring, to be kept out of common trade so that the sum is what was asked.</summary>
    public long Reserved { get; set; }

    /// <summary>A time of day, hours.</summary>
    public double Hour(Rng rng) => _hours.Draw(rng) + rng.Unit();

    /// <summary>Common orders of a day.</summary>
    public void Plan(int day, Rng rng, DayPlan plan)
    {
        var p = _world.Parameters;
        var mean = (p.Orders - Reserved) * _dayWeight[day - p.FirstDay];
        var left = (int)mean + (rng.Chance(mean - (int)mean) ? 1 : 0);
        while (left > 0)
            left -= Session(day, left, rng, plan);
    }

    private int Session(int day, int most, Rng rng, DayPlan plan)
    {
        var p = _world.Parameters;
        var at = (day * Clock.Day) + (int)(Hour(rng) * Clock.Hour);
        var seller = Shop(-1, day, rng);
        if (seller is null)
            return 1;
        var buyer = _world.Buyers.Draw(seller.Platform, day, rng);
        var loyal = _world.Buyers.LastSeller[buyer];
        if (loyal >= 0 && rng.Chance(0.16) && _world.Market.Sellers[loyal].ActiveFrom <= day)
            seller = _world.Market.Sellers[loyal];
        _world.Buyers.LastSeller[buyer] = seller.Index;
        var order = Common(seller, buyer, at, rng);
        plan.Orders.Add(order);
        var made = 1;
        if (rng.Chance(p.CartShare))
        {
            // One checkout of a cart is one order a shop, in the same second.
            order.Scenario = "cart";
            for (var k = 2 + rng.Geometric(0.45); k > 0 && made < most; k--)
            {
                if (Shop(seller.Platform, day, rng) is not { } other)
                    continue;
                var next = Common(other, buyer, at, rng);
                next.Device = order.Device;
                next.Ip = order.Ip;
                next.Scenario = "cart";
                plan.Orders.Add(next);
                made++;
            }
        }
        else if (rng.Chance(p.MergeShare))
        {
            // H7: forgot something, orders again, and all goes into one parcel.
            order.Merge = rng.Next() | 1;
            order.Scenario = "H7";
            var when = at;
            for (var k = 1 + rng.Geometric(0.7); k > 0 && made < most; k--)
            {
                when = Math.Min(when + rng.Between(60, 9000), ((day + 1) * Clock.Day) - 1);
                var again = Common(seller, buyer, when, rng);
                again.Merge = order.Merge;
                again.Scenario = "H7";
                plan.Orders.Add(again);
                made++;
            }

            foreach (var o in plan.Orders.AsEnumerable().Reverse().Take(made))
                o.ShipAfter = when;
        }
        else if (rng.Chance(p.FamilyMergeShare) && most > 1)
        {
            // The same, but the second order is the husband's account.
            order.Merge = rng.Next() | 1;
            order.Scenario = "H7";
            var when = Math.Min(at + rng.Between(60, 7200), ((day + 1) * Clock.Day) - 1);
            var other = _world.Buyers.Draw(seller.Platform, day, rng);
            var second = Common(seller, other, when, rng);
            ShipTo(second, buyer);
            second.Merge = order.Merge;
            second.Scenario = "H7";
            order.ShipAfter = second.ShipAfter = when;
            plan.Orders.Add(second);
            made++;
        }

        return made;
    }

    /// <summary>A shop that sells on the day.</summary>
    public Seller? Shop(int platform, int day, Rng rng)
    {
        for (var tries = 0; tries < 12; tries++)
        {
            var i = platform < 0 ? _sellers.Draw(rng) : _shops[platform].Length == 0 ? -1 : _shops[platform][_sellersOf[platform].Draw(rng)];
            if (i >= 0 && _world.Market.Sellers[i].ActiveFrom <= day)
                return _world.Market.Sellers[i];
        }

        return null;
    }

    /// <summary>An order as anybody might place it.</summary>
    public Order Common(Seller seller, int buyer, int at, Rng rng)
    {
        var buyers = _world.Buyers;
        var lines = new Line[rng.Unit() switch { < 0.84 => 1, < 0.96 => 2, _ => 3 }];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i].Listing = Marketplace.DrawListing(seller, rng);
            lines[i].Quantity = rng.Unit() switch { < 0.86 => 1, < 0.95 => 2, < 0.985 => 3, _ => 4 + rng.Geometric(0.2) };
        }

        var order = new Order
        {
            Platform = seller.Platform,
            Seller = seller.Index,
            Buyer = buyer,
            Created = at,
            Lines = lines,
            Source = rng.Unit() switch { < 0.52 => Source.Search, < 0.7 => Source.Direct, < 0.86 => Source.Ad, < 0.91 => Source.Live, < 0.95 => Source.Campaign, _ => Source.Other },
            Device = buyers.DeviceKey(buyer, rng),
            Ip = buyers.IpKey(buyer, at / Clock.Day, rng),
            Payer = rng.Chance(0.985) ? buyers.PayerKey(buyer) : buyers.WalletKey(buyers.Any(seller.Platform, rng)),
        };
        ShipTo(order, buyer);
        if (rng.Chance(0.06))
        {
            // A present, or the office instead of home.
            ShipTo(order, buyers.Any(seller.Platform, rng));
        }

        return order;
    }

    /// <summary>Sends the order to the address of another account's owner.</summary>
    public void ShipTo(Order order, int buyer)
    {
        var buyers = _world.Buyers;
        order.Address = buyers.AddressKey(buyer);
        order.Kind = buyers.Kind[buyer];
        order.City = buyers.City[buyer];
        order.Zone = buyers.Zone[buyer];
    }
}
