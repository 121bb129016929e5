using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;
using Unbrush.Simulation.Truth;

namespace Unbrush.Simulation.Demand;

/// <summary>Lets an order live: visit, payment, parcel, receipt, review, money back. One way for all, fake or not.</summary>
internal sealed partial class OrderLife
{
    private readonly World _world;
    private readonly Feed _feed;
    private readonly TruthBook _truth;
    private readonly Tracker _tracker;
    private readonly Forger _forger;
    private readonly ulong[] _nextOrder;

    public OrderLife(World world, Feed feed, TruthBook truth)
    {
        _world = world;
        _feed = feed;
        _truth = truth;
        var timetable = new Carriers.Timetable(world.Parameters, world.Network);
        _tracker = new Tracker(world.Parameters, world.Atlas, world.Network, timetable, world.Outages);
        _forger = new Forger(world.Parameters, _tracker, world.Network);
        _nextOrder = new ulong[world.Platforms.Length];
    }

    /// <summary>Gives the order its number: numbers rise with time on each platform, for all orders alike.</summary>
    public void Number(Order order, Rng rng) =>
        order.Id = _nextOrder[order.Platform] += (ulong)rng.Between(1, 4000);

    public void Live(Order order, Rng rng)
    {
        var p = _world.Parameters;
        var seller = _world.Market.Sellers[order.Seller];
        var operation = order.Operation;
        var fate = new OrderFate
        {
            Amount = Amount(order, rng),
            Fulfilment = Category.All[seller.Category].Fulfilment,
            DeviceLogged = rng.Chance(p.DeviceLogged),
            IpLogged = rng.Chance(p.IpLogged),
            PayerLogged = rng.Chance(p.PayerLogged),
            AddressLogged = rng.Chance(0.97),
            KindLogged = rng.Chance(0.9),
            Memo = Memo(order, seller, rng),
        };
        Visit(order, seller, rng);

        var wanted = order.Operation is not null || order.Hostile;
        if (!wanted && rng.Chance(0.025))
        {
            fate.Status = (byte)(rng.Chance(0.9) ? 4 : 0);
            End(order, fate);
            return;
        }

        fate.Paid = order.Created + (int)Math.Min(rng.LogNormal(order.Fake ? 38 : 35, 1.2) + 3, 70000);
        var cash = !wanted && fate.Fulfilment == 0 && rng.Chance(p.CashOnDeliveryShare);
        if (order.Hostile && rng.Chance(0.95))
        {
            Cancel(order, seller, ref fate, rng);
            return;
        }

        if (!wanted && rng.Chance(0.015))
        {
            fate.Status = 4;
            Pay(order, seller, fate.Paid, fate.Amount);
            Refund(order, seller, ref fate, fate.Paid + rng.Between(600, 60000), fate.Amount, "buyer", rng.Chance(0.5) ? "不想要了" : "拍错了");
            End(order, fate);
            return;
        }

        if (seller.PresaleDays > 0 && !order.Fake && rng.Chance(0.7))
            fate.Promised = order.Created + (seller.PresaleDays * Clock.Day);

        if (fate.Fulfilment == 0 && seller.OffersPickup && !wanted && order.City == seller.City && order.Merge == 0 && rng.Chance(0.6))
            fate.Fulfilment = 3;

        int received;
        if (fate.Fulfilment == 0)
        {
            received = Ship(order, seller, cash, ref fate, rng);
            if (cash)
                fate.Paid = received > 0 ? received + rng.Between(60, 40000) : 0;
            fate.Status = 2;
        }
        else
        {
            received = fate.Paid + (fate.Fulfilment == 3 ? rng.Between(2 * Clock.Hour, 4 * Clock.Day) : rng.Between(5, 3600));
            fate.Status = 1;
        }

        if (fate.Paid > 0)
            Pay(order, seller, fate.Paid, fate.Amount);
        Complete(order, ref fate, received, rng);
        Review(order, seller, fate, rng);
        Complain(order, seller, fate, received, rng);
        if (operation is null)
            AfterSale(order, seller, ref fate, received, rng);
        if (operation is not null)
            Repay(order, seller, operation, fate, received, rng);
        else if (seller.CashBackForPraise && fate.Completed > 0 && rng.Chance(0.25))
            CashBack(order, seller, fate, rng);
        End(order, fate);
    }

    private void End(Order order, in OrderFate fate)
    {
        _feed.Write(order, fate);
        _truth.Add(order);
        if (order.Fake && Mixer.Unit(Mixer.Mix(order.Id, 300)) < 0.003)
            _feed.Labels.Add(("order", _world.Platforms[order.Platform].Name, _feed.OrderId(order.Platform, order.Id), "fake", "ledger", order.Created + (25 * Clock.Day)));
        else if (!order.Fake && !order.Victim && Mixer.Unit(Mixer.Mix(order.Id, 300)) < 0.0002)
            _feed.Labels.Add(("order", _world.Platforms[order.Platform].Name, _feed.OrderId(order.Platform, order.Id), "genuine", "appeal", order.Created + (25 * Clock.Day)));
    }

    private long Amount(Order order, Rng rng)
    {
        long sum = 0;
        foreach (var line in order.Lines)
            sum += (long)_world.Market.Listings[line.Listing].Price * line.Quantity;
        if (rng.Chance(0.35))
            sum -= (long)(sum * rng.Between(0.01, 0.2)) / 10 * 10;
        if (rng.Chance(0.12))
            sum += rng.Between(3, 15) * 100;
        return Math.Max(100, sum);
    }

    private static string? Memo(Order order, Seller seller, Rng rng)
    {
        if (order.Operation is { } operation && rng.Chance(operation.Memo))
            return rng.Pick(s_marks[(int)(operation.Id % (ulong)s_marks.Length)]);
        if (!seller.MemoHabit || !rng.Chance(0.06))
            return null;
        return rng.Pick(s_memos);
    }

    private static readonly string[][] s_marks = [["刷", "S单", "刷-已返"], ["补单", "B"], ["V1", "V2", "v群"], ["空", "空包"], ["放单 小王", "放单 阿龙"]];

    private static readonly string[] s_memos =
        ["加急", "送赠品", "补发配件", "老客户", "S码", "V领白色", "放门口", "补差价2元", "空运不要", "地址核对过", "B款", "flag=1; 已沟通", "周末送"];
}
