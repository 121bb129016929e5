using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.Demand;

/// <summary>How the goods, or what stands for them, get a waybill and a track.</summary>
internal sealed partial class OrderLife
{
    private readonly Dictionary<ulong, (int Carrier, ulong Waybill, int Created, int Received, int Shipped)> _merged = [];
    private readonly Dictionary<int, (int Carrier, ulong Waybill, int Created)> _lastOf = [];

    /// <summary>Ships an order. Returns when its buyer had it, or 0.</summary>
    private int Ship(Order order, Seller seller, bool cash, ref OrderFate fate, Rng rng)
    {
        var p = _world.Parameters;
        if (order.Operation is { } operation)
            return ShipFake(order, seller, operation, ref fate, rng);
        if (order.Merge != 0 && _merged.TryGetValue(order.Merge, out var together))
        {
            fate.Shipped = Math.Max(together.Shipped, order.Created + 60);
            Link(order, together.Carrier, together.Waybill, fate.Shipped);
            return together.Received;
        }

        var start = cash ? order.Created + 600 : fate.Paid;
        if (order.ShipAfter > start)
            start = order.ShipAfter + 120;
        if (fate.Promised > 0)
            start = fate.Promised - rng.Between(0, 5 * Clock.Day);
        fate.Shipped = start + (int)(Math.Min(120, rng.LogNormal(seller.ShipDelayHours, 0.5)) * Clock.Hour);

        var untracked = rng.Chance(p.UntrackedShare);
        if (untracked && rng.Chance(0.5))
            return fate.Shipped + rng.Between(2, 5) * Clock.Day;

        var which = rng.Chance(seller.FirstCarrierShare) ? 0 : seller.Carriers.Length - 1;
        var parts = rng.Chance(p.SplitShare) ? rng.Between(2, 3) : 1;
        var grams = Grams(order, seller, rng) / parts;
        var received = 0;
        for (var part = 0; part < parts; part++)
        {
            var plan = PlanFor(order, seller, which);
            plan.Grams = grams;
            plan.PickedUp = Round(seller, fate.Shipped, rng);
            if (rng.Chance(0.006))
            {
                plan.ForwardCity = _world.Atlas.DrawBuyerCity(rng);
                fate.AddressChanged = rng.Chance(0.7) ? plan.PickedUp + rng.Between(3600, 2 * Clock.Day) : 0;
            }

            plan.Refused = rng.Chance(0.007);
            var returns = !plan.Refused && parts == 1 && order.Merge == 0 && rng.Chance(p.RefundShare * 0.4 * seller.RefundBias);
            var created = fate.Shipped - rng.Between(0, 900);
            var (waybill, journey) = Send(plan, created, Stock(seller, plan), seller.City, order, order.Scenario, "goods", false, null, 0, 0, untracked, returns, rng);
            if (returns && journey.Received > 0)
                Refund(order, seller, ref fate, _tracker.Scans.Length > 0 ? _tracker.Scans[^1].At + rng.Between(600, Clock.Day) : journey.Received + 400000, fate.Amount, "seller", rng.Pick(s_why));
            if (plan.Refused)
                Refund(order, seller, ref fate, plan.PickedUp + (rng.Between(5, 9) * Clock.Day), fate.Amount, rng.Chance(0.7) ? "buyer" : "seller", "拒收");
            received = Math.Max(received, journey.Received);

            // The clerk pastes the number of the parcel before it.
            if (parts == 1 && order.Merge == 0 && rng.Chance(p.ClerkErrorShare) && _lastOf.TryGetValue(seller.Index, out var wrong))
                Link(order, wrong.Carrier, wrong.Waybill, Math.Max(fate.Shipped, wrong.Created));
            else
                Link(order, plan.Carrier, waybill, fate.Shipped);
            _lastOf[seller.Index] = (plan.Carrier, waybill, created);
            if (order.Merge != 0)
                _merged[order.Merge] = (plan.Carrier, waybill, created, received, fate.Shipped);
            if (seller.Brushing && Reusers.TryGetValue(seller.Index, out var client))
                client.Numbers.Add(new(plan.Carrier, waybill, created, journey.Received, order.City));
        }

        return received;
    }

