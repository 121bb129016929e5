using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Olist;

/// <summary>
/// The public tables of the Brazilian marketplace Olist. An order of several sellers becomes one feed order a seller; a buyer is
/// <c>customer_unique_id</c>, never <c>customer_id</c>, which is one an order. Times are taken as those of São Paulo.
/// </summary>
internal sealed class OlistFormat : IFeedFormat
{
    private const string Zone = "America/Sao_Paulo";

    /// <summary>Each file by the columns that tell it, and what is read of it.</summary>
    private static readonly (string Kind, string[] Columns)[] Files =
    [
        ("orders", ["order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at", "order_delivered_carrier_date", "order_delivered_customer_date"]),
        ("items", ["order_id", "order_item_id", "product_id", "seller_id", "price", "freight_value"]),
        ("customers", ["customer_id", "customer_unique_id", "customer_state"]),
        ("payments", ["order_id", "payment_sequential", "payment_value"]),
        ("products", ["product_id", "product_category_name", "product_weight_g"]),
    ];

    private static readonly (string Theirs, string Ours)[] Statuses =
        [("delivered", "completed"), ("shipped", "shipped"), ("canceled", "closed"), ("unavailable", "closed"), ("created", "created"), ("approved", "paid"), ("invoiced", "paid"), ("processing", "paid")];

