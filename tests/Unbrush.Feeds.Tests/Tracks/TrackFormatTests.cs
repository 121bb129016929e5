namespace Unbrush.Feeds.Tests.Tracks;

public class TrackFormatTests
{
    private const string Scans = "SELECT carrier, waybill_no, scanned_at, action, facility_id, next_facility, signer, proof FROM scans ORDER BY 1, 2, 3, 4";

    [Theory]
    [InlineData("kuaidi100/query.json", "kuaidi100")]
    [InlineData("kuaidi100/push.json", "kuaidi100")]
    [InlineData("kdniao/reseller.json", "kdniao")]
    [InlineData("kdniao/official.json", "kdniao")]
    [InlineData("cainiao/push.ndjson", "cainiao")]
    [InlineData("cainiao/global.json", "cainiao.global")]
    [InlineData("carriers/sf.json", "sf")]
    [InlineData("carriers/zto-scans.csv", "carrier.scans")]
    [InlineData("wechat/path.json", "wechat")]
    [InlineData("aftership/tracking.json", "aftership")]
    [InlineData("17track/push.json", "17track")]
    [InlineData("upu/emsevt.json", "upu.emsevt")]
    [InlineData("epcis/document.json", "epcis")]
    [InlineData("top/trades.json", "taobao.top")]
    [InlineData("top/refund.json", "taobao.top")]
    [InlineData("top/rates.json", "taobao.top")]
    [InlineData("top/trace.json", "taobao.top")]
    [InlineData("woocommerce/orders.json", "woocommerce")]
    public void A_file_is_recognised_by_what_is_in_it(string file, string format)
    {
        Assert.Equal(format, Assert.Single(FeedImporter.Identify([Importing.Fixture(file)])).Format.Name);
    }