    /// <summary>Clients who pass a used number off again, by seller.</summary>
    public Dictionary<int, Client> Reusers { get; } = [];

    private int ShipFake(Order order, Seller seller, Operation operation, ref OrderFate fate, Rng rng)
    {
        fate.Shipped = fate.Paid + (int)(rng.LogNormal(seller.ShipDelayHours * 0.8, 0.5) * Clock.Hour);
        var supply = Weighted(operation.Supplies, rng);
        if (supply == Supply.NoParcel)
            return 0;
        if (supply == Supply.Reused)
        {
            var client = operation.Clients.First(c => c.Seller == seller);
            var (oldest, newest) = (fate.Paid - (9 * Clock.Day), fate.Shipped + Clock.Day);
            var old = client.Numbers.FindLastIndex(n => n.Uses < 5 && n.Created > oldest && n.Created < newest && Mixer.Unit(n.Waybill ^ order.Id) < 0.5);
            if (old >= 0)
            {
                var number = client.Numbers[old];
                number.Uses++;
                order.Role = "reused_number";
                fate.Shipped = Math.Max(fate.Shipped, number.Created);
                Link(order, number.Carrier, number.Waybill, fate.Shipped);
                return Math.Max(number.Received, fate.Shipped + 3600);
            }

            supply = Supply.NumberOnly;
        }

        var ownOutlet = operation.OwnSender && supply is Supply.Envelope or Supply.HeavyGift && rng.Chance(0.5);
        var plan = PlanFor(order, seller, 0);
        if (!ownOutlet)
        {
            plan.Carrier = operation.Carrier;
            plan.Outlet = operation.Outlets[(int)(Mixer.Mix(operation.Id, (ulong)(order.Created / Clock.Day), (ulong)order.Seller) % (ulong)operation.Outlets.Length)];
        }

        var origin = _world.Network.Facilities[plan.Outlet];
        plan.Sender = operation.OwnSender ? seller.SenderKey : Mixer.Mix(operation.Id, 95, (ulong)(order.Seller % 3));
        plan.PickedUp = Round(seller, fate.Shipped, rng);
        uint tells = 0;
        if (supply is Supply.NumberOnly || (supply == Supply.Elsewhere && operation.Id % 2 == 0))
            tells = operation.Care.Roll(rng, Tells.Visible(_world.Network.Carriers[plan.Carrier]));
        else if (supply == Supply.Envelope && rng.Chance(operation.EarlySigning))
            tells = (operation.Care.Roll(rng, uint.MaxValue >> 15) & (Bit(Tell.OddSigner) | Bit(Tell.NoProof))) | Bit(Tell.SignedAtOnce);
        var forged = supply is Supply.NumberOnly || (supply == Supply.Elsewhere && operation.Id % 2 == 0);
        if ((tells & Bit(Tell.EarlyPickup)) != 0)
        {
            plan.PickedUp = fate.Paid - (int)(Clock.Hour * (1 + rng.Exponential(10)));
            fate.Shipped = fate.Paid + rng.Between(300, 20000);
        }

        var catalogue = (float)Math.Max(20, Grams(order, seller, rng));
        plan.Grams = supply switch
        {
            Supply.Envelope => (float)rng.LogNormal(18, 0.35),
            Supply.LightGift => (float)rng.LogNormal(operation.GiftGrams, operation.GiftSigma),
            Supply.HeavyGift => (float)(catalogue * rng.Normal(1.02, 0.09)),
            Supply.Elsewhere when !forged => (float)rng.LogNormal(25, 0.4),
            _ => catalogue,
        };
        if (supply == Supply.Elsewhere && operation.EndOutlet >= 0)
        {
            var end = _world.Network.Facilities[operation.EndOutlet];
            plan.Carrier = end.Carrier;
            if (_world.Network.Facilities[plan.Outlet].Carrier != end.Carrier)
                plan.Outlet = end.Index;
            plan.City = end.City;
            plan.Zone = Math.Max(0, end.Zone);
            plan.Kind = AddressKind.House;
        }

        var created = Math.Min(fate.Shipped, plan.PickedUp) - rng.Between(0, 900);
        var content = forged ? "nothing" : supply switch { Supply.Envelope or Supply.Elsewhere => "envelope", _ => "gift" };
        var stock = operation.OwnStock ? Mixer.Mix(operation.Id, 96) : Stock(seller, plan);
        var (waybill, journey) = Send(plan, created, stock, origin.City, order, operation.Code, content, forged, null, tells, Mixer.Mix(operation.Id, (ulong)(plan.PickedUp / Clock.Day), (ulong)plan.Outlet), false, false, rng);
        Link(order, plan.Carrier, waybill, fate.Shipped);
        if (operation.Unordered && journey.Received > 0 && rng.Chance(0.45))
        {
            _feed.Reports.Add(new(
                journey.Received + rng.Between(3600, 8 * Clock.Day), "unordered_parcel", "parcel", _world.Network.Carriers[plan.Carrier].Code,
                _feed.WaybillNo(plan.Carrier, waybill), "recipient", "没有下单却收到包裹"));
        }

        if (Reusers.TryGetValue(seller.Index, out var reuser))
            reuser.Numbers.Add(new(plan.Carrier, waybill, created, journey.Received, order.City));
        return journey.Received;

        static uint Bit(Tell tell) => 1u << (int)tell;
    }

