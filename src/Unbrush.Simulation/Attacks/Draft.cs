using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;
using Unbrush.Simulation.Shipping;

namespace Unbrush.Simulation.Attacks;

/// <summary>
/// Sets up operations: finds clients and accounts, spreads the work over days, and draws habits. What an attack does
/// not set stays as drawn here, so that no two operations are alike.
/// </summary>
internal sealed class Draft(World world, Rng rng, DirtyOutlets dirty)
{
    private readonly List<int> _lastAccounts = [];

    public World World => world;

    public Rng Rng => rng;

    public DirtyOutlets Dirty => dirty;

    public bool Evasive => world.Parameters.Evasive;

    public bool Sparse => world.Parameters.Profile is Profile.Sparse or Profile.OrdersOnly;

    /// <summary>An operation of about a size with clients, accounts and a schedule.</summary>
    public Operation Start(string code, int size, int clients, Shape shape, Func<Seller, bool>? fits = null, BuyerRole accounts = BuyerRole.Brusher)
    {
        var p = world.Parameters;
        var operation = new Operation { Code = code, World = world, Id = rng.Next(), Left = size };
        Habits(operation);
        clients = Math.Clamp(clients, 1, Math.Max(1, size / 6));
        var shares = Enumerable.Range(0, clients).Select(_ => rng.LogNormal(1, 0.5)).ToArray();
        var from = p.FirstDay + rng.Between(2, Math.Max(3, p.Days / 3));
        for (var i = 0; i < clients; i++)
        {
            if (FindSeller(fits) is not { } seller)
                break;
            var orders = Math.Max(1, (int)Math.Round(size * shares[i] / shares.Sum()));
            var first = Math.Max(seller.ActiveFrom, from + rng.Between(0, Math.Max(1, p.Days / 6)));
            seller.Brushing = true;
            operation.Clients.Add(new Client
            {
                Seller = seller,
                FirstDay = Math.Min(first, world.LastDay - 25),
                PerDay = Spread(orders, shape, world.LastDay - Math.Min(first, world.LastDay - 25)),
                Keywords = [],
            });
        }

        Hire(operation, size, accounts);
        return operation;
    }

    /// <summary>The operation's numbers come from outlets that sell them.</summary>
    public void BuyNumbers(Operation operation, int outlets, string? guilt = null)
    {
        operation.Outlets = dirty.Take(outlets, guilt ?? operation.Code, rng);
        operation.Carrier = world.Network.Facilities[operation.Outlets[0]].Carrier;
        operation.OwnStock = rng.Chance(0.6);
        operation.OwnSender = rng.Chance(0.5);
    }

    /// <summary>The operation ships real parcels from an honest outlet near a warehouse of its own.</summary>
    public void Warehouse(Operation operation)
    {
        var carrier = rng.Pick(world.Network.Carriers);
        var city = world.Atlas.DrawSellerCity(rng);
        operation.Carrier = carrier.Index;
        operation.Outlets = [rng.Pick(carrier.OutletsOf[city]).Index];
        operation.OwnSender = false;
        operation.OwnStock = true;
    }