    [Theory]
    [InlineData("kuaidi100/query.json")]
    [InlineData("kuaidi100/push.json")]
    public void Kuaidi100_reads_into_the_expected_scans(string file)
    {
        using var import = Importing.Of(file);
        Assert.Equal(
            [
                "yto|YT0000000000017|2021-06-13 04:00:00|problem||||",
                "yto|YT0000000000017|2021-06-13 05:03:42|picked_up|河北省唐山市示例公司|||",
                "yto|YT0000000000017|2021-06-13 22:15:03|arrived|济南转运中心|||",
                "yto|YT0000000000017|2021-06-13 22:18:01|departed|济南转运中心|山东省济南市示例公司||",
                "yto|YT0000000000017|2021-06-14 03:41:58|out_for_delivery|山东省济南市示例公司|||",
                "yto|YT0000000000017|2021-06-14 04:13:56|arrived|山东省济南市示例公司|||",
                "yto|YT0000000000017|2021-06-14 05:53:38|stored|示例小区西门店||station|",
                "yto|YT0000000000017|2021-06-14 09:31:57|collected|||recipient|code",
            ],
            import.Rows(Scans));
        Assert.Equal([$"out_for_delivery|{import.Key("13800000001")}", $"picked_up|{import.Key("13800000005")}"], import.Rows("SELECT action, operator_key FROM scans WHERE operator_key IS NOT NULL ORDER BY 1"));
        Assert.Equal(["济南转运中心|centre|370100|36.66|117.02", "山东省济南市示例公司|outlet|370112||"], import.Rows("SELECT name, kind, region, lat, lon FROM facilities WHERE region LIKE '3701%' ORDER BY kind"));
        Assert.Equal(["yto|YT0000000000017|2021-06-13 04:00:00|130200|370100"], import.Rows("SELECT carrier, waybill_no, created_at, sender_region, recipient_region FROM parcels"));
        Assert.True(import.HasNote("'示例新状态' (1 times)"));
        Assert.True(import.HasNote("1 entries say only that the parcel is under way"));
        Assert.True(import.HasNote("brackets in the text (confidence high)"));
        import.AssertNowhere("张三", "李四", "13800000001", "13800000005");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void KDNiao_through_a_reseller_reads_into_the_expected_scans()
    {
        using var import = Importing.Of("kdniao/reseller.json");
        const string Locker = "苏州市/丰巢的示例园区西门丰巢柜2号柜(丰巢智能快递柜)";
        Assert.Equal(
            [
                "zto|73000000000018|2022-09-18 11:00:00|problem||||",
                "zto|73000000000018|2022-09-18 12:00:00|picked_up|佛山示例一|||",
                "zto|73000000000018|2022-09-19 20:46:34|departed|苏州市/昆常转运中心|苏州市/常熟示例四||",
                "zto|73000000000018|2022-09-20 00:04:24|arrived|苏州市/常熟示例四|||",
                "zto|73000000000018|2022-09-20 00:04:25|out_for_delivery|苏州市/常熟示例四|||",
                $"zto|73000000000018|2022-09-20 01:51:07|stored|{Locker}||locker|",
                $"zto|73000000000018|2022-09-20 08:20:38|collected|{Locker}||locker|",
            ],
            import.Rows(Scans));
        Assert.Equal([$"out_for_delivery|{import.Key("13800000006")}", $"picked_up|{import.Key("13800000007")}"], import.Rows("SELECT action, operator_key FROM scans WHERE operator_key IS NOT NULL ORDER BY 1"));
        Assert.Equal(["locker", "centre"], import.Rows("SELECT kind FROM facilities WHERE kind <> 'outlet' ORDER BY facility_id"));
        import.AssertNowhere("王五", "赵六", "13800000006", "13800000007");
    }

    [Fact]
    public void KDNiao_in_its_official_shape_reads_into_the_expected_scans()
    {
        using var import = Importing.Of("kdniao/official.json");
        Assert.Equal(["zto|73000000000026|2022-09-18 12:00:00|picked_up|佛山示例一|||", "zto|73000000000026|2022-09-20 08:20:38|delivered|||doorman|"], import.Rows(Scans));
    }

    [Fact]
    public void Cainiao_gives_outlets_by_their_own_numbers()
    {
        using var import = Importing.Of("cainiao/push.ndjson");
        Assert.Equal(
            ["yto|LP0001|2021-06-14 03:00:00|arrived|571001|||", "yto|LP0001|2021-06-14 04:00:00|out_for_delivery|571001|||", "yto|LP0001|2021-06-14 06:00:00|problem|571001|||"],
            import.Rows(Scans));
        Assert.Equal(["571001|杭州示例网点|outlet|330100"], import.Rows("SELECT facility_id, name, kind, region FROM facilities"));
        Assert.Equal([import.Key("13800000001")], import.Rows("SELECT operator_key FROM scans WHERE operator_key IS NOT NULL"));
        Assert.Equal(["yto|LP0001|taobao|100000000000000001"], import.Rows("SELECT carrier, waybill_no, platform, order_id FROM parcel_orders"));
        Assert.True(import.HasNote("1 entries are statuses and no scans"));
        Assert.True(import.HasNote("4 waybill numbers fit no pattern of 'yto'"));
        Assert.Equal(5, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNowhere("张三", "13800000001");
        import.AssertNothingIsLost();
    }

    [Theory]
    [InlineData("cainiao/global.json", "cainiao|LP0002|2021-06-13 02:00:00|departed||||;cainiao|LP0002|2021-06-14 02:00:00|delivered||||")]
    [InlineData("carriers/sf.json", "sf|SF0000000000017|2021-06-13 02:00:00|picked_up|755A|||;sf|SF0000000000017|2021-06-13 04:00:00|departed|755W|||;sf|SF0000000000017|2021-06-14 04:00:00|failed_attempt|广州市|||;sf|SF0000000000017|2021-06-14 07:00:00|delivered|广州市|||")]
    [InlineData("carriers/zto-scans.csv", "zto|73000000000018|2021-06-13 01:05:00|picked_up|佛山市/示例一|||;zto|73000000000018|2021-06-13 12:05:00|arrived|佛山中心|||;zto|73000000000018|2021-06-14 12:05:00|stored|苏州市/示例驿站||station|;zto|73000000000018|2021-06-14 13:05:00|problem|苏州市/示例驿站|||")]
    [InlineData("wechat/path.json", "zto|73000000000018|2021-06-13 02:00:00|picked_up|佛山示例一|||;zto|73000000000018|2021-06-14 02:00:00|delivered|||recipient|")]
    [InlineData("aftership/tracking.json", "royal-mail|RB123456785GB|2021-06-13 09:00:00|arrived|London, GBR|||;royal-mail|RB123456785GB|2021-06-14 11:00:00|delivered|London||recipient|signature")]
    [InlineData("17track/push.json", "royal mail|RB123456785GB|2021-06-13 11:00:00|departed|Shenzhen|||;royal mail|RB123456785GB|2021-06-14 11:00:00|delivered|London|||")]
    [InlineData("upu/emsevt.json", "upu-gb|RB123456785GB|2021-06-13 10:00:00|picked_up|London|||;upu-gb|RB123456785GB|2021-06-13 20:00:00|departed|GBLALA|||;upu-gb|RB123456785GB|2021-06-18 08:00:00|delivered|Shanghai|||;upu-gb|RB123456785GB|2021-06-18 09:00:00|problem|Shanghai|||")]
    [InlineData("top/trace.json", "yto|YT0000000000017|2021-06-12 12:00:00|picked_up|深圳市示例公司|||;yto|YT0000000000017|2021-06-14 12:00:00|arrived|济南转运中心|||")]
    public void Other_tracks_read_into_the_expected_scans(string file, string scans)
    {
        using var import = Importing.Of(file);
        Assert.Equal(scans.Split(';'), import.Rows(Scans));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Weights_of_couriers_are_kilograms_and_workers_are_keyed()
    {
        using var import = Importing.Of("carriers/zto-scans.csv");
        Assert.Equal([$"350|{import.Key("zto/U001")}", $"360|{import.Key("zto/U002")}"], import.Rows("SELECT weight_g, operator_key FROM scans WHERE weight_g IS NOT NULL ORDER BY 1"));
        Assert.True(import.HasNote("Unknown column '示例新列'"));
        Assert.True(import.HasNote("Code '新类型' (1 times)"));
    }

    [Fact]
    public void Each_carriers_own_words_are_read_by_its_own_table()
    {
        using var import = Importing.Of("carriers/mixed.csv");
        Assert.Equal(["best|collected|recipient", "jd|picked_up|", "jt|out_for_delivery|", "sto|departed|", "yto|arrived|", "yunda|departed|"], import.Rows("SELECT carrier, action, signer FROM scans ORDER BY 1"));
    }

    [Theory]
    [InlineData("sf", "sf.opcode")]
    [InlineData("zto", "zto.text")]
    [InlineData("sto", "sto.text")]
    [InlineData("yto", "yto.text")]
    [InlineData("best", "best.text")]
    [InlineData("jt", "jt.text")]
    [InlineData("jd", "jd.code")]
    [InlineData("yunda", "yunda.action")]
    public void Every_code_of_a_carriers_table_reads_as_the_table_says(string carrier, string source)
    {
        var rows = Feeds.Codes.CodeFile.Rows("scan_actions.csv").Where(r => r[0] == source).ToList();
        Assert.NotEmpty(rows);
        var path = Path.Combine(Directory.CreateTempSubdirectory("unbrush-test-").FullName, carrier + "-scans.csv");
        // All in a place: a coarse state is a scan only where one is named.
        File.WriteAllLines(path, ["运单号,扫描类型,扫描时间,扫描网点", .. rows.Select((r, i) => $"{1000 + i},{(r[1].Length > 0 ? r[1] : r[2].TrimEnd('…'))},2021-06-13 09:05:00,示例营业部")]);
        using var import = Importing.Of(path);
        Assert.Equal(
            rows.Select((r, i) => (Waybill: 1000 + i, Action: r[3])).Where(r => r.Action != "none").Select(r => $"{carrier}|{r.Waybill}|{r.Action}"),
            import.Rows("SELECT carrier, waybill_no, action FROM scans ORDER BY CAST(waybill_no AS INTEGER)"));
        Assert.DoesNotContain(import.Report.Notes, n => n.Text.En.Contains("Code '", StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Epcis_is_read_as_a_query_answers_and_with_links_for_names()
    {
        using var import = Importing.With(new() { Carrier = "yto" }, "epcis/query.json");
        Assert.Equal(
            [
                "yto|040123451111111111|2021-06-13 02:00:00|arrived|https://id.gs1.org/414/4012345000115||226.8",
                "yto|040123451111111111|2021-06-13 03:30:00|stored|https://id.gs1.org/414/4012345000122||",
            ],
            import.Rows("SELECT carrier, waybill_no, scanned_at, action, facility_id, next_facility, weight_g FROM scans ORDER BY 3"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Epcis_gives_one_scan_a_parcel_with_weight_bag_and_next_place()
    {
        using var import = Importing.Of("epcis/document.json");
        Assert.Equal(
            [
                "圆|4012345.1111111111|2021-06-13 02:00:00|arrived|500||2021-06-13 02:01:00".Replace("圆", "yto"),
                "yto|4012345.1111111111|2021-06-13 04:00:00|departed||urn:epc:id:grai:4012345.55555.1|",
                "yto|4012345.1111111111|2021-06-13 06:00:00|problem|||",
                "yto|4012345.2222222222|2021-06-13 02:00:00|arrived|500||2021-06-13 02:01:00",
            ],
            import.Rows("SELECT carrier, waybill_no, scanned_at, action, weight_g, vehicle_id, recorded_at FROM scans ORDER BY 2, 3"));
        Assert.Equal(["urn:epc:id:sgln:4012345.00002.0"], import.Rows("SELECT next_facility FROM scans WHERE next_facility IS NOT NULL"));
        Assert.True(import.HasNote("action DELETE"));
        Assert.True(import.HasNote("Code 'encoding'"));
    }

    [Fact]
    public void Epcis_parties_are_keyed_as_the_parcels_sender_and_recipient_however_they_are_written()
    {
        using var import = Importing.With(new() { Carrier = "yto" }, "epcis/document.json", "epcis/query.json");
        // One number is an owner's URN in one file and a place's link in the other; who merely holds the goods is neither.
        var key = new Pseudonymiser(Importing.Secret).Of("4012345000016");
        Assert.Equal(
            [
                $"yto|040123451111111111|2021-06-13 02:00:00|{key}|",
                $"yto|4012345.1111111111|2021-06-13 02:00:00|{key}|{new Pseudonymiser(Importing.Secret).Of("4012345000030")}",
            ],
            import.Rows("SELECT carrier, waybill_no, created_at, sender_key, recipient_key FROM parcels ORDER BY 2"));
        Assert.Equal(["urn:epc:id:sgln:4012345.00002.0"], import.Rows("SELECT DISTINCT next_facility FROM scans WHERE next_facility IS NOT NULL"));
    }

    [Theory]
    [InlineData("urn:epc:id:pgln:4012345.00001", "4012345000016")]
    [InlineData("urn:epc:id:sgln:4012345.00001.0", "4012345000016")]
    [InlineData("https://id.gs1.org/417/4012345000016", "4012345000016")]
    [InlineData("https://id.gs1.org/414/4012345000016/254/12", "4012345000016")]
    [InlineData("Example Ltd", "Example Ltd")]
    [InlineData("urn:epc:id:pgln:4012345.", "urn:epc:id:pgln:4012345.")]
    public void A_global_location_number_is_read_from_a_urn_and_from_a_link(string party, string number) => Assert.Equal(number, Epcis.EventReader.Gln(party));

    [Fact]
    public void A_broken_line_is_quarantined_and_the_lines_behind_it_are_read()
    {
        using var import = Importing.Of("kuaidi100/damaged.ndjson");
        Assert.Equal(["4"], import.Rows("SELECT count(DISTINCT waybill_no) FROM scans"));
        Assert.Equal(4, Assert.Single(import.Report.Quarantine).Row);
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_cut_list_keeps_what_came_before_the_cut()
    {
        using var import = Importing.Of("kuaidi100/cut.json");
        Assert.Equal(["1"], import.Rows("SELECT count(DISTINCT waybill_no) FROM scans"));
        Assert.Single(import.Report.Quarantine);
    }

    [Fact]
    public void A_route_fills_in_the_parcel_that_an_export_declares()
    {
        using var import = Importing.Of("kuaidi100/query.json", "taobao/ExportOrderList2018.csv");
        Assert.Equal(["2021-06-11 02:01:05|130200|440305"], import.Rows("SELECT created_at, sender_region, recipient_region FROM parcels"));
    }

    [Theory]
    [InlineData("tracking/kuaidi100_query_yto.json", 9, "yto")]
    [InlineData("tracking/kuaidi100_push_yto.json", 9, "yto")]
    [InlineData("tracking/kdniao_trace_zto.json", 10, "zto")]
    [InlineData("tracking/kdniao_official_shape_zto.json", 10, "zto")]
    public void The_shared_samples_are_read_without_a_mapping(string sample, int events, string carrier)
    {
        using var import = Importing.Of(Importing.Shared(sample));
        Assert.Equal([$"{carrier}|{events}|0"], import.Rows("SELECT carrier, count(*), count(*) FILTER (WHERE action = 'problem') FROM scans GROUP BY carrier"));
        Assert.Equal(["1"], import.Rows("SELECT count(*) FROM scans WHERE action = 'collected'"));
        import.AssertNowhere("1380000000", "张三", "李四", "王五");
    }
}
