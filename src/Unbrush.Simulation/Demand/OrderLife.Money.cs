using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Demand;

/// <summary>Where the money goes.</summary>
internal sealed partial class OrderLife
{
    private static readonly string[] s_why =
        ["质量问题", "与描述不符", "尺寸不合适", "少件漏发", "七天无理由", "物流太慢", "不喜欢"];

    private void Pay(Order order, Seller seller, int at, long amount) => _feed.Add(new PaymentRow
    {
        At = at,
        Payer = order.Payer,
        Payee = seller.Wallet,
        Amount = amount,
        Kind = PaymentKind.Order,
        Platform = (sbyte)order.Platform,
        Order = order.Id,
    });

    private void Refund(Order order, Seller seller, ref OrderFate fate, int at, long amount, string by, string reason)
    {
        if (at >= _world.Parameters.EndOfFeed)
            return;
        fate.Refunded = amount;
        fate.RefundedAt = at;
        fate.RefundedBy = by;
        fate.RefundReason = reason;
        _feed.Add(new PaymentRow
        {
            At = at,
            Payer = seller.Wallet,
            Payee = order.Payer,
            Amount = amount,
            Kind = PaymentKind.Refund,
            Platform = (sbyte)order.Platform,
            Order = order.Id,
        });
    }

    /// <summary>A hostile order is asked back within a day.</summary>
    private void Cancel(Order order, Seller seller, ref OrderFate fate, Rng rng)
    {
        Pay(order, seller, fate.Paid, fate.Amount);
        fate.Status = 4;
        if (rng.Chance(0.35))
        {
            fate.Shipped = fate.Paid + rng.Between(7200, 40000);
        }

        Refund(order, seller, ref fate, fate.Paid + rng.Between(1200, 84000), fate.Amount, "buyer", rng.Pick(s_why));
        Complain(order, seller, fate, 0, rng);
        End(order, fate);
    }

    private void AfterSale(Order order, Seller seller, ref OrderFate fate, int received, Rng rng)
    {
        if (fate.Refunded > 0 || fate.Paid == 0 || received == 0 || !rng.Chance(_world.Parameters.RefundShare * 0.6 * seller.RefundBias))
            return;
        var at = received + rng.Between(3600, 9 * Clock.Day);
        switch (rng.Unit())
        {
            case < 0.4:
                Refund(order, seller, ref fate, at, fate.Amount, "platform", rng.Pick(s_why));
                break;
            case < 0.6:
                Refund(order, seller, ref fate, at, (long)(fate.Amount * rng.Between(0.05, 0.4)), "seller", rng.Pick(s_why));
                break;
            case < 0.9:
                Refund(order, seller, ref fate, at, fate.Amount, "seller", rng.Pick(s_why));
                break;
            default:
                // Settled outside the platform, as small shops do: part of the price, now and then all of it.
                if (rng.Chance(_world.Parameters.TransfersSeen))
                {
                    _feed.Add(new PaymentRow
                    {
                        At = at,
                        Payer = rng.Chance(0.5) ? seller.Wallet : seller.PrivateWallet,
                        Payee = _world.Buyers.WalletKey(order.Buyer),
                        Amount = rng.Chance(0.12) ? fate.Amount : (long)(fate.Amount * rng.Between(0.05, 0.5)),
                        Kind = PaymentKind.Transfer,
                        Platform = -1,
                        Memo = rng.Chance(0.5) ? "补差价" : null,
                    });
                }

                break;
        }
    }

    /// <summary>A few yuan for praise: forbidden, but the sale is real.</summary>
    private void CashBack(Order order, Seller seller, in OrderFate fate, Rng rng)
    {
        if (!rng.Chance(_world.Parameters.TransfersSeen))
            return;
        _feed.Add(new PaymentRow
        {
            At = fate.Completed + rng.Between(600, 3 * Clock.Day),
            Payer = rng.Chance(0.6) ? seller.Wallet : seller.PrivateWallet,
            Payee = _world.Buyers.WalletKey(order.Buyer),
            Amount = rng.Between(1, 5) * 100,
            Kind = PaymentKind.Transfer,
            Platform = -1,
            Memo = rng.Chance(0.4) ? "好评返现" : null,
        });
    }

