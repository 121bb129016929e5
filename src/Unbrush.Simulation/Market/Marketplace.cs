using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Geography;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Market;

/// <summary>The shops of a world and what they sell.</summary>
internal sealed class Marketplace
{
    private static readonly string[] s_platforms = ["maidao", "juhui", "pinle", "douhuo", "tangguo", "yunji"];

    public Marketplace(WorldParameters world, Atlas atlas, Network network, Buyers buyers)
    {
        var rng = Rng.Of(world.Seed, 5);
        var names = (string[])s_platforms.Clone();
        rng.Shuffle(names.AsSpan());
        Platforms = names[..world.Platforms];
        Warehouses = [.. Enumerable.Range(0, Math.Max(1, world.Sellers / 90)).Select(i =>
        {
            var city = atlas.DrawSellerCity(rng);
            return new Warehouse(i, city, rng.Below(atlas.Cities[city].Zones.Length), Mixer.Mix(world.Seed, 120, (ulong)i), rng.Chance(world.RegisterShare));
        })];
        var platform = new Sampler(buyers.PlatformShare);
        var categories = new Sampler([.. Category.All.Select(c => c.Share)]);
        var carriers = network.Carriers.Select(c => c.Share).ToArray();
        var listings = new List<Listing>();
        var sellers = new List<Seller>();
        for (var i = 0; i < world.Sellers; i++)
            sellers.Add(Shop(i, platform.Draw(rng), categories.Draw(rng)));
        Sellers = [.. sellers];
        Listings = [.. listings];

        Seller Shop(int i, int p, int category)
        {
            var city = atlas.DrawSellerCity(rng);
            var zone = rng.Below(atlas.Cities[city].Zones.Length);
            var warehouse = rng.Chance(0.16) ? rng.Pick(Warehouses) : null;
            if (warehouse is not null)
                (city, zone) = (warehouse.City, warehouse.Zone);
            var address = Mixer.Mix(world.Seed, 121, (ulong)(warehouse is null ? i : -1 - warehouse.Index));
            var pick = new Sampler(carriers);
            var first = pick.Draw(rng);
            var second = pick.Draw(rng);
            int[] used = first == second ? [first] : [first, second];
            var seller = new Seller
            {
                Index = i,
                Platform = p,
                Category = category,
                City = city,
                Zone = zone,
                Popularity = rng.LogNormal(1, 1.1),
                OpenedDay = world.FirstDay + 20 - Math.Min(3500, (int)rng.Exponential(700)),
                Carriers = used,
                Outlets = [.. used.Select(c => network.Serving(c, city, zone, address).Index)],
                FirstCarrierShare = rng.Between(0.7, 1.0),
                Warehouse = warehouse?.Index ?? -1,
                OwnStock = warehouse is null && rng.Chance(0.55),
                PackagingGrams = (int)rng.LogNormal(45, 0.6),
                GiftShare = rng.Chance(0.25) ? rng.Between(0.1, 0.9) : 0,
                GiftGrams = rng.Between(5, 120),
                ShipDelayHours = rng.LogNormal(14, 0.6),
                CatalogueFactor = rng.Unit() switch
                {
                    var u when u < world.BadCatalogueShare => rng.Chance(0.75) ? rng.Between(3.2, 11) : rng.Between(0.1, 0.4),
                    var u when u < world.BadCatalogueShare + 0.12 => 0,
                    _ => 1,
                },
                CatalogueSigma = rng.Chance(0.6) ? 0.05 : rng.Between(0.1, 0.3),
                PresaleDays = rng.Chance(0.03) ? rng.Between(15, 40) : 0,
                OffersPickup = rng.Chance(0.06),
                RefundBias = rng.LogNormal(1, 0.4),
                MemoHabit = rng.Chance(0.3),
                CashBackForPraise = rng.Chance(0.08),
                ReviewBias = rng.LogNormal(1, 0.25),
                Wallet = Mixer.Mix(world.Seed, 122, (ulong)i),
                PrivateWallet = Mixer.Mix(world.Seed, 123, (ulong)i),
                Owner = Mixer.Mix(world.Seed, 124, (ulong)(rng.Chance(0.06) && i > 0 ? rng.Below(i) : i)),
                SenderKey = warehouse?.SenderKey ?? Mixer.Mix(world.Seed, 125, (ulong)i),
            };
            seller.ActiveFrom = Math.Max(world.FirstDay, seller.OpenedDay);
            seller.FirstListing = listings.Count;
            seller.Listings = Math.Clamp((int)rng.LogNormal(12, 0.9), 2, 400);
            for (var k = 0; k < seller.Listings; k++)
                listings.Add(Item(seller, rng, world));
            return seller;
        }
    }

    public string[] Platforms { get; }

    public Seller[] Sellers { get; }

    public Listing[] Listings { get; }

    public Warehouse[] Warehouses { get; }

    /// <summary>A listing of the shop; the first ones sell best.</summary>
    public static int DrawListing(Seller seller, Rng rng)
    {
        var u = rng.Unit();
        return seller.FirstListing + (int)(seller.Listings * u * u * Math.Sqrt(u));
    }

    private static Listing Item(Seller seller, Rng rng, WorldParameters world)
    {
        var category = Category.All[seller.Category];
        var grams = (float)(category.Grams <= 0 ? 0 : rng.LogNormal(category.Grams, category.WeightSigma));
        var written = grams * seller.CatalogueFactor * Math.Exp(seller.CatalogueSigma * rng.Normal());
        var price = rng.LogNormal(category.Price * world.PriceLevel, category.PriceSigma);
        var fen = rng.Unit() switch
        {
            < 0.55 => ((int)price * 100) + 90,
            < 0.8 => (int)price * 100,
            _ => (int)(price * 10) * 10,
        };
        return new Listing
        {
            Seller = seller.Index,
            Category = seller.Category,
            Grams = grams,
            CatalogueGrams = written <= 0 || rng.Chance(0.03) ? -1 : (int)(written < 100 || rng.Chance(0.4) ? Math.Max(1, Math.Round(written)) : Math.Round(written / 10) * 10),
            Price = Math.Max(200, fen),
            Salt = rng.Next(),
        };
    }
}
