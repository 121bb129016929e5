using System.Diagnostics;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;

namespace Unbrush.Feeds.Bench;

/// <summary>How fast one core reads each kind of file, in megabytes of the file a second.</summary>
internal static class Speed
{
    private const string Headers = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因";

    private static string Export(int i) => $"\"=\"\"{100000000000000000 + i}\"\"\",\"tb_example_{i % 40_000}\",\"buyer{i % 40_000}@example.com\",\"99.00\",\"0.00\",\"0\",\"99.00\",\"0\",\"{i % 500}.00\",\"0\",\"交易成功\",\"\",\"张三\",\"广东省 深圳市 南山区 粤海街道示例路{i % 5000}号3栋{i % 900}室\",\"快递\",\"\",\"'138{i % 40_000:00000000}\",\"2021-06-{1 + (i % 28):00} 10:00:00\",\"2021-06-{1 + (i % 28):00} 10:01:05\",\"示例T恤 纯棉短袖宽松夏季新款\",\"1\",\"No:YT{i:0000000000000}\",\"圆通速递\",\"\",\"1\",\"58000001\",\"示例旗舰店\",\"订单未关闭\"";

    private const string Map = """
        tables:
          orders:
            columns: { platform: "p", order_id: "o", seller_id: "s", created_at: "c", buyer_id: "b", amount: "a", status: "t", paid_at: "d", memo: "trim(m)" }
        """;

