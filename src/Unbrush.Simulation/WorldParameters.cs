using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation;

/// <summary>
/// The figures that make one world unlike another. Everything is drawn from the seed within ranges, so that a
/// detector tuned on a few seeds meets other habits, other noise and other shares on the next.
/// </summary>
internal sealed record WorldParameters
{
    public required ulong Seed { get; init; }
    public required Profile Profile { get; init; }
    public required long Orders { get; init; }

    /// <summary>Days on which orders are placed, and days after them until the feed is cut off.</summary>
    public required int Days { get; init; }
    public required int TailDays { get; init; }
    public required int FirstDay { get; init; }

    public required int Cities { get; init; }
    public required int Carriers { get; init; }
    public required int Platforms { get; init; }
    public required int Sellers { get; init; }
    public required int Buyers { get; init; }

    /// <summary>Share of fake orders among all.</summary>
    public required double FakeShare { get; init; }
    public required double HostileShare { get; init; }

    public required double PriceLevel { get; init; }
    public required double ScanLoss { get; init; }
    public required double BadOutletDays { get; init; }
    public required double CartShare { get; init; }
    public required double SharedPayerShare { get; init; }
    public required double ClerkErrorShare { get; init; }
    public required double UntrackedShare { get; init; }
    public required double MergeShare { get; init; }
    public required double FamilyMergeShare { get; init; }
    public required double SplitShare { get; init; }
    public required double RefundShare { get; init; }
    public required double CashOnDeliveryShare { get; init; }
    public required double ConfirmShare { get; init; }
    public required double ReviewShare { get; init; }
    public required double VisitLogged { get; init; }
    public required double MaskedPhones { get; init; }
    public required double DeviceLogged { get; init; }
    public required double IpLogged { get; init; }
    public required double PayerLogged { get; init; }
    public required double TransfersSeen { get; init; }
    public required double UnlinkedParcelShare { get; init; }
    public required double BadCatalogueShare { get; init; }
    public required double RegisterShare { get; init; }
    public required double Camouflage { get; init; }

    public int EndOfFeed => (FirstDay + Days + TailDays) * Clock.Day;

    public bool Evasive => Profile == Profile.Evasive;

    /// <summary>Draws a world.</summary>
    public static WorldParameters Draw(SimulationOptions options)
    {
        var rng = Rng.Of(options.Seed, 1);
        var n = options.Orders;
        var growth = Math.Log10(Math.Max(n, 1000) / 20_000.0);
        var honest = options.Profile == Profile.Honest;
        return new WorldParameters
        {
            Seed = options.Seed,
            Profile = options.Profile,
            Orders = n,
            Days = rng.Between(75, 140),
            TailDays = rng.Between(9, 18),
            FirstDay = Clock.DayOf(2025, 1, 1) + rng.Below(420),
            Cities = Math.Clamp((int)((26 + rng.Between(0, 10)) * Math.Pow(2.1, growth)), 12, 100),
            Carriers = rng.Between(3, n < 50_000 ? 5 : 8),
            Platforms = rng.Between(2, 4),
            Sellers = (int)Math.Max(12, n / rng.Between(70.0, 135.0)),
            Buyers = (int)Math.Max(200, n / rng.Between(2.6, 4.2)),
            FakeShare = honest ? 0 : rng.Between(0.021, 0.039),
            HostileShare = honest ? 0 : rng.Between(0.002, 0.006),
            PriceLevel = rng.Between(0.7, 1.5),
            ScanLoss = rng.Between(0.004, 0.025),
            BadOutletDays = rng.Between(0.004, 0.018),
            CartShare = rng.Between(0.004, 0.010),
            SharedPayerShare = rng.Between(0.02, 0.045),
            ClerkErrorShare = rng.Between(0.0015, 0.005),
            UntrackedShare = rng.Between(0.006, 0.016),
            MergeShare = rng.Between(0.012, 0.026),
            FamilyMergeShare = rng.Between(0.002, 0.007),
            SplitShare = rng.Between(0.015, 0.04),
            RefundShare = rng.Between(0.03, 0.09),
            CashOnDeliveryShare = rng.Between(0.0, 0.02),
            ConfirmShare = rng.Between(0.35, 0.6),
            ReviewShare = rng.Between(0.22, 0.42),
            VisitLogged = rng.Between(0.72, 0.93),
            MaskedPhones = rng.Between(0.2, 0.7),
            DeviceLogged = rng.Between(0.75, 0.98),
            IpLogged = rng.Between(0.75, 0.98),
            PayerLogged = rng.Between(0.85, 0.99),
            TransfersSeen = rng.Between(0.6, 0.9),
            UnlinkedParcelShare = rng.Between(0.2, 0.36),
            BadCatalogueShare = rng.Between(0.03, 0.06),
            RegisterShare = rng.Between(0.75, 0.95),
            Camouflage = rng.Between(0.6, 1.4),
        };
    }
}