    /// <summary>A parcel that no order stands behind.</summary>
    public void LiveLoose(LooseParcel parcel, Rng rng)
    {
        var origin = _world.Network.Facilities[parcel.Plan.Outlet];
        uint tells = 0;
        if (parcel.Empty && parcel.Care is { } care)
            tells = care.Roll(rng, Tells.Visible(_world.Network.Carriers[parcel.Plan.Carrier]));
        var (waybill, journey) = Send(
            parcel.Plan, parcel.Created, parcel.Customer, origin.City, null, parcel.Scenario, parcel.Content, parcel.Empty, parcel.Remark, tells,
            Mixer.Mix((ulong)parcel.Plan.Outlet, (ulong)(parcel.Created / Clock.Day)), false, false, rng);
        var number = _feed.WaybillNo(parcel.Plan.Carrier, waybill);
        var carrier = _world.Network.Carriers[parcel.Plan.Carrier].Code;
        if (parcel.RegisterTest)
            _world.Registers.Add(new("time_test", carrier, number, parcel.Created - Clock.Day, parcel.Created + (20 * Clock.Day), "时效测试"));
        if (parcel.RegisterReplacement)
            _world.Registers.Add(new("replacement", carrier, number, parcel.Created - 3600, parcel.Created + (30 * Clock.Day), "补发"));
        if (parcel.Reported && journey.Received > 0)
            _feed.Reports.Add(new(journey.Received + rng.Between(3600, 6 * Clock.Day), "unordered_parcel", "parcel", carrier, number, "recipient", "没有下单却收到包裹"));
    }

