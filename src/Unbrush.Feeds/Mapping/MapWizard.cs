using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Canonical;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Mapping;

/// <summary>A proposed mapping.</summary>
/// <param name="Yaml">The mapping's text, with its doubts as comments.</param>
/// <param name="Doubts">What a person should look at.</param>
/// <param name="Tried">What became of the first thousand rows; null where the proposal is not complete enough to be tried.</param>
/// <param name="Failure">Why the trial failed, or null.</param>
public sealed record MapProposal(string Yaml, IReadOnlyList<Sentence> Doubts, ImportReport? Tried, Sentence? Failure);

/// <summary>Proposes a mapping for a file of no known format from its columns' names and its first rows, and tries it.</summary>
public static partial class MapWizard
{
    /// <summary>How files name what the contract names, the surest first.</summary>
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["order_id"] = ["orderid", "orderno", "ordernumber", "orderref", "ordersn", "invoiceno", "invoicenumber", "invoiceid", "订单编号", "订单号", "单号", "交易号"],
        ["seller_id"] = ["sellerid", "shopid", "storeid", "merchantid", "vendorid", "seller", "shop", "store", "merchant", "vendor", "店铺id", "店铺名称", "店铺", "商家", "卖家"],
        ["buyer_id"] = ["buyerid", "customerid", "userid", "memberid", "clientid", "buyer", "customer", "user", "member", "买家会员名", "买家", "用户", "会员", "客户"],
        ["created_at"] = ["createdat", "ordertime", "orderdate", "createtime", "createdtime", "created", "purchasedate", "timestamp", "datetime", "date", "invoicedate", "下单时间", "创建时间", "订单创建时间", "成交时间"],
        ["paid_at"] = ["paidat", "paytime", "paymenttime", "paymentdate", "paiddate", "付款时间", "支付时间", "订单付款时间"],
        ["shipped_at"] = ["shippedat", "shiptime", "shipdate", "shippingdate", "发货时间"],
        ["completed_at"] = ["completedat", "finishedat", "delivereddate", "确认收货时间", "完成时间"],
        ["amount"] = ["amount", "total", "totalprice", "totalamount", "paidamount", "paymentamount", "ordertotal", "金额", "实付金额", "实付", "总价", "买家实际支付金额"],
        ["currency"] = ["currency", "currencycode", "币种"],
        ["status"] = ["status", "orderstatus", "state", "订单状态", "状态"],
        ["phone_key"] = ["phone", "phonenumber", "mobile", "receiverphone", "receivermobile", "tel", "手机", "手机号", "联系手机", "联系电话", "电话"],
        ["address_key"] = ["address", "shippingaddress", "receiveraddress", "deliveryaddress", "收货地址", "地址", "详细地址"],
        ["ip_key"] = ["ip", "ipaddress", "clientip"],
        ["device_key"] = ["deviceid", "device", "devicekey", "设备号", "设备"],
        ["memo"] = ["memo", "note", "notes", "comment", "remark", "remarks", "备注", "订单备注"],
        ["listing_id"] = ["listingid", "productid", "itemid", "skuid", "sku", "stockcode", "goodsid", "商品id", "商品编号", "宝贝id"],
        ["quantity"] = ["quantity", "qty", "count", "num", "数量", "购买数量"],
        ["unit_price"] = ["unitprice", "price", "itemprice", "单价", "价格"],
        ["carrier"] = ["carrier", "courier", "company", "expresscompany", "logisticscompany", "快递公司", "物流公司", "承运商"],
        ["waybill_no"] = ["waybillno", "waybill", "trackingnumber", "trackingno", "tracking", "mailno", "运单号", "快递单号", "物流单号"],
        ["scanned_at"] = ["scannedat", "scantime", "scandate", "eventtime", "扫描时间", "操作时间"],
        ["action"] = ["action", "scantype", "event", "eventtype", "扫描类型", "操作类型"],
        ["facility_id"] = ["facilityid", "facility", "site", "siteid", "station", "outlet", "scansite", "网点", "网点编号", "扫描网点", "站点"],
        ["weight_g"] = ["weightg", "weight", "重量"],
        ["review_id"] = ["reviewid", "rateid", "commentid", "评价id"],
        ["rating"] = ["rating", "score", "stars", "star", "评分", "星级"],
        ["reviewed_at"] = ["reviewedat", "reviewtime", "reviewdate", "ratetime", "评价时间"],
        ["text"] = ["text", "review", "reviewtext", "content", "comment", "评价内容", "评价"],
        ["payment_id"] = ["paymentid", "transactionid", "txid", "流水号", "交易流水号"],
        ["payer_key"] = ["payer", "payeraccount", "fromaccount", "付款方", "付款账号"],
        ["payee_key"] = ["payee", "payeeaccount", "toaccount", "收款方", "收款账号"],
        ["title"] = ["title", "productname", "itemname", "description", "商品名称", "标题"],
    };

    /// <summary>The tables that are proposed, each with the columns without which it is not.</summary>
    private static readonly (string Table, string[] Must)[] Tables =
    [
        ("scans", ["waybill_no", "scanned_at", "action"]), ("reviews", ["rating", "listing_id"]), ("payments", ["payer_key", "payee_key", "amount"]),
        ("orders", ["order_id", "created_at"]), ("order_items", ["order_id", "listing_id", "quantity"]),
    ];

    /// <summary>Proposes a mapping.</summary>
    /// <exception cref="UnbrushException">The file cannot be read or holds no table.</exception>
    public static MapProposal Propose(string path)
    {
        if (Directory.Exists(path))
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} is a folder; a mapping is for one file: name it.", $"{path} 是目录；映射针对单个文件，请指定文件。"));
        if (!File.Exists(path))
            throw new UnbrushException(ExitCode.Unreadable, new($"There is no file '{path}'.", $"没有文件“{path}”。"));
        using var unpacking = new Unpacking();
        var inside = unpacking.Open(path);
        if (inside.Count == 0)
            throw new UnbrushException(ExitCode.Unreadable, new($"{path} holds nothing.", $"{path} 是空的。"));
        var file = FileSample.Of(inside[0]);
        var (names, samples) = FirstRows.Sample(file);
        var doubts = new List<Sentence>();
        if (Known(file, names) is var (format, why))
        {
            doubts.Add(new(
                $"The file is of the known format '{format}': {why.En}. unbrush import and scan read it as it is, and more of it than a mapping would.",
                $"该文件属于已知格式“{format}”：{why.Zh}。unbrush import 和 scan 可直接读取，且比映射读得更全。"));
        }

        var tables = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (table, must) in Tables)
        {
            var found = Match(FeedSchema.Find(table)!, names);
            if (!must.All(found.ContainsKey) || (table == "orders" && tables.ContainsKey("scans")))
                continue;
            tables[table] = Complete(FeedSchema.Find(table)!, found, samples, file, doubts);
        }

        if (tables.Count == 0)
        {
            doubts.Add(new(
                $"No table can be told from the columns {string.Join(", ", names.Take(40))}. A mapping for orders needs at least an order's number and its time: write them in.",
                $"无法从列 {string.Join("、", names.Take(40))} 判断是什么表。订单映射至少需要订单号和时间，请自行填写。"));
            tables["orders"] = Complete(FeedSchema.Find("orders")!, Match(FeedSchema.Find("orders")!, names), samples, file, doubts);
        }

        var yaml = Write(file, names, tables, doubts);
        try
        {
            return new(yaml, doubts, Try(file, yaml), null);
        }
        catch (UnbrushException e)
        {
            return new(yaml, doubts, null, e.Sentence);
        }
    }

    /// <summary>The format that takes the file without a mapping, and why. The feed's own tables go by the file's name: only where the columns are theirs as well.</summary>
    private static (string Format, Sentence Why)? Known(FileSample file, List<string> names)
    {
        var best = FeedImporter.Formats.Select(f => (Format: f, Found: f.Recognise(file, null))).Where(f => f.Found is not null).OrderByDescending(f => f.Found!.Certainty).FirstOrDefault();
        if (best.Found is null || (best.Format is CanonicalFormat && FeedSchema.Find(file.Stem) is { } table && !CanonicalFormat.Needed(table).All(c => names.Contains(c, StringComparer.OrdinalIgnoreCase))))
            return null;
        return (best.Format.Name, best.Found.Why);
    }

    private static Dictionary<string, string> Match(FeedTable table, IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, string>();
        foreach (var column in table.Columns)
        {
            var known = Names.GetValueOrDefault(column.Name, []).Prepend(Bare(column.Name));
            if (known.Select(k => names.FirstOrDefault(n => Bare(n) == k)).FirstOrDefault(n => n is not null) is { } name)
                found[column.Name] = name;
        }

        return found;
    }

    /// <summary>The expressions of a table: how each column is to be read, by what stands in it.</summary>
    private static Dictionary<string, string> Complete(FeedTable table, Dictionary<string, string> found, Dictionary<string, List<string>> samples, FileSample file, List<Sentence> doubts)
    {
        var columns = new Dictionary<string, string>();
        foreach (var column in table.Columns)
        {
            if (!found.TryGetValue(column.Name, out var name))
            {
                if (column is { IsRequired: true, Default: null })
                    columns[column.Name] = Missing(table, column, file, doubts);
                continue;
            }

            var cell = Reference(name);
            var values = samples.GetValueOrDefault(name, []);
            columns[column.Name] = column.Name switch
            {
                "phone_key" => $"phone_key({cell})",
                "address_key" => $"address_key({cell})",
                "carrier" => $"carrier({cell})",
                "weight_g" when values.Count > 0 && values.TrueForAll(v => Cells.Decimal(v) is < 100) && values.Exists(v => v.Contains('.', StringComparison.Ordinal)) => Kilograms(name, cell, doubts),
                _ when column.Type == FeedType.Key => $"account_key({cell})",
                _ when column.Name is "buyer_id" && values.Exists(v => v.Contains('@', StringComparison.Ordinal) || Phone().IsMatch(v)) => $"account_key({cell})",
                _ when column.Type == FeedType.Instant => Time(name, cell, values, doubts),
                _ when column.Type is FeedType.Money => values.Exists(v => v.AsSpan().IndexOfAny("¥￥$€,") >= 0) ? $"money({cell})" : cell,
                _ when column.Type == FeedType.Word => Word(table, column, name, cell, values, doubts),
                _ => cell,
            };
            if (values.Exists(v => Cells.IsRounded(v)) && column.Name.EndsWith("_id", StringComparison.Ordinal))
                doubts.Add(new($"Column '{name}' holds numbers that a spreadsheet has rounded (1.2E+17): they are lost. Export the file again.", $"列“{name}”中有被电子表格四舍五入的号码（1.2E+17），已经丢失，请重新导出。"));
        }

        return columns;
    }

    private static string Missing(FeedTable table, FeedColumn column, FileSample file, List<Sentence> doubts)
    {
        var guess = column.Name switch { "platform" or "seller_id" => Stem(file), "quantity" => "1", "carrier" => "unknown", "kind" => "order", "action" => "problem", _ => "" };
        doubts.Add(new(
            $"Table '{table.Name}' needs '{column.Name}', and no column looks like it: {(guess.Length == 0 ? "name one" : $"'{guess}' was put in its place")}.",
            $"表“{table.Name}”需要“{column.Name}”，但没有列与之相似：{(guess.Length == 0 ? "请指定" : $"暂填“{guess}”")}。"));
        return $"'{guess}'";
    }

    private static string Kilograms(string name, string cell, List<Sentence> doubts)
    {
        doubts.Add(new($"Column '{name}' is taken to be in kilograms, for all its values are small and have decimals.", $"列“{name}”的数值都很小且带小数，按千克处理。"));
        return $"number({cell}) * 1000";
    }

    private static string Time(string name, string cell, List<string> values, List<Sentence> doubts)
    {
        if (values.Count == 0 || values.TrueForAll(v => Iso().IsMatch(v)))
            return cell;
        if (values.TrueForAll(v => v.Length is 10 or 13 && v.All(char.IsAsciiDigit)))
            return $"epoch({cell})";
        string[] patterns =
        [
            "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm", "yyyy/MM/dd", "yyyyMMddHHmmss", "yyyyMMdd", "yyyy年MM月dd日 HH:mm:ss", "yyyy年MM月dd日", "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy",
            "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "MM/dd/yyyy", "MM/dd/yy HH:mm", "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy HH:mm", "dd-MM-yyyy",
        ];
        // One digit is read as well as two.
        var fits = patterns.Where(p => values.TrueForAll(v => DateTime.TryParseExact(v, Loose(p), CultureInfo.InvariantCulture, DateTimeStyles.None, out _))).ToList();
        if (fits.Count == 0)
        {
            doubts.Add(new($"Column '{name}' holds times of a form that is not known ('{values[0]}'): write time({cell}, 'pattern').", $"列“{name}”的时间格式未知（“{values[0]}”）：请写 time({cell}, '格式')。"));
            return cell;
        }

        if (fits.Exists(p => p.StartsWith("dd/MM", StringComparison.Ordinal)) && fits.Exists(p => p.StartsWith("MM/dd", StringComparison.Ordinal)))
            doubts.Add(new($"In column '{name}' it cannot be told whether the day or the month comes first; the day was assumed.", $"列“{name}”无法判断日和月谁在前，暂按日在前。"));
        return $"time({cell}, '{fits[0]}')";

        static string Loose(string pattern) => pattern.Contains("yyyyMM", StringComparison.Ordinal) ? pattern : pattern.Replace("MM", "M", StringComparison.Ordinal).Replace("dd", "d", StringComparison.Ordinal).Replace("HH", "H", StringComparison.Ordinal);
    }

    private static string Word(FeedTable table, FeedColumn column, string name, string cell, List<string> values, List<Sentence> doubts)
    {
        var strange = values.Where(v => !column.Words!.Contains(v.Trim().ToLowerInvariant())).Distinct(StringComparer.Ordinal).Take(10).ToList();
        if (strange.Count == 0)
            return cell;
        doubts.Add(new(
            $"Column '{name}' holds {string.Join(", ", strange.Select(s => $"'{s}'"))}, which are no words of {table.Name}.{column.Name} ({string.Join(", ", column.Words!)}): fill in the code table '{column.Name}'.",
            $"列“{name}”含有 {string.Join("、", strange.Select(s => $"“{s}”"))}，不是 {table.Name}.{column.Name} 的词（{string.Join("、", column.Words!)}）：请填写代码表“{column.Name}”。"));
        return $"code('{column.Name}', {cell})";
    }

    private static string Write(FileSample file, IReadOnlyList<string> names, SortedDictionary<string, Dictionary<string, string>> tables, List<Sentence> doubts)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"# A mapping for {file.Name}, proposed by unbrush map. The language is explained in docs/formats/mapping.md.\n");
        foreach (var doubt in doubts)
            yaml.Append(CultureInfo.InvariantCulture, $"# DOUBT: {doubt.En.ReplaceLineEndings(" ")}\n");
        var used = tables.Values.SelectMany(t => t.Values).ToList();
        var idle = names.Where(n => !used.Exists(u => u.Contains(Reference(n), StringComparison.Ordinal))).ToList();
        if (idle.Count > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"# Not used: {string.Join(", ", idle).ReplaceLineEndings(" ")}\n");
        yaml.Append("version: 1\ntables:\n");
        foreach (var (table, columns) in tables)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  {table}:\n    columns:\n");
            foreach (var (column, expression) in columns)
                yaml.Append(CultureInfo.InvariantCulture, $"      {column}: \"{expression.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"\n");
        }

        var codes = used.Select(u => CodeName().Match(u)).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        if (codes.Count > 0)
            yaml.Append("codes:\n");
        foreach (var code in codes)
            yaml.Append(CultureInfo.InvariantCulture, $"  {code}: {{}} # their word: ours\n");
        return yaml.ToString();
    }

    /// <summary>Imports the first thousand rows into a database that is thrown away.</summary>
    private static ImportReport Try(FileSample file, string yaml)
    {
        var folder = Directory.CreateTempSubdirectory("unbrush-map-").FullName;
        try
        {
            var head = FirstRows.Copy(file, folder);
            var map = Path.Combine(folder, "map.yaml");
            File.WriteAllText(map, yaml);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            return FeedImporter.Import(connection, [head], new byte[32], new() { Map = map, MaxBad = 1, ScratchDirectory = folder });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Reference(string name) => Plain().IsMatch(name) ? name : "[" + name.Replace("]", "]]", StringComparison.Ordinal) + "]";

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Stem(FileSample file) => string.Concat(file.Stem.Where(c => char.IsLetterOrDigit(c) || c == '_'));

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_]*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(\+?86)?1[3-9]\d{9}$")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^code\('(\w+)'")]
    private static partial Regex CodeName();
}