    private void Habits(Operation o)
    {
        o.Care = Carelessness.Draw(rng, Evasive);
        o.Voice = rng.Below(1_000_000);
        o.GiftGrams = rng.LogNormal(110, 0.4);
        o.GiftSigma = rng.Between(0.05, 0.3);
        o.EarlySigning = rng.Between(0.5, 1.0);
        o.CommissionFrom = rng.Between(2, 5) * 100;
        o.CommissionTo = o.CommissionFrom + (rng.Between(0, 6) * 100);
        o.LoopFrom = rng.Between(0, 5);
        o.LoopTo = o.LoopFrom + rng.Between(1, 13);
        o.PrivatePurse = rng.Chance(0.7);
        o.Wallets = rng.Between(1, 4);
        if (Evasive)
        {
            o.IpPool = rng.Chance(0.15) ? rng.Between(10, 40) : 0;
            o.OwnAddress = rng.Between(0.9, 1.0);
            o.OrganiserPays = rng.Chance(0.3) ? rng.Between(0.05, 0.2) : 0;
            o.Loop = rng.Unit() switch { < 0.4 => Loop.Organiser, < 0.7 => Loop.Monthly, _ => Loop.None };
            o.LoopShare = rng.Between(0.7, 0.95);
            o.LoopTo += 8;
            o.Wallets = rng.Between(3, 9);
            o.Visits = rng.Between(0.8, 1.0);
            o.DwellMean = rng.Between(80, 260);
            o.DwellSigma = rng.Between(0.4, 0.9);
            o.Compared = rng.Between(1, 3);
            o.ComparedExact = rng.Between(0.1, 0.5);
            o.Chats = rng.Between(0.1, 0.4);
            o.SameKeyword = rng.Between(0.1, 0.5);
            o.Confirms = rng.Between(0.6, 0.85);
            o.ConfirmHours = rng.Between(8.0, 24.0);
            o.Reviews = rng.Between(0.4, 0.7);
            o.ReviewHours = rng.Between(6.0, 30.0);
            o.RotationDays = rng.Between(6.0, 20.0);
            return;
        }

        o.DevicePool = rng.Chance(0.35) ? -1 : 0;
        o.IpPool = rng.Chance(0.35) ? rng.Between(2, 14) : 0;
        o.OwnAddress = rng.Chance(0.5) ? 1 : rng.Between(0.3, 0.9);
        o.OrganiserPays = rng.Chance(0.25) ? rng.Between(0.3, 1.0) : 0;
        o.Loop = rng.Unit() switch { < 0.4 => Loop.Direct, < 0.65 => Loop.Organiser, < 0.75 => Loop.Monthly, _ => Loop.None };
        o.LoopShare = rng.Between(0.75, 1.0);
        o.Visits = rng.Chance(0.3) ? rng.Between(0.0, 0.4) : rng.Between(0.6, 1.0);
        o.DwellMean = rng.Chance(0.7) ? rng.Between(240, 430) : rng.Between(20, 90);
        o.DwellSigma = rng.Between(0.05, 0.4);
        o.Compared = rng.Between(1, 4);
        o.ComparedExact = rng.Between(0.5, 1.0);
        o.Chats = rng.Between(0.1, 0.9);
        o.SameKeyword = rng.Between(0.3, 0.97);
        o.Confirms = rng.Between(0.78, 0.97);
        o.ConfirmHours = rng.Between(2.0, 20.0);
        o.Reviews = rng.Between(0.5, 0.92);
        o.ReviewHours = rng.Between(0.5, 14.0);
        o.Memo = rng.Chance(0.1) ? rng.Between(0.2, 0.8) : 0;
        o.StaffedHours = rng.Chance(0.3) ? rng.Between(6.0, 12.0) : 0;
        o.RotationDays = rng.Chance(0.3) ? rng.Between(8.0, 25.0) : 0;
    }

    private Seller? FindSeller(Func<Seller, bool>? fits)
    {
        Seller? best = null;
        for (var tries = 0; tries < 400; tries++)
        {
            var seller = world.Demand.Shop(-1, world.Parameters.FirstDay + (world.Parameters.Days / 3), rng);
            if (tries % 4 != 3 && fits is null || tries % 2 == 1)
                seller = rng.Pick(world.Market.Sellers);
            if (seller is null || seller.HostileTarget || seller.LookAlike is not null || Category.All[seller.Category].Fulfilment != 0)
                continue;
            if (seller.ActiveFrom > world.LastDay - 30)
                continue;
            if (fits is not null && tries < 300 && !fits(seller))
                continue;
            best = seller;
            // A shop seldom works with two organisers.
            if (!seller.Brushing || rng.Chance(0.15))
                return seller;
        }

        return best;
    }