    private (ulong Waybill, Journey Journey) Send(
        in ParcelPlan wanted, int created, ulong stock, int senderCity, Order? order, string scenario, string content, bool forged,
        string? remark, uint tells, ulong batch, bool untracked, bool returns, Rng rng)
    {
        var plan = wanted;
        var p = _world.Parameters;
        var carrier = _world.Network.Carriers[plan.Carrier];
        var origin = _world.Network.Facilities[plan.Outlet];
        var (waybill, block) = _world.Numbers.Next(plan.Carrier, stock, created / Clock.Day);
        if (returns)
            plan.SentBackAt = plan.PickedUp + (rng.Between(6, 11) * Clock.Day);
        var journey = _tracker.Run(plan, rng);
        if (returns && journey.Received > plan.SentBackAt)
            _tracker.Truncate(_tracker.Scans.Length);
        if (forged || tells != 0)
            _forger.Forge(tells, batch, ref journey, rng, forged);
        if (!untracked)
        {
            foreach (ref var scan in _tracker.Scans)
            {
                if (_tracker.Lost(scan, rng))
                    continue;
                scan.Carrier = (byte)plan.Carrier;
                scan.Waybill = waybill;
                if (scan.Recorded == 0)
                    scan.Recorded = _tracker.Recorded(_world.Network.Facilities[scan.Facility], scan.Operator, scan.At);
                if (carrier.WholeMinutes)
                    scan.At -= scan.At % 60;
                _feed.Add(scan);
            }
        }

        var city = order?.City ?? plan.City;
        var zone = order?.Zone ?? plan.Zone;
        var typed = rng.Chance(0.5) ? plan.Grams : (float)Math.Ceiling(plan.Grams / 500) * 500;
        _feed.Add(new ParcelRow
        {
            Carrier = (byte)plan.Carrier,
            Waybill = waybill,
            Created = created,
            Sender = plan.Sender,
            SenderRegion = _feed.Region(senderCity, origin.Zone < 0 ? 0 : origin.Zone, true),
            Recipient = order is null || rng.Chance(0.9) ? order?.Address ?? plan.Address : 0,
            RecipientRegion = _feed.Region(city, zone, true),
            Origin = plan.Outlet,
            Declared = carrier.DeclaresWeight ? Math.Max(1, (int)typed) : -1,
            Weight = journey.Weighed,
            Fee = rng.Between(20, 62) * 10,
            Remark = remark ?? (rng.Chance(0.02) ? rng.Pick(s_remarks) : null),
            Stock = carrier.RecordsStock ? block : -1,
        });
        _truth.Parcel(plan.Carrier, waybill, created, forged, content, scenario, origin);
        return (waybill, journey);
    }

    private void Link(Order order, int carrier, ulong waybill, int at) => _feed.Add(new LinkRow
    {
        Carrier = (byte)carrier,
        Waybill = waybill,
        Platform = (byte)order.Platform,
        Order = order.Id,
        Linked = at,
    });

    private static ParcelPlan PlanFor(Order order, Seller seller, int which) => new()
    {
        Carrier = seller.Carriers[which],
        Outlet = seller.Outlets[which],
        City = order.City,
        Zone = order.Zone,
        Address = order.Address,
        Kind = order.Kind,
        Sender = seller.SenderKey,
        ForwardCity = -1,
    };

    /// <summary>Whose block of numbers: the shop's own, its warehouse's, or the outlet's counter.</summary>
    private static ulong Stock(Seller seller, in ParcelPlan plan) => seller.Warehouse >= 0 ? Mixer.Mix(1, (ulong)seller.Warehouse)
        : seller.OwnStock ? Mixer.Mix(2, (ulong)seller.Index)
        : Mixer.Mix(3, (ulong)plan.Outlet);

    /// <summary>The next round of the courier who picks up at the shop.</summary>
    private static int Round(Seller seller, int ready, Rng rng)
    {
        var hour = 14.5 + (5.5 * Mixer.Unit(Mixer.Mix((ulong)seller.Index, 15)));
        var day = ready / Clock.Day;
        var round = (day * Clock.Day) + (int)(hour * Clock.Hour) + (int)(Mixer.Normal(Mixer.Mix((ulong)seller.Index, (ulong)day, 16)) * 900);
        if (round < ready)
            round += Clock.Day;
        return round + rng.Below(1500);
    }

    /// <summary>What the goods of an order weigh, packed by this shop.</summary>
    private float Grams(Order order, Seller seller, Rng rng)
    {
        double grams = 0;
        foreach (var line in order.Lines)
            grams += _world.Market.Listings[line.Listing].Grams * Math.Min(line.Quantity, 500) * rng.Normal(1, 0.02);
        // Packaging of light goods is light.
        grams += Math.Min(seller.PackagingGrams * rng.Between(0.6, 1.6), 8 + (grams * 0.5));
        if (rng.Chance(seller.GiftShare))
            grams += seller.GiftGrams * Math.Min(1, grams / 300);
        return (float)Math.Max(3, grams);
    }

    private static Supply Weighted(double[] weights, Rng rng)
    {
        var u = rng.Unit() * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            u -= weights[i];
            if (u < 0)
                return (Supply)i;
        }

        return Supply.NumberOnly;
    }

    private static readonly string[] s_remarks = ["易碎", "勿压", "当面验收", "电联", "加急", "放驿站", "样品"];
}
