using System.Text;
using Unbrush.Simulation.Carriers;
using Unbrush.Simulation.Demand;
using Unbrush.Simulation.Market;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.FeedWriter;

/// <summary>The feed's files: turns rows into text, each table in the order of its own times.</summary>
internal sealed class Feed : IDisposable
{
    private static readonly byte[][] s_actions =
        [.. "accepted picked_up inspected departed arrived out_for_delivery stored collected delivered failed_attempt refused returning returned forwarded customs problem".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] s_signers = [.. " recipient courier doorman neighbour locker station other".Split(' ').Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] s_proofs = [.. " code photo signature none".Split(' ').Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] s_kinds = [.. "house office dormitory gatehouse station locker".Split(' ').Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] s_sources = [.. "search direct ad live campaign other".Split(' ').Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] s_payments = [.. "order refund transfer payout".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private readonly World _world;
    private readonly string _folder;
    private readonly DateTable _dates;
    private readonly byte[][] _platforms;
    private readonly byte[][] _carriers;
    private readonly byte[][] _prefixes;
    private readonly byte[][] _facilities;
    private readonly int _end;
    private readonly bool _rich;
    private readonly bool _parcels;
    private readonly CsvSink _orders;
    private readonly CsvSink? _items, _parcelRows, _links, _scans, _payments, _reviews, _visits;
    private readonly Waiting<ParcelRow> _waitingParcels;
    private readonly Waiting<LinkRow> _waitingLinks;
    private readonly Waiting<ScanRow> _waitingScans;
    private readonly Waiting<PaymentRow> _waitingPayments;
    private readonly Waiting<ReviewRow> _waitingReviews;
    private readonly Waiting<VisitRow> _waitingVisits;
    private ulong _paymentNumber, _reviewNumber;

    public Feed(World world, string folder)
    {
        Directory.CreateDirectory(folder);
        _world = world;
        _folder = folder;
        var p = world.Parameters;
        _end = p.EndOfFeed;
        _rich = p.Profile is Profile.Standard or Profile.Evasive or Profile.Honest;
        _parcels = p.Profile != Profile.OrdersOnly;
        _dates = new DateTable(p.FirstDay + p.Days + p.TailDays + 90);
        _platforms = [.. world.Platforms.Select(x => Encoding.ASCII.GetBytes(x.Name))];
        _carriers = [.. world.Network.Carriers.Select(x => Encoding.ASCII.GetBytes(x.Code))];
        _prefixes = [.. world.Network.Carriers.Select(x => Encoding.ASCII.GetBytes(x.WaybillPrefix))];
        _facilities = [.. world.Network.Facilities.Select(x => Encoding.ASCII.GetBytes(x.Id))];
        _orders = Open("orders",
            "platform order_id seller_id created_at buyer_id amount currency status paid_at shipped_at completed_at completed_by fulfilment source campaign_id promised_at device_key ip_key payer_key phone_key address_key address_kind region address_changed_at refunded_amount refunded_at refunded_by refund_reason memo");
        if (_rich)
        {
            _items = Open("order_items", "platform order_id line listing_id quantity unit_price");
            _payments = Open("payments", "payment_id paid_at payer_key payee_key amount currency kind platform order_id memo");
            _reviews = Open("reviews", "platform review_id order_id listing_id buyer_id reviewed_at rating text pictures");
            _visits = Open("visits", "platform buyer_id listing_id visited_at source keyword dwell_s compared favourited carted chatted order_id");
        }

        if (_parcels)
        {
            _parcelRows = Open("parcels", "carrier waybill_no created_at sender_key sender_region recipient_key recipient_region origin_facility declared_weight_g weight_g fee remark stock_batch");
            _links = Open("parcel_orders", "carrier waybill_no platform order_id linked_at");
            _scans = Open("scans", "carrier waybill_no scanned_at action facility_id operator_key weight_g vehicle_id bag_id next_facility recorded_at signer proof");
        }

        var first = p.FirstDay - 60;
        _waitingParcels = new(first);
        _waitingLinks = new(first);
        _waitingScans = new(first);
        _waitingPayments = new(first);
        _waitingReviews = new(first);
        _waitingVisits = new(first);
    }

    public List<ReportRow> Reports { get; } = [];

    public List<(string Kind, string Scope, string Id, string Label, string Source, int At)> Labels { get; } = [];

    public long Orders => _orders.Rows;

    public long Parcels => _parcelRows?.Rows ?? 0;

    public long Scans => _scans?.Rows ?? 0;

    public void Add(in ParcelRow row)
    {
        if (_parcels && row.Created < _end)
            _waitingParcels.Add(row);
    }

    public void Add(in LinkRow row)
    {
        if (_parcels && row.Linked < _end)
            _waitingLinks.Add(row);
    }

    public void Add(in ScanRow row)
    {
        if (_parcels && row.At < _end)
            _waitingScans.Add(row);
    }

    public void Add(in PaymentRow row)
    {
        if (_rich && row.At < _end)
            _waitingPayments.Add(row);
    }

    public void Add(in ReviewRow row)
    {
        if (_rich && row.At < _end)
            _waitingReviews.Add(row);
    }

    public void Add(in VisitRow row)
    {
        if (_rich && row.At < _end)
            _waitingVisits.Add(row);
    }

    public string BuyerId(int buyer) => $"b{BuyerNumber(buyer):0000000000}";

    public string SellerId(int seller) => $"s{SellerNumber(seller):0000000000}";

    public string ListingId(int listing) => $"{ListingNumber(listing):000000000000}";

    public string OrderId(int platform, ulong id) => (_world.Platforms[platform].FirstOrderId + id).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public string WaybillNo(int carrier, ulong waybill)
    {
        var c = _world.Network.Carriers[carrier];
        return c.WaybillPrefix + waybill.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(c.WaybillDigits, '0');
    }

    /// <summary>Writes everything that lies before a day.</summary>
    public void Flush(int beforeDay)
    {
        _waitingParcels.Flush(beforeDay, r => r.Waybill, Write);
        _waitingLinks.Flush(beforeDay, r => r.Waybill ^ r.Order, Write);
        _waitingScans.Flush(beforeDay, r => r.Waybill + ((ulong)r.Action << 50), Write);
        _waitingPayments.Flush(beforeDay, r => r.Payer ^ r.Payee ^ (ulong)r.Amount, Write);
        _waitingReviews.Flush(beforeDay, r => r.Salt, Write);
        _waitingVisits.Flush(beforeDay, r => Mixer.Mix((ulong)r.Buyer, (ulong)r.Listing), Write);
    }

    public void Write(Order order, OrderFate fate)
    {
        var platform = _world.Platforms[order.Platform];
        var w = _orders;
        w.Raw(_platforms[order.Platform]);
        w.Number((long)(platform.FirstOrderId + order.Id));
        w.Id("s"u8, SellerNumber(order.Seller), 10);
        w.Time(order.Created);
        w.Id("b"u8, BuyerNumber(order.Buyer), 10);
        w.Money(fate.Amount);
        w.Raw("CNY"u8);
        w.Raw(fate.Status switch { 0 => "created"u8, 1 => "paid"u8, 2 => "shipped"u8, 3 => "completed"u8, _ => "closed"u8 });
        w.Time(Seen(fate.Paid));
        w.Time(Seen(fate.Shipped));
        w.Time(Seen(fate.Completed));
        w.Raw(Seen(fate.Completed) == 0 ? default : fate.ByBuyer ? "buyer"u8 : "auto"u8);
        w.Raw(fate.Fulfilment switch { 1 => "digital"u8, 2 => "service"u8, 3 => "pickup"u8, _ => "parcel"u8 });
        w.Raw(platform.Source ? s_sources[(int)order.Source] : default);
        w.Text(order.Campaign);
        w.Time(fate.Promised);
        w.Key(platform.Device && fate.DeviceLogged ? order.Device : 0);
        w.Key(platform.Ip && fate.IpLogged ? order.Ip : 0);
        w.Key(platform.Payer && fate.PayerLogged && fate.Paid > 0 ? order.Payer : 0);
        w.Key(platform.Phone && !_world.Buyers.Masked(order.Buyer) ? _world.Buyers.PhoneKey(order.Buyer) : 0);
        w.Key(fate.AddressLogged ? order.Address : 0);
        w.Raw(platform.AddressKind && fate.KindLogged ? s_kinds[(int)order.Kind] : default);
        w.Number(Region(order.City, order.Zone, platform.DistrictRegions));
        w.Time(platform.AddressChanged ? Seen(fate.AddressChanged) : 0);
        var refunded = fate.Refunded > 0 && Seen(fate.RefundedAt) > 0;
        w.Money(refunded ? fate.Refunded : -1);
        w.Time(refunded ? fate.RefundedAt : 0);
        w.Text(refunded && platform.RefundedBy ? fate.RefundedBy : null);
        w.Text(refunded ? fate.RefundReason : null);
        w.Text(fate.Memo);
        w.EndRow();
        if (_items is null)
            return;
        for (var i = 0; i < order.Lines.Length; i++)
        {
            _items.Raw(_platforms[order.Platform]);
            _items.Number((long)(platform.FirstOrderId + order.Id));
            _items.Number(i + 1);
            _items.Id(default, ListingNumber(order.Lines[i].Listing), 12);
            _items.Number(order.Lines[i].Quantity);
            _items.Money(_world.Market.Listings[order.Lines[i].Listing].Price);
            _items.EndRow();
        }
    }

    public int Region(int city, int zone, bool district)
    {
        var place = _world.Atlas.Cities[city];
        return district ? place.Zones[zone % place.Zones.Length] : place.Code;
    }

    /// <summary>Writes the tables that do not change from day to day, and closes the files.</summary>
    public void Finish()
    {
        Flush(int.MaxValue / Clock.Day);
        if (_rich)
            Standing.Write(_world, this, Open);
    }

    public void Dispose()
    {
        foreach (var sink in new[] { _orders, _items, _parcelRows, _links, _scans, _payments, _reviews, _visits })
            sink?.Dispose();
    }

    internal ulong BuyerNumber(int buyer) => Mixer.Permute((ulong)buyer, 32, Mixer.Mix(_world.Parameters.Seed, 201));

    internal ulong SellerNumber(int seller) => Mixer.Permute((ulong)seller, 32, Mixer.Mix(_world.Parameters.Seed, 202));

    internal ulong ListingNumber(int listing) => Mixer.Permute((ulong)listing, 38, Mixer.Mix(_world.Parameters.Seed, 203));

    private CsvSink Open(string table, string header) => new(Path.Combine(_folder, table + ".csv"), header, _dates);

    private int Seen(int time) => time < _end ? time : 0;

    private void Write(ParcelRow row)
    {
        var w = _parcelRows!;
        var carrier = _world.Network.Carriers[row.Carrier];
        w.Raw(_carriers[row.Carrier]);
        w.Id(_prefixes[row.Carrier], row.Waybill, carrier.WaybillDigits);
        w.Time(row.Created);
        w.Key(row.Sender);
        w.Number(row.SenderRegion);
        w.Key(row.Recipient);
        w.Number(row.RecipientRegion);
        w.Raw(_facilities[row.Origin]);
        w.Maybe(row.Declared);
        w.Maybe(row.Weight);
        w.Money(row.Fee);
        w.Text(row.Remark);
        if (row.Stock >= 0)
            w.Id("N"u8, Mixer.Permute((ulong)row.Stock, 26, Mixer.Mix(_world.Parameters.Seed, 204, row.Carrier)), 8);
        else
            w.Null();
        w.EndRow();
    }

    private void Write(LinkRow row)
    {
        var w = _links!;
        w.Raw(_carriers[row.Carrier]);
        w.Id(_prefixes[row.Carrier], row.Waybill, _world.Network.Carriers[row.Carrier].WaybillDigits);
        w.Raw(_platforms[row.Platform]);
        w.Number((long)(_world.Platforms[row.Platform].FirstOrderId + row.Order));
        w.Time(row.Linked);
        w.EndRow();
    }

    private void Write(ScanRow row)
    {
        var w = _scans!;
        var c = _world.Network.Carriers[row.Carrier];
        w.Raw(_carriers[row.Carrier]);
        w.Id(_prefixes[row.Carrier], row.Waybill, c.WaybillDigits);
        w.Time(row.At + c.ClockOffset);
        w.Raw(s_actions[(int)row.Action]);
        w.Raw(_facilities[row.Facility]);
        w.Key(c.RecordsOperator ? row.Operator : 0, 12);
        w.Maybe(row.Weight);
        if (row.Vehicle > 0 && c.RecordsVehicle)
            w.Id("V"u8, (ulong)row.Vehicle, 5);
        else
            w.Null();
        w.Key(c.RecordsBag ? row.Bag : 0, 10);
        w.Raw(row.Next >= 0 && c.RecordsNext ? _facilities[row.Next] : default);
        w.Time(c.RecordsUpload ? row.Recorded + c.ClockOffset : 0);
        w.Raw(s_signers[(int)row.Signer]);
        w.Raw(s_proofs[(int)row.Proof]);
        w.EndRow();
    }

    private void Write(PaymentRow row)
    {
        var w = _payments!;
        w.Id("p"u8, Mixer.Permute(_paymentNumber++, 42, Mixer.Mix(_world.Parameters.Seed, 205)), 13);
        w.Time(row.At);
        w.Key(row.Payer);
        w.Key(row.Payee);
        w.Money(row.Amount);
        w.Raw("CNY"u8);
        w.Raw(s_payments[(int)row.Kind]);
        w.Raw(row.Platform >= 0 ? _platforms[row.Platform] : default);
        if (row.Platform >= 0 && row.Kind is PaymentKind.Order or PaymentKind.Refund)
            w.Number((long)(_world.Platforms[row.Platform].FirstOrderId + row.Order));
        else
            w.Null();
        w.Text(row.Memo);
        w.EndRow();
    }

    private void Write(ReviewRow row)
    {
        var w = _reviews!;
        w.Raw(_platforms[row.Platform]);
        w.Id("r"u8, Mixer.Permute(_reviewNumber++, 40, Mixer.Mix(_world.Parameters.Seed, 206)), 13);
        w.Number((long)(_world.Platforms[row.Platform].FirstOrderId + row.Order));
        w.Id(default, ListingNumber(row.Listing), 12);
        w.Id("b"u8, BuyerNumber(row.Buyer), 10);
        w.Time(row.At);
        w.Number(row.Rating);
        w.Text(Voices.Speak(row.Voice, row.Salt, row.Rating, Category.All[_world.Market.Listings[row.Listing].Category]));
        w.Number(row.Pictures);
        w.EndRow();
    }

    private void Write(VisitRow row)
    {
        var w = _visits!;
        w.Raw(_platforms[row.Platform]);
        w.Id("b"u8, BuyerNumber(row.Buyer), 10);
        w.Id(default, ListingNumber(row.Listing), 12);
        w.Time(row.At);
        w.Raw(s_sources[row.Source]);
        w.Text(row.Keyword < 0 ? null : Voices.Keyword(row.Keyword, Category.All[_world.Market.Listings[row.Listing].Category]));
        w.Number(row.Dwell);
        w.Maybe(row.Compared);
        w.Number(row.Flags & 1);
        w.Number((row.Flags >> 1) & 1);
        w.Number((row.Flags >> 2) & 1);
        if (row.Order != 0)
            w.Number((long)(_world.Platforms[row.Platform].FirstOrderId + row.Order));
        else
            w.Null();
        w.EndRow();
    }
}