    private void Hire(Operation operation, int size, BuyerRole role)
    {
        var p = world.Parameters;
        operation.Accounts = [.. Enumerable.Range(0, p.Platforms).Select(_ => Array.Empty<int>())];
        var perAccount = rng.Between(2.2, 5.5);
        var start = operation.Clients.Count > 0 ? operation.Clients.Min(c => c.FirstDay) : p.FirstDay;
        var fresh = rng.Chance(Evasive ? 0.2 : 0.45);
        foreach (var group in operation.Clients.GroupBy(c => c.Seller.Platform))
        {
            var orders = group.Sum(c => c.PerDay.Sum());
            var most = group.Max(c => c.PerDay.Sum());
            var count = Math.Max(4, Math.Max((int)(orders / perAccount), most * 2 / 3));
            count = Math.Min(count, Math.Max(4, world.Buyers.Members(group.Key) / 6));
            var accounts = new HashSet<int>();
            for (var tries = 0; tries < count * 30 && accounts.Count < count; tries++)
            {
                // Brushers work for more than one organiser now and then; a victim is nobody who brushes of their own will.
                var candidate = role == BuyerRole.Brusher && _lastAccounts.Count > 0 && rng.Chance(0.08) ? rng.Pick(_lastAccounts) : world.Buyers.Any(group.Key, rng);
                if (world.Buyers.Platform[candidate] != group.Key || (role == BuyerRole.Brusher ? world.Buyers.Role[candidate] is BuyerRole.Victim or BuyerRole.Relative : world.Buyers.Role[candidate] != BuyerRole.Innocent))
                    continue;
                if (world.Buyers.RegisteredDay[candidate] > start - 3)
                    world.Buyers.RegisteredDay[candidate] = start - rng.Between(3, 60);
                if (fresh && rng.Chance(0.7))
                    world.Buyers.RegisteredDay[candidate] = start - rng.Between(1, 35);
                world.Buyers.Role[candidate] = role;
                accounts.Add(candidate);
            }

            operation.Accounts[group.Key] = [.. accounts];
            if (role == BuyerRole.Brusher)
                _lastAccounts.AddRange(accounts.Take(40));
        }

        if (operation.DevicePool < 0)
            operation.DevicePool = Math.Max(1, operation.Accounts.Sum(a => a.Length) / rng.Between(2, 9));
    }

    private int[] Spread(int orders, Shape shape, int room)
    {
        room = Math.Max(3, room - 4);
        var days = shape switch
        {
            Shape.Burst => Math.Min(room, rng.Between(2, 9)),
            Shape.Ramp => Math.Min(room, rng.Between(18, 40)),
            Shape.Steady => Math.Min(room, rng.Between(30, 100)),
            _ => Math.Min(room, rng.Between(8, 40)),
        };
        days = Math.Max(1, days);
        var weights = new double[days];
        for (var d = 0; d < days; d++)
        {
            weights[d] = shape switch
            {
                Shape.Ramp => Math.Pow((d + 2.0) / days, rng.Between(0.9, 1.1)) * rng.Between(0.95, 1.05),
                Shape.Burst => rng.Between(0.6, 1.4),
                _ => rng.Between(0.2, 1.8),
            };
        }

        var perDay = new int[days];
        if (shape == Shape.Ramp)
        {
            // A staircase: the same shape every time the plan is made.
            var sum = weights.Sum();
            double carry = 0;
            for (var d = 0; d < days; d++)
            {
                carry += orders * weights[d] / sum;
                perDay[d] = (int)carry;
                carry -= perDay[d];
            }

            return perDay;
        }

        var sampler = new Sampler(weights);
        for (var k = 0; k < orders; k++)
            perDay[sampler.Draw(rng)]++;
        return perDay;
    }
}

/// <summary>How the work is spread over days.</summary>
internal enum Shape
{
    Some,
    Burst,
    Ramp,
    Steady,
}

/// <summary>The outlets that sell numbers: few, and each serves several organisers.</summary>
internal sealed class DirtyOutlets
{
    private readonly List<Facility> _outlets = [];
    private readonly World _world;

    public DirtyOutlets(World world, int count, Rng rng)
    {
        _world = world;
        for (var tries = 0; tries < count * 40 && _outlets.Count < count; tries++)
        {
            var carrier = rng.Pick(world.Network.Carriers);
            var outlet = rng.Pick(carrier.OutletsOf[world.Atlas.DrawSellerCity(rng)]);
            if (!_outlets.Contains(outlet) && outlet.LookAlike is null)
                _outlets.Add(outlet);
        }
    }

    public int[] Take(int count, string guilt, Rng rng)
    {
        var first = rng.Pick(_outlets);
        var taken = new List<Facility> { first };
        foreach (var other in _outlets.Where(o => o.Carrier == first.Carrier && o != first).Take(count - 1))
            taken.Add(other);
        foreach (var outlet in taken)
            outlet.Guilt ??= guilt;
        return [.. taken.Select(o => o.Index)];
    }

    public Facility Any(Rng rng) => rng.Pick(_outlets);

    public World World => _world;
}
