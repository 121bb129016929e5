using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Demand;

/// <summary>What the buyer does beside paying: looking, confirming, praising, complaining.</summary>
internal sealed partial class OrderLife
{
    private void Visit(Order order, Seller seller, Rng rng)
    {
        var p = _world.Parameters;
        var operation = order.MixUp ? null : order.Operation;
        // People who only look; the log is a sample.
        for (var n = rng.Poisson(0.8); n > 0; n--)
        {
            var at = order.Created + rng.Between(-40000, 40000);
            _feed.Add(new VisitRow
            {
                Platform = (byte)seller.Platform,
                Buyer = _world.Buyers.Any(seller.Platform, rng),
                Listing = Marketplace.DrawListing(seller, rng),
                At = at,
                Source = (byte)rng.Below(6),
                Keyword = rng.Chance(0.55) ? rng.Below(2292) : -1,
                Dwell = (int)rng.LogNormal(28, 1.1) + 1,
                Compared = (short)rng.Geometric(0.4),
                Flags = (byte)((rng.Chance(0.04) ? 1 : 0) | (rng.Chance(0.06) ? 2 : 0) | (rng.Chance(0.03) ? 4 : 0)),
            });
        }

        if (!rng.Chance(operation is null ? p.VisitLogged : p.VisitLogged * operation.Visits))
            return;
        var visit = new VisitRow
        {
            Platform = (byte)seller.Platform,
            Buyer = order.Buyer,
            Listing = order.Lines[0].Listing,
            Source = (byte)order.Source,
            Order = order.Id,
        };
        if (operation is null)
        {
            visit.Dwell = order.Dwell > 0 ? (int)rng.LogNormal(order.Dwell, 0.5) + 1 : (int)rng.LogNormal(95, 1.0) + 2;
            visit.Compared = (short)rng.Geometric(0.3);
            visit.Keyword = order.Source == Source.Search ? Taste(rng) : -1;
            visit.Flags = (byte)((rng.Chance(0.12) ? 1 : 0) | (rng.Chance(0.35) ? 2 : 0) | (rng.Chance(0.16) ? 4 : 0));
        }
        else
        {
            visit.Dwell = Math.Max(3, (int)(operation.DwellMean * Math.Exp(operation.DwellSigma * rng.Normal())));
            visit.Compared = (short)(rng.Chance(operation.ComparedExact) ? operation.Compared : rng.Geometric(0.3));
            visit.Keyword = order.Source == Source.Search
                ? rng.Chance(operation.SameKeyword) ? (int)(Mixer.Mix(operation.Id, (ulong)order.Seller) % 2292) : Taste(rng)
                : -1;
            visit.Flags = (byte)((rng.Chance(operation.Chats * 0.8) ? 1 : 0) | (rng.Chance(0.5) ? 2 : 0) | (rng.Chance(operation.Chats) ? 4 : 0));
        }

        visit.At = order.Created - visit.Dwell - rng.Between(5, 900);
        _feed.Add(visit);
    }

    /// <summary>Most type what most type.</summary>
    private static int Taste(Rng rng) => (int)(2292 * Math.Pow(rng.Unit(), 2.2));

    private void Complete(Order order, ref OrderFate fate, int received, Rng rng)
    {
        var p = _world.Parameters;
        var platform = _world.Platforms[order.Platform];
        var operation = order.Operation;
        if (received <= 0 && operation is null && fate.Fulfilment == 0)
            return;
        var confirms = order.MixUp ? 0 : operation?.Confirms ?? p.ConfirmShare;
        var auto = Math.Max(fate.Shipped, fate.Paid) + (platform.AutoConfirmDays * Clock.Day);
        if (received > auto)
            auto = received + (3 * Clock.Day);
        if (rng.Chance(confirms))
        {
            var hours = operation is null ? rng.LogNormal(18, 1.0) : rng.LogNormal(operation.ConfirmHours, 0.7);
            var from = received > 0 ? received : fate.Shipped + rng.Between(2, 5) * Clock.Day;
            fate.Completed = from + (int)(hours * Clock.Hour);
            fate.ByBuyer = true;
            if (fate.Completed > auto)
            {
                fate.Completed = auto;
                fate.ByBuyer = false;
            }
        }
        else if (!order.MixUp)
        {
            fate.Completed = auto;
        }

        if (fate.Completed > 0 && fate.Completed < p.EndOfFeed)
            fate.Status = 3;
        else
            fate.Completed = 0;
    }

    private void Review(Order order, Seller seller, in OrderFate fate, Rng rng)
    {
        if (fate.Completed == 0)
            return;
        var operation = order.Operation;
        var share = operation?.Reviews ?? _world.Parameters.ReviewShare * seller.ReviewBias * (fate.ByBuyer ? 1.3 : 0.4);
        if (!rng.Chance(share))
            return;
        var hours = operation is null ? rng.LogNormal(20, 1.4) : rng.LogNormal(operation.ReviewHours, 0.9);
        var from = operation is not null && !fate.ByBuyer ? Math.Min(fate.Completed, fate.Shipped + (6 * Clock.Day)) : fate.Completed;
        _feed.Add(new ReviewRow
        {
            Platform = (byte)order.Platform,
            Order = order.Id,
            Listing = order.Lines[0].Listing,
            Buyer = order.Buyer,
            At = from + (int)(hours * Clock.Hour) + 60,
            Rating = (byte)(operation is null
                ? rng.Unit() switch { < 0.76 => 5, < 0.87 => 4, < 0.93 => 3, < 0.96 => 2, _ => 1 }
                : rng.Chance(0.96) ? 5 : 4),
            Pictures = (sbyte)(rng.Chance(operation is null ? 0.22 : 0.45) ? rng.Between(1, 5) : 0),
            Voice = operation?.Voice ?? -1,
            Salt = rng.Next(),
        });
    }

    private void Complain(Order order, Seller seller, in OrderFate fate, int received, Rng rng)
    {
        var id = _feed.OrderId(order.Platform, order.Id);
        var platform = _world.Platforms[order.Platform].Name;
        if (order.MixUp)
        {
            if (rng.Chance(0.85))
            {
                _feed.Reports.Add(new(fate.Paid + (rng.Between(4, 10) * Clock.Day) + rng.Below(Clock.Day), rng.Chance(0.8) ? "not_received" : "empty_parcel", "order", platform, id, "recipient", rng.Pick(s_missing)));
            }

            return;
        }

        if (order.Operation is null && fate.Fulfilment == 0 && fate.Shipped > 0 && rng.Chance(received == 0 ? 0.02 : 0.0012))
        {
            _feed.Reports.Add(new(fate.Shipped + (rng.Between(4, 11) * Clock.Day) + rng.Below(Clock.Day), rng.Chance(0.7) ? "not_received" : rng.Chance(0.4) ? "empty_parcel" : "other", "order", platform, id, "recipient", rng.Pick(s_missing)));
        }

        if (order.Hostile && rng.Chance(0.03))
            _feed.Reports.Add(new(order.Created + rng.Between(3600, 90000), "hostile_orders", "seller", platform, _feed.SellerId(seller.Index), "seller", "大量陌生账号集中下单后退款，疑似恶意攻击"));
    }

    private static readonly string[] s_missing =
        ["显示签收但我没有收到", "没收到货", "物流说门卫代收，我们没有门卫", "打开是空袋子", "快递没到就签收了", "东西少了"];
}
