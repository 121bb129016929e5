using System.Globalization;
using Unbrush.Simulation.Attacks;
using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Market;

namespace Unbrush.Simulation.Truth;

/// <summary>What really happened, kept apart from the feed. Without a folder nothing is written, only counted.</summary>
internal sealed class TruthBook : IDisposable
{
    private readonly World _world;
    private readonly Feed _feed;
    private readonly DateTable _dates;
    private readonly string? _folder;
    private readonly CsvSink? _orders;
    private readonly CsvSink? _parcels;

    public TruthBook(World world, Feed feed, string? folder)
    {
        _world = world;
        _feed = feed;
        _folder = folder;
        _dates = new DateTable(world.LastDay + 60);
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        _orders = Open("truth_orders", "platform order_id fake victim judged scenario role");
        _parcels = Open("truth_parcels", "carrier waybill_no created_at empty content scenario");
    }

    public long Fakes { get; private set; }

    public long Victims { get; private set; }

    public void Add(Order order)
    {
        Fakes += order.Fake ? 1 : 0;
        Victims += order.Victim ? 1 : 0;
        var seller = _world.Market.Sellers[order.Seller];
        seller.Orders++;
        seller.Fakes += order.Fake ? 1 : 0;
        if (_orders is null)
            return;
        _orders.Text(_world.Platforms[order.Platform].Name);
        _orders.Text(_feed.OrderId(order.Platform, order.Id));
        _orders.Number(order.Fake ? 1 : 0);
        _orders.Number(order.Victim ? 1 : 0);
        _orders.Number(order.Unjudged || order.Victim ? 0 : 1);
        _orders.Text(order.Scenario);
        _orders.Text(order.Role);
        _orders.EndRow();
    }

    public void Parcel(int carrier, ulong waybill, int created, bool empty, string content, string scenario, Facility origin)
    {
        origin.Parcels++;
        origin.Empties += empty || (origin.Guilt is not null && content == "envelope") ? 1 : 0;
        if (_parcels is null || created >= _world.Parameters.EndOfFeed)
            return;
        _parcels.Text(_world.Network.Carriers[carrier].Code);
        _parcels.Text(_feed.WaybillNo(carrier, waybill));
        _parcels.Time(created);
        _parcels.Number(empty ? 1 : 0);
        _parcels.Text(content);
        _parcels.Text(scenario);
        _parcels.EndRow();
    }

    /// <summary>Writes who is who.</summary>
    public void Finish()
    {
        if (_folder is null)
            return;
        using (var w = Open("truth_sellers", "platform seller_id brushing victim look_alike orders fakes"))
        {
            foreach (var s in _world.Market.Sellers)
            {
                w.Text(_world.Platforms[s.Platform].Name);
                w.Text(_feed.SellerId(s.Index));
                w.Number(s.Brushing ? 1 : 0);
                w.Number(s.HostileTarget ? 1 : 0);
                w.Text(s.LookAlike);
                w.Number(s.Orders);
                w.Number(s.Fakes);
                w.EndRow();
            }
        }

        using (var w = Open("truth_facilities", "carrier facility_id kind sells_empties degree scenario look_alike parcels empties"))
        {
            foreach (var f in _world.Network.Facilities.Where(f => f.Kind is FacilityKind.Outlet or FacilityKind.Centre))
            {
                w.Text(_world.Network.Carriers[f.Carrier].Code);
                w.Text(f.Id);
                w.Text(f.Kind == FacilityKind.Outlet ? "outlet" : "centre");
                w.Number(f.Guilt is not null && f.Empties > 0 ? 1 : 0);
                w.Text(f.Parcels > 0 ? ((double)f.Empties / f.Parcels).ToString("0.####", CultureInfo.InvariantCulture) : "0");
                w.Text(f.Guilt);
                w.Text(f.LookAlike);
                w.Number(f.Parcels);
                w.Number(f.Empties);
                w.EndRow();
            }
        }

        using (var w = Open("truth_buyers", "platform buyer_id role"))
        {
            for (var i = 0; i < _world.Buyers.Count; i++)
            {
                w.Text(_world.Platforms[_world.Buyers.Platform[i]].Name);
                w.Text(_feed.BuyerId(i));
                w.Text(_world.Buyers.Role[i] switch
                {
                    BuyerRole.Brusher => "brusher",
                    BuyerRole.Victim => "victim",
                    BuyerRole.Attacker => "attacker",
                    BuyerRole.Relative => "relative",
                    _ => "innocent",
                });
                w.EndRow();
            }
        }

        using (var w = Open("truth_rings", "ring scenario kind platform id"))
        using (var s = Open("truth_scenarios", "scenario what sellers accounts"))
        {
            var ring = 0;
            foreach (var scenario in _world.Scenarios)
            {
                if (scenario is not Operation operation)
                {
                    s.Text(scenario.Code);
                    s.Text(scenario.GetType().Name);
                    s.Null();
                    s.Null();
                    s.EndRow();
                    continue;
                }

                s.Text(operation.Code);
                s.Text("Operation");
                s.Number(operation.Clients.Count);
                s.Number(operation.Accounts.Sum(a => a.Length));
                s.EndRow();
                ring++;
                foreach (var (platform, account) in operation.Accounts.SelectMany((a, p) => a.Select(x => (p, x))))
                    Member(w, ring, operation.Code, "buyer", platform, _feed.BuyerId(account));
                foreach (var client in operation.Clients)
                    Member(w, ring, operation.Code, "seller", client.Seller.Platform, _feed.SellerId(client.Seller.Index));
            }
        }
    }

    public void Dispose()
    {
        _orders?.Dispose();
        _parcels?.Dispose();
    }

    private void Member(CsvSink w, int ring, string code, string kind, int platform, string id)
    {
        w.Number(ring);
        w.Text(code);
        w.Text(kind);
        w.Text(_world.Platforms[platform].Name);
        w.Text(id);
        w.EndRow();
    }

    private CsvSink Open(string table, string header) => new(Path.Combine(_folder!, table + ".csv"), header, _dates);
}
