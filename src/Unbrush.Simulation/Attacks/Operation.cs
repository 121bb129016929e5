using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.Attacks;

/// <summary>What stands behind the waybill number of a fake order.</summary>
internal enum Supply
{
    NumberOnly,
    Envelope,
    LightGift,
    HeavyGift,
    Reused,
    Elsewhere,
    NoParcel,
}

/// <summary>How the principal comes back to the brusher.</summary>
internal enum Loop
{
    None,
    Direct,
    Organiser,
    Monthly,
}

/// <summary>A shop that has its figures raised.</summary>
internal sealed class Client
{
    public required Seller Seller;
    public required int FirstDay;
    public required int[] PerDay;
    public required string[] Keywords;
    public HashSet<int> Used { get; } = [];
    public List<UsedNumber> Numbers { get; } = [];
}

/// <summary>A number that may serve again (A2).</summary>
internal sealed record UsedNumber(int Carrier, ulong Waybill, int Created, int Received, int City)
{
    public int Uses { get; set; } = 1;
}

/// <summary>
/// An organised brushing business: its accounts, its source of numbers, its way with money, its script. Attacks differ
/// in how these are put together.
/// </summary>
internal sealed class Operation : Scenario
{
    public required ulong Id;
    public required World World;
    public List<Client> Clients { get; } = [];

    // Accounts.
    public int[][] Accounts = [];
    public double RotationDays;
    public int DevicePool;
    public int IpPool;
    public double OwnAddress = 1;
    public double StaffedHours;

    // Goods.
    public double[] Supplies = new double[Enum.GetValues<Supply>().Length];
    public int Carrier;
    public int[] Outlets = [];
    public int EndOutlet = -1;
    public bool OwnSender;
    public bool OwnStock;
    public Carelessness Care = new([], 0);
    public double GiftGrams;
    public double GiftSigma;
    public double EarlySigning;

    // Money.
    public Loop Loop;
    public double OrganiserPays;
    public int LoopFrom;
    public int LoopTo;
    public int CommissionFrom;
    public int CommissionTo;
    public double LoopShare = 1;
    public bool PrivatePurse;
    public int Wallets = 1;

    // Script.
    public double Visits;
    public int DwellMean;
    public double DwellSigma;
    public int Compared;
    public double ComparedExact;
    public double Chats;
    public double SameKeyword;

    // Acts.
    public double Confirms;
    public double ConfirmHours;
    public double Reviews;
    public int Voice;
    public double ReviewHours;
    public double Memo;
    public bool CashOut;

    /// <summary>Its parcels go to people who ordered nothing, under accounts in their names (A14).</summary>
    public bool Unordered;
    public long Left = long.MaxValue;

    /// <summary>Sums owed to each brusher until the month's end.</summary>
    public SortedDictionary<(int Month, int Platform, int Buyer), long> Owed { get; } = [];

    /// <summary>Sets in which shares the waybill numbers are backed by what.</summary>
    public void Supplied(params ReadOnlySpan<(Supply Supply, double Share)> shares)
    {
        Array.Clear(Supplies);
        foreach (var (supply, share) in shares)
            Supplies[(int)supply] += share;
    }

    public ulong Wallet(ulong salt) => Mixer.Mix(Id, 71, (ulong)Mixer.Below(Mixer.Mix(salt), Wallets));

    public override void Plan(int day, Rng rng, DayPlan plan)
    {
        foreach (var client in Clients)
        {
            var i = day - client.FirstDay;
            if (i < 0 || i >= client.PerDay.Length)
                continue;
            for (var k = 0; k < client.PerDay[i] && Left > 0; k++)
            {
                if (Draw(client, day, rng) is not { } order)
                    break;
                plan.Orders.Add(order);
                Left--;
            }
        }
    }

    private Order? Draw(Client client, int day, Rng rng)
    {
        var seller = client.Seller;
        var accounts = Accounts[seller.Platform];
        var from = 0;
        var count = accounts.Length;
        if (RotationDays > 0)
        {
            // A part of the ring works at a time; the window moves on.
            count = Math.Max(3, accounts.Length / 3);
            from = (int)((day - World.Parameters.FirstDay) / RotationDays) * Math.Max(1, count / 2) % accounts.Length;
        }

        var buyer = -1;
        for (var tries = 0; tries < 40; tries++)
        {
            var candidate = accounts[(from + rng.Below(count)) % accounts.Length];
            if (World.Buyers.RegisteredDay[candidate] > day || (tries < 30 && client.Used.Contains(candidate)))
                continue;
            buyer = candidate;
            break;
        }

        if (buyer < 0)
            return null;
        client.Used.Add(buyer);
        var hour = StaffedHours > 0 ? rng.Between(9.5, 9.5 + StaffedHours) : World.Demand.Hour(rng);
        var order = World.Demand.Common(seller, buyer, (day * Clock.Day) + (int)(hour * Clock.Hour), rng);
        order.Operation = this;
        order.Scenario = Code;
        order.Role = Unordered ? "unordered" : "brushed";
        order.Fake = !Unordered;
        order.Victim = Unordered;
        if (CashOut)
            order.Lines = [new Line { Listing = seller.FirstListing + (int)(Id % (ulong)Math.Min(2, seller.Listings)), Quantity = 1 }];
        order.Source = rng.Chance(0.8) ? Source.Search : order.Source;
        if (DevicePool > 0)
            order.Device = Mixer.Mix(Id, 81, (ulong)Mixer.Below(Mixer.Mix((ulong)buyer, Id), DevicePool));
        if (IpPool > 0 && rng.Chance(0.9))
            order.Ip = Mixer.Mix(Id, 82, (ulong)rng.Below(IpPool));
        if (rng.Chance(OrganiserPays))
            order.Payer = Wallet(82);
        if (!rng.Chance(OwnAddress))
        {
            // A list of addresses that somebody else's parcels went to.
            var other = World.Buyers.Any(seller.Platform, rng);
            World.Demand.ShipTo(order, other);
        }

        return order;
    }
}
