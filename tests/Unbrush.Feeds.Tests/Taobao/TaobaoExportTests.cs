namespace Unbrush.Feeds.Tests.Taobao;

public class TaobaoExportTests
{
    [Theory]
    [InlineData("2016", "2016")]
    [InlineData("2018", "2018")]
    [InlineData("2019", "2019")]
    [InlineData("2020", "2020")]
    [InlineData("2021a", "2021 on")]
    public void Every_year_is_recognised_by_its_columns(string file, string year)
    {
        var found = Assert.Single(FeedImporter.Identify([Importing.Fixture($"taobao/ExportOrderList{file}.csv")]));
        Assert.Equal("taobao.orders", found.Format.Name);
        Assert.Contains(year, found.Recognition.Why.En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_of_2016_reads_into_the_expected_rows()
    {
        using var import = Importing.Of("taobao/ExportOrderList2016.csv");
        Assert.Equal(
            [
                $"100000000000000001|示例旗舰店|{import.Key("tb_example_01")}|{import.Key("buyer01@example.com")}|99|CNY|completed|2021-06-11 02:00:00|2021-06-11 02:01:05||||parcel|{import.Key("13800000001")}|440305||",
                $"100000000000000002|示例旗舰店|{import.Key("tb_example_02")}|{import.Key("buyer01@example.com")}|99|CNY|closed|2021-06-11 02:00:00|2021-06-11 02:01:05||||parcel|{import.Key("13800000002")}|440305|买家不想要了|",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, payer_key, amount, currency, status, created_at, paid_at, shipped_at, completed_at, completed_by, fulfilment, phone_key, region, refund_reason, memo FROM orders ORDER BY 1"));
        Assert.Equal(["yto|YT0000000000017|2021-06-11 02:01:05|440305"], import.Rows("SELECT carrier, waybill_no, created_at, recipient_region FROM parcels"));
        Assert.Equal(["yto|YT0000000000017|taobao|100000000000000001"], import.Rows("SELECT carrier, waybill_no, platform, order_id FROM parcel_orders"));
        Assert.Equal(["taobao|示例旗舰店|示例旗舰店"], import.Rows("SELECT platform, seller_id, name FROM sellers"));
        import.AssertNowhere("13800000001", "张三", "粤海街道", "tb_example_01", "buyer01@example.com");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Columns_that_came_later_are_read_where_they_are()
    {
        using var import = Importing.Of("taobao/ExportOrderList2018.csv", "taobao/ExportOrderList2019.csv", "taobao/ExportOrderList2020.csv");
        Assert.Equal(
            [
                "100000000000000003|58000001|2021-06-15 00:00:00|parcel|",
                "100000000000000004|示例旗舰店|2021-06-15 00:00:00|pickup|20",
                "100000000000000005|示例旗舰店|2021-06-15 00:00:00|digital|",
            ],
            import.Rows("SELECT order_id, seller_id, completed_at, fulfilment, refunded_amount FROM orders ORDER BY 1"));
        Assert.True(import.HasNote("paid by another person"));
    }

    [Fact]
    public void Split_files_masked_people_rounded_numbers_and_shared_parcels_are_taken_as_the_contract_says()
    {
        using var import = Importing.Of("taobao/ExportOrderList2021a.csv", "taobao/ExportOrderList2021b.csv");
        Assert.Equal(
            [
                $"100000000000000006||||310115|2021-06-12 10:30:00|2021-06-30 16:00:00|completed|G-1 加急，电话<phone>",
                $"100000000000000007|{import.Key("tb_example_01")}|{import.Key("13800000001")}|{import.Key("330110|仓前街道示例大学12栋")}|330110|2021-06-12 10:30:00||completed|",
                $"100000000000000008|{import.Key("tb_example_01")}|{import.Key("13800000001")}|{import.Key("330110|仓前街道示例大学12栋")}|330110|2021-06-12 10:30:00|||请放门卫",
            ],
            import.Rows("SELECT order_id, buyer_id, phone_key, address_key, region, shipped_at, promised_at, status, memo FROM orders ORDER BY 1"));
        Assert.Equal(["YT0000000000017", "YT0000000000025", "YT0000000000026"], import.Rows("SELECT waybill_no FROM parcels ORDER BY 1"));
        Assert.Equal(["100000000000000007", "100000000000000008"], import.Rows("SELECT order_id FROM parcel_orders WHERE waybill_no = 'YT0000000000025' ORDER BY 1"));
        var lost = Assert.Single(import.Report.Quarantine);
        Assert.Equal((4, "订单编号", "1.23457E+17"), (lost.Row, lost.Column, lost.Value));
        Assert.Contains("rounded", lost.Reason.En, StringComparison.Ordinal);
        Assert.True(import.HasNote("'示例新状态' (1 times)"));
        Assert.True(import.HasNote("buyer's name is masked in 1 rows"));
        Assert.True(import.HasNote("changed the address"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void An_unknown_column_is_kept_out_and_named_once()
    {
        using var import = Importing.Of("taobao/ExportOrderList2021unknown.csv");
        Assert.Single(import.Report.Notes, n => n.Text.En.Contains("'示例新列'", StringComparison.Ordinal));
        Assert.DoesNotContain(import.Report.Notes, n => n.Text.En.Contains("Unknown column '满返红包金额'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_file_loses_its_bad_rows_and_no_others()
    {
        using var import = Importing.Of("taobao/ExportOrderListDamaged.csv");
        Assert.Equal(["12"], import.Rows("SELECT count(*) FROM orders"));
        Assert.Equal(["14|", "15|订单编号", "16|订单创建时间 (created_at)"], import.Report.Quarantine.Where(c => c.File.Contains("Damaged")).Select(c => $"{c.Row}|{c.Column}").Distinct());
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Lines_of_both_layouts_are_read_and_numbered()
    {
        using var import = Importing.Of("taobao/ExportOrderDetailList2016.csv", "taobao/ExportOrderDetailList2021.csv", "taobao/ExportOrderList2016.csv");
        Assert.Equal(
            ["100000000000000001|1|sku:SKU-1|1|99", $"100000000000000001|2|{Title("赠品")}|1|99", "100000000000000003|1|sku:SKU-2|2|99"],
            import.Rows("SELECT order_id, line, listing_id, quantity, unit_price FROM order_items ORDER BY 1, 2"));
        Assert.Equal(["sku:SKU-1|示例旗舰店|示例T恤 纯棉", $"{Title("赠品")}|示例旗舰店|赠品"], import.Rows("SELECT listing_id, seller_id, title FROM listings ORDER BY 1"));
        import.AssertNothingIsLost();
    }

    [Fact]
    public void Every_column_of_every_year_is_known_and_found_wherever_it_stands()
    {
        const string Y2016 = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易";
        var variant = Y2016.Replace("买家支付宝账号,", "买家支付宝账号,支付单号,支付详情,").Replace("特权订金订单id,", "特权订金订单id,是否上传合同照片,是否上传小票,是否代付,");
        const string Later = ",新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包";
        var of2019 = variant + Later + ",是否信用购,体验期结束时间,前N有礼,配送类型,主订单编号";
        var of2020 = of2019.Replace(",新零售交易类型", ",满返红包金额,新零售交易类型").Replace(",主订单编号", ",直播返现状态,返现金额,新零售成交门店昵称,新零售成交门店id,新零售成交经销商id,主订单编号");
        var cells = new Dictionary<string, string>
        {
            ["订单编号"] = "=\"\"100000000000000009\"\"", ["买家会员名"] = "tb_example_09", ["买家支付宝账号"] = "a@example.com", ["支付单号"] = "=\"\"2021061122001000000009\"\"", ["买家实际支付金额"] = "1,099.00", ["订单状态"] = "交易成功",
            ["收货地址"] = "浙江省 杭州市 余杭区 示例路1号", ["联系手机"] = "'13800000009", ["订单创建时间"] = "2021-06-11 10:00:00", ["订单付款时间"] = "2021-06-11 10:01:00", ["物流单号"] = "No:YT0000000000017", ["物流公司"] = "圆通速递", ["店铺Id"] = "58000001", ["确认收货时间"] = "2021-06-20 10:00:00", ["发货时间"] = "2021-06-12 10:00:00",
        };
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var folder = Directory.CreateTempSubdirectory("unbrush-test-");
        try
        {
            foreach (var (header, count) in ((string, int)[])[(Y2016, 41), (variant, 46), (variant + Later, 56), (of2019, 61), (of2020, 67), (of2020 + ",延迟发货自动赔付金额,预售订单,发货时间,商家备忘", 71)])
            {
                var names = header.Split(',');
                Assert.Equal(count, names.Length);
                var path = Path.Combine(folder.FullName, $"ExportOrderList{count}.csv");
                File.WriteAllText(path, string.Join(',', names) + "\n" + string.Join(',', names.Select(n => "\"" + cells.GetValueOrDefault(n.Trim(), "") + "\"")) + "\n", System.Text.Encoding.GetEncoding("GB18030"));
                using var import = Importing.Of(path);
                Assert.DoesNotContain(import.Report.Notes, n => n.Text.En.Contains("Unknown", StringComparison.Ordinal));
                Assert.Empty(import.Report.Quarantine);
                var (shipped, completed) = (names.Contains("发货时间") ? "2021-06-12 02:00:00" : "", names.Contains("确认收货时间") ? "2021-06-20 02:00:00" : "");
                Assert.Equal(
                    [$"100000000000000009|58000001|{import.Key("tb_example_09")}|1099|completed|{shipped}|{completed}|{import.Key("13800000009")}|330110|YT0000000000017"],
                    import.Rows("SELECT o.order_id, seller_id, buyer_id, amount, status, shipped_at, completed_at, phone_key, region, waybill_no FROM orders o JOIN parcel_orders USING (platform, order_id)"));
                Assert.Equal(
                    names.Contains("支付单号") ? [$"2021061122001000000009|2021-06-11 02:01:00|{import.Key("a@example.com")}|{import.Key("taobao/seller/58000001")}|1099|order|taobao|100000000000000009"] : [],
                    import.Rows("SELECT payment_id, paid_at, payer_key, payee_key, amount, kind, platform, order_id FROM payments"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_payment_of_a_masked_payer_is_counted_and_left_out()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("unbrush-test-").FullName, "ExportOrderList.csv");
        File.WriteAllText(path, "订单编号,买家会员名,买家支付宝账号,支付单号,买家实际支付金额,订单状态,订单创建时间,订单付款时间,店铺Id\n1,b,a***@x.com,9,5.00,交易成功,2021-06-11 10:00:00,2021-06-11 10:00:00,58000001\n");
        using var import = Importing.Of(path);
        Assert.Empty(import.Rows("SELECT * FROM payments"));
        Assert.Equal(["1"], import.Rows("SELECT count(*) FROM orders"));
        Assert.True(import.HasNote("1 payments (支付单号) have a payer who is masked"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void The_same_files_again_change_nothing()
    {
        using var import = Importing.Of("taobao/ExportOrderList2016.csv");
        var again = FeedImporter.Import(import.Connection, [Importing.Fixture("taobao/ExportOrderList2016.csv")], Importing.Secret, new());
        Assert.All(again.Files, f => Assert.Equal(0, f.Kept));
        Assert.Equal(["2"], import.Rows("SELECT count(*) FROM orders"));
    }

    private static string Title(string title) => Feeds.Taobao.TaobaoItemExport.ListingOf(null, title)!;
}