    private void Repay(Order order, Seller seller, Operation operation, in OrderFate fate, int received, Rng rng)
    {
        if (operation.Loop == Loop.None || !order.Fake || !rng.Chance(operation.LoopShare))
            return;
        var commission = rng.Between(operation.CommissionFrom, operation.CommissionTo);
        if (operation.CommissionTo > 300)
            commission = commission / 50 * 50;
        var at = fate.Paid + (operation.LoopFrom * Clock.Day) + (int)(rng.Unit() * Math.Max(1, operation.LoopTo - operation.LoopFrom) * Clock.Day) + rng.Below(20000);
        if (operation.Loop == Loop.Monthly)
        {
            var key = ((at / Clock.Day / 30) + 1, order.Platform, order.Buyer);
            operation.Owed.TryGetValue(key, out var owed);
            operation.Owed[key] = owed + fate.Amount + commission;
            return;
        }

        if (!rng.Chance(_world.Parameters.TransfersSeen))
            return;
        var purse = operation.Loop == Loop.Organiser ? operation.Wallet((ulong)order.Buyer)
            : operation.PrivatePurse ? seller.PrivateWallet : seller.Wallet;
        var frontedByOrganiser = order.Payer != _world.Buyers.PayerKey(order.Buyer);
        _feed.Add(new PaymentRow
        {
            At = at,
            Payer = purse,
            Payee = frontedByOrganiser ? order.Payer == purse ? _world.Buyers.WalletKey(order.Buyer) : order.Payer : _world.Buyers.WalletKey(order.Buyer),
            // Where the organiser fronted the money, the shop pays him back and the brusher gets his fee alone.
            Amount = frontedByOrganiser && order.Payer == purse ? commission : fate.Amount + commission,
            Kind = PaymentKind.Transfer,
            Platform = -1,
            Memo = rng.Chance(0.05) ? rng.Chance(0.5) ? "货款" : "返" : null,
        });
    }

    /// <summary>Pays what operations owe to their brushers by the month.</summary>
    public void Settle(int day, Rng rng)
    {
        foreach (var operation in _world.Scenarios.OfType<Operation>())
        {
            if (operation.Loop != Loop.Monthly || (day + (int)(operation.Id % 30)) % 30 != 0)
                continue;
            foreach (var ((month, platform, buyer), owed) in operation.Owed.Where(o => o.Key.Month <= day / 30).ToList())
            {
                operation.Owed.Remove((month, platform, buyer));
                if (!rng.Chance(_world.Parameters.TransfersSeen))
                    continue;
                _feed.Add(new PaymentRow
                {
                    At = (day * Clock.Day) + rng.Between(9 * Clock.Hour, 22 * Clock.Hour),
                    Payer = operation.Wallet((ulong)buyer),
                    Payee = _world.Buyers.WalletKey(buyer),
                    Amount = owed,
                    Kind = PaymentKind.Transfer,
                    Platform = -1,
                });
            }
        }
    }

    /// <summary>The money that moves among people for other reasons: friends, wages, suppliers, the platform's payouts.</summary>
    public void Bustle(int day, int orders, Rng rng)
    {
        var buyers = _world.Buyers;
        var sellers = _world.Market.Sellers;
        for (var n = rng.Poisson(orders * 0.05); n > 0; n--)
        {
            var round = rng.Chance(0.6);
            _feed.Add(new PaymentRow
            {
                At = (day * Clock.Day) + (int)(_world.Demand.Hour(rng) * Clock.Hour),
                Payer = rng.Unit() switch
                {
                    < 0.75 => buyers.WalletKey(rng.Below(buyers.Count)),
                    < 0.85 => rng.Pick(sellers).PrivateWallet,
                    < 0.93 => rng.Pick(sellers).Wallet,
                    _ => Mixer.Mix(_world.Parameters.Seed, 130, (ulong)rng.Below(400)),
                },
                Payee = rng.Chance(0.8) ? buyers.WalletKey(rng.Below(buyers.Count)) : rng.Pick(sellers).PrivateWallet,
                Amount = round ? rng.Between(1, 60) * 1000 : (long)rng.LogNormal(9000, 1.2) + 100,
                Kind = PaymentKind.Transfer,
                Platform = -1,
                Memo = rng.Chance(0.1) ? rng.Pick(s_friends) : null,
            });
        }

        foreach (var seller in sellers)
        {
            if ((day + seller.Index) % 7 != 0 || seller.ActiveFrom > day)
                continue;
            _feed.Add(new PaymentRow
            {
                At = (day * Clock.Day) + rng.Between(1 * Clock.Hour, 5 * Clock.Hour),
                Payer = Mixer.Mix(_world.Parameters.Seed, 131, (ulong)seller.Platform),
                Payee = seller.Wallet,
                Amount = (long)rng.LogNormal(120_000 * seller.Popularity, 0.8) + 100,
                Kind = PaymentKind.Payout,
                Platform = (sbyte)seller.Platform,
            });
        }
    }

    private static readonly string[] s_friends = ["吃饭", "AA", "红包", "房租", "货款", "工资", "还钱", "生日快乐"];
}
