using System.Globalization;

namespace Unbrush.Feeds.Loading;

/// <summary>Where parcels come from and go to, and between whom, as tracks tell it. Another file may declare the same parcel: a route then fills in what is missing there, and makes a parcel only where none is declared.</summary>
internal sealed class Routes(ImportContext context)
{
    private readonly List<Route> _routes = [];

    /// <summary>A route that a track tells: the regions it leads from and to, and the keys of the sender and of the recipient.</summary>
    internal readonly record struct Route(string File, string Carrier, string Waybill, string BornAt, string? From, string? To, string? Sender = null, string? Recipient = null);

    /// <summary>Adds a route.</summary>
    public void Add(Route route) => _routes.Add(route);

    /// <summary>Brings the routes into <c>parcels</c> when all tables are loaded.</summary>
    public void Fill()
    {
        if (_routes.Count == 0)
            return;
        context.Execute("CREATE OR REPLACE TEMP TABLE import_routes (n INTEGER, carrier VARCHAR, waybill_no VARCHAR, born VARCHAR, sender_region VARCHAR, recipient_region VARCHAR, sender_key VARCHAR, recipient_key VARCHAR)");
        using (var appender = context.Connection.CreateAppender("temp", "main", "import_routes"))
        {
            for (var i = 0; i < _routes.Count; i++)
            {
                var route = _routes[i];
                appender.CreateRow().AppendValue(i).AppendValue(route.Carrier).AppendValue(route.Waybill).AppendValue(route.BornAt).AppendValue(route.From).AppendValue(route.To).AppendValue(route.Sender).AppendValue(route.Recipient).EndRow();
            }
        }

        // Carriers use numbers again after half a year or more: a parcel born within two months is the same.
        context.Execute("""
            CREATE OR REPLACE TEMP TABLE import_routes_typed AS
            SELECT carrier, waybill_no, make_timestamp(epoch_us(TRY_CAST(born AS TIMESTAMPTZ))) AS born, sender_region, recipient_region, sender_key, recipient_key FROM import_routes
            QUALIFY row_number() OVER (PARTITION BY carrier, waybill_no ORDER BY n DESC) = 1;
            UPDATE parcels SET sender_region = coalesce(parcels.sender_region, r.sender_region), recipient_region = coalesce(parcels.recipient_region, r.recipient_region),
              sender_key = coalesce(parcels.sender_key, r.sender_key), recipient_key = coalesce(parcels.recipient_key, r.recipient_key)
            FROM import_routes_typed r
            WHERE parcels.carrier = r.carrier AND parcels.waybill_no = r.waybill_no AND abs(date_diff('day', parcels.created_at, r.born)) <= 60;
            """);
        var made = context.Number("""
            SELECT count(*) FROM import_routes_typed r
            WHERE r.born IS NOT NULL AND NOT EXISTS (SELECT 1 FROM parcels p WHERE p.carrier = r.carrier AND p.waybill_no = r.waybill_no AND abs(date_diff('day', p.created_at, r.born)) <= 60)
            """);
        context.Execute("""
            INSERT INTO parcels (carrier, waybill_no, created_at, sender_region, recipient_region, sender_key, recipient_key)
            SELECT carrier, waybill_no, born, sender_region, recipient_region, sender_key, recipient_key FROM import_routes_typed r
            WHERE r.born IS NOT NULL AND NOT EXISTS (SELECT 1 FROM parcels p WHERE p.carrier = r.carrier AND p.waybill_no = r.waybill_no AND abs(date_diff('day', p.created_at, r.born)) <= 60)
            ORDER BY carrier, waybill_no;
            DROP TABLE import_routes;
            DROP TABLE import_routes_typed;
            """);
        if (made > 0)
        {
            var count = made.ToString(CultureInfo.InvariantCulture);
            context.Note("info", "parcels", _routes[0].File, $"{count} parcels are known by their tracks alone; their first event stands for their birth.", $"有 {count} 个包裹仅由轨迹得知，以首个事件的时间作为创建时间。");
        }
    }
}