    public static int Run(int megabytes, bool onlyExport)
    {
        var folder = Directory.CreateTempSubdirectory("unbrush-bench-").FullName;
        try
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            var size = megabytes * 1_000_000L;
            Console.WriteLine("| what | MB | MB/s |\n|---|---|---|");
            var export = Path.Combine(folder, "ExportOrderList.csv");
            Fill(export, size, Encoding.GetEncoding("GB18030"), Headers, Export);
            // Methods are compiled anew when they have run for a while: a small export is read first, so that the large one meets them as any long import does.
            var small = Path.Combine(folder, "ExportOrderList-small.csv");
            Fill(small, size / 10, Encoding.GetEncoding("GB18030"), Headers, Export);
            Report("(first import of the process: a small one of the same)", small, () => Import(small));
            File.Delete(small);
            Report("Taobao export, GB18030, whole import", export, () => Import(export));
            Report("Taobao export, GB18030, decoded only", export, () =>
            {
                using var text = Reading.FileSample.Of(export).OpenText();
                var buffer = new char[1 << 16];
                while (text.Read(buffer) > 0)
                {
                }
            });
            File.Delete(export);
            if (onlyExport)
                return 0;
            var tracks = Path.Combine(folder, "tracks.ndjson");
            Fill(tracks, size, new UTF8Encoding(false), null, i => $$"""{"message":"ok","nu":"YT{{i:0000000000000}}","ischeck":"1","com":"yuantong","status":"200","state":"3","data":[{"time":"2021-06-14 17:31:57","context":"客户签收人: 已签收，签收人凭取货码签收。 如有疑问请联系：13800000001","ftime":"2021-06-14 17:31:57","areaCode":null,"areaName":null,"status":"签收"},{"time":"2021-06-14 13:53:38","context":"快件已由济南历城区示例小区西门店代收，请及时取件","ftime":"2021-06-14 13:53:38","areaCode":null,"areaName":null,"status":"在途"},{"time":"2021-06-14 11:41:58","context":"【山东省济南市示例{{i % 500}}公司】 派件中 派件人: 张三 电话 138{{i % 5000:00000000}}","ftime":"2021-06-14 11:41:58","status":"派件"},{"time":"2021-06-14 06:18:01","context":"【济南转运中心】 已发出 下一站 【山东省济南市示例{{i % 500}}公司】","ftime":"2021-06-14 06:18:01","areaCode":"CN370100000000","areaName":"山东,济南市","status":"在途"},{"time":"2021-06-14 06:15:03","context":"【济南转运中心公司】 已收入","ftime":"2021-06-14 06:15:03","areaCode":"CN370100000000","areaName":"山东,济南市","status":"在途"}]}""");
            Report("Kuaidi100 tracks, NDJSON, whole import", tracks, () => Import(tracks));
            File.Delete(tracks);
            static string Order(int i) => $"shop,{i},seller{i % 500},2021-06-{1 + (i % 28):00}T10:00:00+08:00,buyer{i % 90_000},{i % 500}.25,completed,2021-06-{1 + (i % 28):00}T10:05:00+08:00,a remark of some length {i % 7}";
            var canonical = Path.Combine(folder, "orders.csv");
            Fill(canonical, size, new UTF8Encoding(false), "platform,order_id,seller_id,created_at,buyer_id,amount,status,paid_at,memo", Order);
            var mapped = Path.Combine(folder, "sheet.csv");
            Fill(mapped, size, new UTF8Encoding(false), "p,o,s,c,b,a,t,d,m", Order);
            var map = Path.Combine(folder, "map.yaml");
            File.WriteAllText(map, Map);
            // A workspace is a database on disk, in which columns are compressed; in memory nothing is.
            foreach (var (where, place) in ((string, string?)[])[("in memory", null), ("on disk", Path.Combine(folder, "bench.duckdb"))])
            {
                var reader = Best($"DuckDB's own reader, typed, {where}", canonical, () => Duck(c => Execute(c, Feed.Baseline(canonical)), place));
                var own = Best($"canonical CSV, whole import, {where}", canonical, () => Import(canonical, null, place));
                // What the mapping computes, the baseline computes: trim(m).
                var trimmed = Best($"DuckDB's own reader with the mapping's trim, {where}", canonical, () => Duck(c => Execute(c, Feed.Baseline(canonical).Replace(", memo, ", ", trim(memo) AS memo, ", StringComparison.Ordinal)), place));
                var through = Best($"mapped CSV, whole import, {where}", mapped, () => Import(mapped, map, place));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {where}: canonical {own / reader:P0} and mapped {through / trimmed:P0} of DuckDB's own reader | | |"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the export that is read here.</summary>
    public static int Write(string path, int megabytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Fill(path, megabytes * 1_000_000L, Encoding.GetEncoding("GB18030"), Headers, Export);
        return 0;
    }

    /// <summary>Imports one file several times, each into a database of its own.</summary>
    public static int ImportAgain(string path, int times)
    {
        for (var time = 0; time < times; time++)
            Report(Path.GetFileName(path), path, () => Import(path));
        return 0;
    }

    private static double Report(string what, string path, Action work)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        work();
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        var mb = new FileInfo(path).Length / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {mb:F0} | {mb / watch.Elapsed.TotalSeconds:F0} ({mb / cpu:F0} a second of processor) |"));
        return mb / cpu;
    }

    /// <summary>The best of two.</summary>
    private static double Best(string what, string path, Action work) => Math.Max(Report(what, path, work), Report(what, path, work));

    private static void Import(string path, string? map = null, string? place = null) => Duck(c =>
    {
        var phases = new Phases();
        FeedImporter.Import(c, [path], new byte[32], new() { Map = map, Progress = phases });
        phases.Say("done");
    }, place);

    /// <summary>Says how much processor time the import had taken when it came to each table.</summary>
    private sealed class Phases : IProgress<Loading.ImportProgress>
    {
        private readonly TimeSpan _before = Process.GetCurrentProcess().TotalProcessorTime;

        public void Report(Loading.ImportProgress value) => Say(value.Table);

        public void Say(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what} after {(Process.GetCurrentProcess().TotalProcessorTime - _before).TotalMilliseconds:F0} ms of processor"));
    }

    private static void Duck(Action<DuckDBConnection> work, string? place = null)
    {
        using (var connection = new DuckDBConnection("DataSource=" + (place ?? ":memory:")))
        {
            connection.Open();
            Execute(connection, "SET threads = 1");
            work(connection);
            if (place is not null)
                Execute(connection, "CHECKPOINT");
        }

        if (place is not null)
            File.Delete(place);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Fill(string path, long size, Encoding encoding, string? header, Func<int, string> row)
    {
        using var writer = new StreamWriter(path, append: false, encoding, 1 << 20);
        if (header is not null)
            writer.WriteLine(header);
        for (var i = 0; ; i++)
        {
            writer.Write(row(i));
            writer.Write('\n');
            if (i % 1000 == 0 && writer.BaseStream.Length >= size)
                return;
        }
    }
}
