using Unbrush.Simulation.Geography;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Market;

internal enum AddressKind : byte
{
    House,
    Office,
    Dormitory,
    Gatehouse,
    Station,
    Locker,
}

/// <summary>All accounts of all platforms, as columns: honest people and brushers alike.</summary>
internal sealed class Buyers
{
    private readonly WorldParameters _world;
    private readonly Sampler[] _active;
    private readonly int[][] _members;

    public Buyers(WorldParameters world, Atlas atlas)
    {
        _world = world;
        var n = world.Buyers;
        var rng = Rng.Of(world.Seed, 4);
        Platform = new byte[n];
        City = new short[n];
        Zone = new byte[n];
        Address = new int[n];
        Kind = new AddressKind[n];
        RegisteredDay = new int[n];
        PayerGroup = new int[n];
        DeviceGroup = new int[n];
        LastSeller = new int[n];
        Role = new BuyerRole[n];
        var weights = new double[n];
        var platformWeight = Enumerable.Range(0, world.Platforms).Select(_ => rng.Between(0.5, 1.5)).ToArray();
        var platforms = new Sampler(platformWeight);
        var nextAddress = 0;
        var shared = new Dictionary<(int, int, AddressKind), (int Address, int Left)>();
        var payerGroup = -1;
        var payerLeft = 0;
        var payerPlatform = 0;
        var payerCity = 0;
        var deviceLeft = 0;
        var deviceGroup = 0;
        for (var i = 0; i < n; i++)
        {
            Platform[i] = (byte)platforms.Draw(rng);
            City[i] = (short)atlas.DrawBuyerCity(rng);
            // Agencies, firms and parents pay for people of one place and one platform.
            if (payerLeft > 0)
            {
                Platform[i] = (byte)payerPlatform;
                if (rng.Chance(0.7))
                    City[i] = (short)payerCity;
                PayerGroup[i] = payerGroup;
                payerLeft--;
            }
            else
            {
                PayerGroup[i] = -1;
                if (rng.Chance(world.SharedPayerShare / 11))
                {
                    payerGroup++;
                    payerLeft = 5 + rng.Geometric(0.16);
                    payerPlatform = Platform[i];
                    payerCity = City[i];
                    PayerGroup[i] = payerGroup;
                }
            }

            if (deviceLeft > 0)
            {
                DeviceGroup[i] = deviceGroup;
                deviceLeft--;
            }
            else
            {
                DeviceGroup[i] = -1;
                if (rng.Chance(0.03))
                {
                    deviceGroup++;
                    deviceLeft = 1 + rng.Geometric(0.6);
                    DeviceGroup[i] = deviceGroup;
                }
            }

            var zones = atlas.Cities[City[i]].Zones.Length;
            Zone[i] = (byte)rng.Below(zones);
            Kind[i] = rng.Unit() switch
            {
                < 0.62 => AddressKind.House,
                < 0.75 => AddressKind.Office,
                < 0.81 => AddressKind.Dormitory,
                < 0.87 => AddressKind.Gatehouse,
                < 0.96 => AddressKind.Station,
                _ => AddressKind.Locker,
            };
            Address[i] = nextAddress++;
            if (Kind[i] is AddressKind.Office or AddressKind.Dormitory || rng.Chance(0.12))
            {
                // Colleagues, room-mates and couples share an address.
                var group = (City[i], Zone[i], Kind[i]);
                if (shared.TryGetValue(group, out var home) && home.Left > 0)
                {
                    Address[i] = home.Address;
                    shared[group] = (home.Address, home.Left - 1);
                }
                else
                {
                    var size = Kind[i] switch
                    {
                        AddressKind.Dormitory => (int)rng.LogNormal(40, 0.8),
                        AddressKind.Office => (int)rng.LogNormal(5, 0.9),
                        _ => 1,
                    };
                    shared[group] = (Address[i], size);
                }
            }

            RegisteredDay[i] = world.FirstDay + world.Days - 1 - Math.Min(4000, (int)rng.Exponential(620));
            LastSeller[i] = -1;
            weights[i] = rng.LogNormal(1, 1.0);
        }

        _members = [.. Enumerable.Range(0, world.Platforms).Select(p => Enumerable.Range(0, n).Where(i => Platform[i] == p).ToArray())];
        _active = [.. _members.Select(m => new Sampler([.. m.Select(i => weights[i])]))];
        PlatformShare = [.. _members.Select(m => (double)m.Length / n)];
    }

    public byte[] Platform { get; }
    public short[] City { get; }
    public byte[] Zone { get; }
    public int[] Address { get; }
    public AddressKind[] Kind { get; }
    public int[] RegisteredDay { get; }
    public int[] PayerGroup { get; }
    public int[] DeviceGroup { get; }
    public int[] LastSeller { get; }
    public BuyerRole[] Role { get; }
    public double[] PlatformShare { get; }

    public int Count => Platform.Length;

    /// <summary>An account of the platform that exists on the day, in proportion to how much people buy.</summary>
    public int Draw(int platform, int day, Rng rng)
    {
        for (var tries = 0; ; tries++)
        {
            var buyer = _members[platform][_active[platform].Draw(rng)];
            if (RegisteredDay[buyer] < day || tries > 8)
                return buyer;
        }
    }

    /// <summary>Any account of the platform.</summary>
    public int Any(int platform, Rng rng) => _members[platform][rng.Below(_members[platform].Length)];

    public int Members(int platform) => _members[platform].Length;

    public ulong AddressKey(int buyer) => Mixer.Mix(_world.Seed, 101, (ulong)Address[buyer]);

    /// <summary>The wallet that pays for the account.</summary>
    public ulong PayerKey(int buyer) => PayerGroup[buyer] >= 0
        ? Mixer.Mix(_world.Seed, 102, (ulong)PayerGroup[buyer])
        : WalletKey(buyer);

    public ulong WalletKey(int buyer) => Mixer.Mix(_world.Seed, 103, (ulong)buyer);

    /// <summary>The phone or computer: most people have one or two, families share.</summary>
    public ulong DeviceKey(int buyer, Rng rng) => DeviceGroup[buyer] >= 0 && rng.Chance(0.8)
        ? Mixer.Mix(_world.Seed, 104, (ulong)DeviceGroup[buyer])
        : Mixer.Mix(_world.Seed, 105, (ulong)buyer, (ulong)(rng.Chance(0.85) ? 0 : 1));

    /// <summary>The network: at home one line, on the road the carrier's shared gateways.</summary>
    public ulong IpKey(int buyer, int day, Rng rng) => rng.Unit() switch
    {
        < 0.5 => Mixer.Mix(_world.Seed, 106, (ulong)Address[buyer], (ulong)(day / 30)),
        < 0.8 => Mixer.Mix(_world.Seed, 107, (ulong)City[buyer], (ulong)rng.Below(400)),
        _ => Mixer.Mix(_world.Seed, 108, rng.Next()),
    };

    public ulong PhoneKey(int buyer) => Mixer.Mix(_world.Seed, 109, (ulong)buyer);

    public bool Masked(int buyer) => Mixer.Unit(Mixer.Mix(_world.Seed, 110, (ulong)buyer)) < _world.MaskedPhones;
}

/// <summary>What the owner of an account really does.</summary>
internal enum BuyerRole : byte
{
    Innocent,
    Brusher,
    Victim,
    Attacker,
    Relative,
}
