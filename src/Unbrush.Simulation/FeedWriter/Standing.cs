using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.FeedWriter;

/// <summary>The tables that hold one row a thing: listings, sellers, buyers, facilities, wallets, registers, reports, labels.</summary>
internal static class Standing
{
    public static void Write(World world, Feed feed, Func<string, string, CsvSink> open)
    {
        var rng = Rng.Of(world.Parameters.Seed, 30);
        Listings(world, feed, open);
        Sellers(world, feed, open);
        Buyers(world, feed, open, rng);
        Facilities(world, open);
        Wallets(world, feed, open, rng);
        Small(world, feed, open);
    }

    private static void Listings(World world, Feed feed, Func<string, string, CsvSink> open)
    {
        using var w = open("listings", "platform listing_id seller_id title category weight_g price");
        foreach (var i in Scattered(world.Market.Listings.Length, 1))
        {
            var listing = world.Market.Listings[i];
            var category = Category.All[listing.Category];
            w.Text(world.Platforms[world.Market.Sellers[listing.Seller].Platform].Name);
            w.Id(default, feed.ListingNumber(i), 12);
            w.Id("s"u8, feed.SellerNumber(listing.Seller), 10);
            w.Text($"{Voices.Keyword((int)(listing.Salt % 4096), category)} {Voices.Keyword((int)(listing.Salt / 4096 % 4096), category)}");
            w.Text(category.Name);
            w.Maybe(listing.CatalogueGrams);
            w.Money(listing.Price);
            w.EndRow();
        }
    }

    private static void Sellers(World world, Feed feed, Func<string, string, CsvSink> open)
    {
        using var w = open("sellers", "platform seller_id name opened_at category region owner_key");
        foreach (var i in Scattered(world.Market.Sellers.Length, 2))
        {
            var s = world.Market.Sellers[i];
            w.Text(world.Platforms[s.Platform].Name);
            w.Id("s"u8, feed.SellerNumber(i), 10);
            w.Text($"{world.Atlas.Cities[s.City].Name[..2]}{Category.All[s.Category].Words[0]}{feed.SellerNumber(i) % 900 + 100}店");
            w.Time((s.OpenedDay * Clock.Day) + 36000 + (int)(Mixer.Mix(s.Wallet) % 30000));
            w.Text(Category.All[s.Category].Name);
            w.Number(feed.Region(s.City, s.Zone, true));
            w.Key(s.Owner);
            w.EndRow();
        }
    }

    private static void Buyers(World world, Feed feed, Func<string, string, CsvSink> open, Rng rng)
    {
        using var w = open("buyers", "platform buyer_id registered_at level phone_key identity_key");
        var b = world.Buyers;
        foreach (var i in Scattered(b.Count, 3))
        {
            w.Text(world.Platforms[b.Platform[i]].Name);
            w.Id("b"u8, feed.BuyerNumber(i), 10);
            w.Time((b.RegisteredDay[i] * Clock.Day) + (int)(Mixer.Mix((ulong)i, 5) % 86400));
            var age = (world.LastDay - b.RegisteredDay[i]) / 400.0;
            w.Number(Math.Clamp((int)(age + rng.Normal(1, 1)), 0, 8));
            w.Key(b.Masked(i) ? 0 : b.PhoneKey(i));
            w.Key(rng.Chance(0.5) ? Mixer.Mix(world.Parameters.Seed, 111, (ulong)i) : 0);
            w.EndRow();
        }
    }

