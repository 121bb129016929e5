namespace Unbrush.Feeds.Tests.Alipay;

public class AlipayBillTests
{
    [Fact]
    public void A_bill_reads_into_the_expected_payments()
    {
        using var import = Importing.With(new(), "alipay/bill.csv");
        string own = import.Key("20880000000001560156"), buyer = import.Key("buyer01@example.com");
        Assert.Equal(
            [
                $"100000001|2021-06-11 02:01:05|{buyer}|{own}|99|order|taobao|100000000000000001|示例T恤",
                $"100000002|2021-06-12 02:01:05|{own}|{import.Key("13800000001")}|104|transfer|||佣金 5 元 电话<phone>",
                $"100000004|2021-06-14 02:01:05|{own}|{buyer}|20|refund|taobao|100000000000000001|示例T恤",
                $"100000005|2021-06-15 02:01:05|{own}|{import.Key("bank0001")}|1000|payout|||",
                $"100000006|2021-06-15 03:01:05|{own}|{import.Key("svc@example.com")}|1|transfer|||",
            ],
            import.Rows("SELECT payment_id, paid_at, payer_key, payee_key, amount, kind, platform, order_id, memo FROM payments ORDER BY 1"));
        import.AssertNowhere("张三", "13800000001", "buyer01@example.com", "20880000000001560156");
        import.AssertNothingIsLost();
    }

    [Fact]
    public void A_masked_counterparty_is_set_aside_with_its_reason_and_does_not_fail_the_file()
    {
        using var import = Importing.With(new() { MaxBad = 0 }, "alipay/bill.csv");
        var barred = Assert.Single(import.Report.Quarantine);
        Assert.Equal((8, "对方账号"), (barred.Row, barred.Column));
        Assert.Contains("masked", barred.Reason.En, StringComparison.Ordinal);
        Assert.True(import.HasNote("'示例收费' (1 times)"));
    }

    [Fact]
    public void A_damaged_bill_loses_its_bad_rows_and_no_others()
    {
        using var import = Importing.With(new() { MaxBad = 0.8 }, "alipay/damaged.csv");
        Assert.Equal(["100000001"], import.Rows("SELECT payment_id FROM payments"));
        Assert.Equal(["4|发生时间 (paid_at)", "5|收入金额（+元） / 支出金额（-元） (amount)", "6|"], import.Report.Quarantine.Select(c => $"{c.Row}|{c.Column}").Order());
        import.AssertNothingIsLost();
    }
}