    /// <summary>What the published tables have besides, and the contract has no place for.</summary>
    private static readonly HashSet<string> Useless = new(
        "order_estimated_delivery_date shipping_limit_date customer_zip_code_prefix customer_city payment_type payment_installments product_name_lenght product_description_lenght product_photos_qty product_length_cm product_height_cm product_width_cm".Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public string Name => "olist";

    public Recognition? Recognise(FileSample file, string? table) => KindOf(file) is { } kind
        ? new(90, new($"its columns are those of Olist's {kind}", $"其列与 Olist 的 {kind} 表一致"))
        : null;

    public IEnumerable<StagedRelation> Stage(IReadOnlyList<(FileSample File, string? Table)> files, ImportContext context)
    {
        var byKind = new Dictionary<string, FileSample>(StringComparer.Ordinal);
        foreach (var (file, _) in files)
        {
            var kind = KindOf(file)!;
            if (!byKind.TryAdd(kind, file))
                throw new UnbrushException(ExitCode.Unreadable, new($"{byKind[kind].Path} and {file.Path} are both Olist's {kind} table, which is read from one file: name one of them.", $"{byKind[kind].Path} 和 {file.Path} 都是 Olist 的 {kind} 表，该表只能来自一个文件：请只指定其一。"));
        }

        foreach (var needed in (string[])["orders", "items"])
        {
            if (!byKind.ContainsKey(needed))
                throw new UnbrushException(ExitCode.Unreadable, new($"Olist's {needed} table is missing: name it along with {files[0].File.Path}.", $"缺少 Olist 的 {needed} 表：请与 {files[0].File.Path} 一并指定。"));
        }

        var refused = new Dictionary<FileSample, List<QuarantinedCell>>();
        foreach (var (kind, columns) in Files)
        {
            if (byKind.GetValueOrDefault(kind) is { } file)
                refused[file] = Read(kind, columns, file, context);
            else
                context.Execute($"CREATE OR REPLACE TEMP TABLE olist_{kind} AS SELECT {string.Join(", ", columns.Select(c => $"CAST(NULL AS VARCHAR) AS {c}"))} WHERE false");
        }

        NoteStatuses(byKind["orders"], context);
        // What a file could not give stands with the first table that is made of it.
        return Relations(byKind, context).Select(r => refused.Remove(r.File, out var bad) ? r with { Refused = bad } : r);
    }

    private static IEnumerable<StagedRelation> Relations(Dictionary<string, FileSample> byKind, ImportContext context)
    {
        context.Note("info", "orders", byKind["orders"].Name, $"Olist's times carry no zone; they are taken as {Zone}.", $"Olist 的时间不含时区，按 {Zone} 处理。");
        context.Execute("""
            CREATE OR REPLACE TEMP TABLE olist_sales AS
            SELECT i.order_id, i.seller_id, sum(TRY_CAST(i.price AS DECIMAL(18, 2)) + TRY_CAST(i.freight_value AS DECIMAL(18, 2))) AS amount,
                   CASE WHEN count(*) OVER (PARTITION BY i.order_id) = 1 THEN i.order_id
                        ELSE i.order_id || '/' || row_number() OVER (PARTITION BY i.order_id ORDER BY i.seller_id) END AS feed_order_id
            FROM olist_items i GROUP BY i.order_id, i.seller_id
            """);
        var keys = context.PseudonymTable("SELECT customer_unique_id FROM olist_customers UNION SELECT seller_id FROM olist_items");

        var sales = "olist_sales s JOIN olist_orders o ON o.order_id = s.order_id LEFT JOIN olist_customers c ON c.customer_id = o.customer_id";
        yield return Relation(context, "orders", byKind["orders"], $"""
            SELECT 'olist' AS platform, s.feed_order_id AS order_id, s.seller_id, c.customer_unique_id AS buyer_id,
                   {At("o.order_purchase_timestamp")} AS created_at, {At("o.order_approved_at")} AS paid_at, {At("o.order_delivered_carrier_date")} AS shipped_at,
                   {At("o.order_delivered_customer_date")} AS completed_at, CASE WHEN o.order_status = 'delivered' THEN 'auto' END AS completed_by,
                   CASE {string.Concat(Statuses.Select(p => $"WHEN o.order_status = '{p.Theirs}' THEN '{p.Ours}' "))}END AS status,
                   CAST(s.amount AS VARCHAR) AS amount, 'BRL' AS currency, 'BR-' || c.customer_state AS region
            FROM {sales} ORDER BY 2
            """);
        yield return Relation(context, "order_items", byKind["items"], """
            SELECT 'olist' AS platform, s.feed_order_id AS order_id, i.order_item_id AS line, i.product_id AS listing_id, '1' AS quantity, i.price AS unit_price
            FROM olist_items i JOIN olist_sales s ON s.order_id = i.order_id AND s.seller_id = i.seller_id ORDER BY 2, 3
            """);
        yield return Relation(context, "buyers", byKind.GetValueOrDefault("customers") ?? byKind["orders"], "SELECT DISTINCT 'olist' AS platform, customer_unique_id AS buyer_id FROM olist_customers WHERE customer_unique_id IS NOT NULL ORDER BY 2");
        yield return Relation(context, "parcels", byKind["orders"], $"""
            SELECT 'olist' AS carrier, s.feed_order_id AS waybill_no, {At("coalesce(o.order_delivered_carrier_date, o.order_approved_at)")} AS created_at, 'BR-' || c.customer_state AS recipient_region
            FROM {sales} WHERE o.order_delivered_carrier_date IS NOT NULL ORDER BY 2
            """);
        yield return Relation(context, "parcel_orders", byKind["orders"], $"SELECT 'olist' AS carrier, s.feed_order_id AS waybill_no, 'olist' AS platform, s.feed_order_id AS order_id FROM {sales} WHERE o.order_delivered_carrier_date IS NOT NULL ORDER BY 2");
        yield return Relation(context, "scans", byKind["orders"], $"""
            SELECT 'olist' AS carrier, feed_order_id AS waybill_no, scanned_at, action FROM (
              SELECT s.feed_order_id, {At("o.order_delivered_carrier_date")} AS scanned_at, 'picked_up' AS action FROM {sales} WHERE o.order_delivered_carrier_date IS NOT NULL
              UNION ALL SELECT s.feed_order_id, {At("o.order_delivered_customer_date")}, 'delivered' FROM {sales} WHERE o.order_delivered_customer_date IS NOT NULL)
            ORDER BY 2, 3
            """);
        if (byKind.TryGetValue("products", out var products))
        {
            yield return Relation(context, "listings", products, """
                SELECT 'olist' AS platform, p.product_id AS listing_id, i.seller_id, p.product_category_name AS category, p.product_weight_g AS weight_g
                FROM olist_products p JOIN (SELECT product_id, min(seller_id) AS seller_id FROM olist_items GROUP BY product_id) i ON i.product_id = p.product_id ORDER BY 2
                """);
        }

        if (byKind.TryGetValue("payments", out var payments))
        {
            yield return Relation(context, "payments", payments, $"""
                SELECT p.order_id || '-' || p.payment_sequential AS payment_id, {At("coalesce(o.order_approved_at, o.order_purchase_timestamp)")} AS paid_at, b.pseudonym AS payer_key, k.pseudonym AS payee_key,
                       p.payment_value AS amount, 'BRL' AS currency, 'order' AS kind, 'olist' AS platform, s.feed_order_id AS order_id
                FROM olist_payments p JOIN olist_orders o ON o.order_id = p.order_id
                JOIN (SELECT order_id, min(seller_id) AS seller_id, min(feed_order_id) AS feed_order_id FROM olist_sales GROUP BY order_id) s ON s.order_id = p.order_id
                JOIN olist_customers c ON c.customer_id = o.customer_id
                JOIN {keys} b ON b.raw = c.customer_unique_id JOIN {keys} k ON k.raw = s.seller_id ORDER BY 1
                """);
        }
    }

    private static string? KindOf(FileSample file)
    {
        if (file.Content == Content.Parquet)
            return file.Name.Contains("olist_products", StringComparison.OrdinalIgnoreCase) ? "products" : null;
        if (file.Content != Content.Delimited)
            return null;
        var header = Header.Of(file.Text);
        return Files.FirstOrDefault(f => f.Columns.All(c => header.IndexOf(c) >= 0)).Kind;
    }

    /// <summary>Reads a file into a table; where lines of it do not split into cells, without them.</summary>
    /// <returns>The lines that were left out.</returns>
    private static List<QuarantinedCell> Read(string kind, string[] columns, FileSample file, ImportContext context)
    {
        var left = new List<QuarantinedCell>();
        var into = $"CREATE OR REPLACE TEMP TABLE olist_{kind} AS SELECT ";
        try
        {
            if (file.Content == Content.Parquet)
            {
                context.Execute($"{into}{string.Join(", ", columns.Select(c => $"CAST({c} AS VARCHAR) AS {c}"))} FROM read_parquet({ImportContext.Quote(file.Path)})");
                return left;
            }

            var header = Header.Of(file.Text);
            context.NoteUnknown("orders", file, header.Names.Where(n => !columns.Contains(n, StringComparer.OrdinalIgnoreCase) && !Useless.Contains(n)));
            var csv = DelimitedText.Read(file, header, context);
            into += $"{string.Join(", ", columns.Select(c => string.Create(CultureInfo.InvariantCulture, $"c{header.IndexOf(c)} AS {c}")))} FROM ";
            try
            {
                context.Execute(into + csv.Strict);
            }
            catch (DuckDBException e) when (!ImportContext.IsAboutMachine(e))
            {
                var rejects = context.NewTableName("olist_rejects");
                context.Execute(into + csv.Tolerant(rejects));
                left.AddRange(context.Rejected(rejects, file));
            }
        }
        catch (DuckDBException e) when (!ImportContext.IsAboutMachine(e))
        {
            throw ImportContext.Damaged(file, e.Message, e);
        }

        return left;
    }

    /// <summary>Names the statuses that are not in the table; they read as unknown.</summary>
    private static void NoteStatuses(FileSample file, ImportContext context) => context.Query(
        $"SELECT left(order_status, 60), count(*) FROM olist_orders WHERE order_status NOT IN ({string.Join(", ", Statuses.Select(s => $"'{s.Theirs}'"))}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
        r => context.Note(
            "warning", "orders", file.Name,
            $"Order status '{r.GetString(0)}' ({r.GetInt64(1)} times) is not in the table; read as unknown.",
            $"订单状态“{r.GetString(0)}”（{r.GetInt64(1)} 次）不在对照表中，按未知处理。"));

    /// <summary>A relation whose columns are those that its SELECT yields.</summary>
    private static StagedRelation Relation(ImportContext context, string table, FileSample file, string sql)
    {
        var columns = new List<string>();
        context.Query($"SELECT column_name FROM (DESCRIBE {sql})", r => columns.Add(r.GetString(0)));
        return new(FeedSchema.Find(table)!, sql, columns, file);
    }

    private static string At(string column) => $"CAST(TRY_CAST({column} AS TIMESTAMP) AT TIME ZONE '{Zone}' AS VARCHAR)";
}