    private static void Facilities(World world, Func<string, string, CsvSink> open)
    {
        using var w = open("facilities", "carrier facility_id name kind region lat lon parent_id delivers_to model opened_at");
        var all = world.Network.Facilities;
        foreach (var f in all)
        {
            var city = world.Atlas.Cities[f.City];
            w.Text(world.Network.Carriers[f.Carrier].Code);
            w.Text(f.Id);
            w.Text(f.Name);
            w.Text(f.Kind switch { FacilityKind.Outlet => "outlet", FacilityKind.Centre => "centre", FacilityKind.Station => "station", _ => "locker" });
            w.Number(f.Kind == FacilityKind.Centre ? city.Code : city.Zones[Math.Max(0, f.Zone) % city.Zones.Length]);
            w.Text(f.Latitude.ToString(System.Globalization.CultureInfo.InvariantCulture));
            w.Text(f.Longitude.ToString(System.Globalization.CultureInfo.InvariantCulture));
            w.Text(f.Parent >= 0 ? all[f.Parent].Id : null);
            w.Text(f.Kind == FacilityKind.Outlet && f.Index % 5 != 0 ? string.Join(';', f.Zones.Select(z => city.Zones[z]).Distinct().Order()) : null);
            w.Text(f.Kind == FacilityKind.Outlet ? (f.Franchise ? "franchise" : "direct") : null);
            w.Time(f.OpenedDay * Clock.Day);
            w.EndRow();
        }
    }

    private static void Wallets(World world, Feed feed, Func<string, string, CsvSink> open, Rng rng)
    {
        using var w = open("wallets", "wallet_key platform holder_kind holder_id");
        var rows = new List<(ulong Wallet, int Platform, bool Seller, int Holder)>();
        for (var i = 0; i < world.Buyers.Count; i++)
        {
            if (rng.Chance(0.9))
                rows.Add((world.Buyers.WalletKey(i), world.Buyers.Platform[i], false, i));
        }

        foreach (var s in world.Market.Sellers)
        {
            rows.Add((s.Wallet, s.Platform, true, s.Index));
            if (rng.Chance(0.3))
                rows.Add((s.PrivateWallet, s.Platform, true, s.Index));
        }

        foreach (var (wallet, platform, seller, holder) in rows.OrderBy(r => r.Wallet))
        {
            w.Key(wallet);
            w.Text(world.Platforms[platform].Name);
            w.Text(seller ? "seller" : "buyer");
            w.Text(seller ? feed.SellerId(holder) : feed.BuyerId(holder));
            w.EndRow();
        }
    }

    private static void Small(World world, Feed feed, Func<string, string, CsvSink> open)
    {
        using (var w = open("registers", "kind scope id valid_from valid_to note"))
        {
            foreach (var r in world.Registers.DistinctBy(r => (r.Kind, r.Scope, r.Id, r.From)).OrderBy(r => r.From).ThenBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.Kind, StringComparer.Ordinal))
            {
                w.Text(r.Kind);
                w.Text(r.Scope);
                w.Text(r.Id);
                w.Time(r.From);
                w.Time(r.To);
                w.Text(r.Note);
                w.EndRow();
            }
        }

        using (var w = open("reports", "report_id reported_at kind subject_kind subject_platform subject_id reporter text"))
        {
            var n = 0UL;
            foreach (var r in feed.Reports.Where(r => r.At < world.Parameters.EndOfFeed).OrderBy(r => r.At).ThenBy(r => r.Subject, StringComparer.Ordinal))
            {
                w.Id("c"u8, Mixer.Permute(n++, 32, Mixer.Mix(world.Parameters.Seed, 207)), 10);
                w.Time(r.At);
                w.Text(r.Kind);
                w.Text(r.SubjectKind);
                w.Text(r.Scope);
                w.Text(r.Subject);
                w.Text(r.Reporter);
                w.Text(r.Text);
                w.EndRow();
            }
        }

        using (var w = open("labels", "subject_kind scope subject_id label source labelled_at"))
        {
            foreach (var l in feed.Labels.Where(l => l.At < world.Parameters.EndOfFeed).OrderBy(l => l.At).ThenBy(l => l.Id, StringComparer.Ordinal))
            {
                w.Text(l.Kind);
                w.Text(l.Scope);
                w.Text(l.Id);
                w.Text(l.Label);
                w.Text(l.Source);
                w.Time(l.At);
                w.EndRow();
            }
        }
    }

    /// <summary>The numbers below n in an order that tells nothing.</summary>
    private static IEnumerable<int> Scattered(int n, ulong salt)
    {
        var bits = 1;
        while ((1 << bits) < n)
            bits++;
        for (var i = 0UL; i < 1UL << bits; i++)
        {
            var k = (int)Mixer.Permute(i, bits, salt);
            if (k < n)
                yield return k;
        }
    }
}
