using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Mapping;
using Unbrush.Feeds.Tests.Reading;

namespace Unbrush.Feeds.Tests.Mapping;

public sealed class MappingTests : IDisposable
{
    private const string Yaml = """
        version: 1
        tables:
          orders:
            where: "[类型] <> '测试'"
            columns:
              platform: "'shop'"
              order_id: "编号"
              seller_id: "lower(trim(店))"
              buyer_id: "account_key([买 家])"
              created_at: "time(时间, 'dd.MM.yyyy HH:mm', 'America/Sao_Paulo')"
              amount: "number(价) * number(数)"
              status: "code('status', 状态)"
              phone_key: "phone_key(电话)"
              address_key: "address_key(地址)"
              region: "region(地址)"
              memo: "if(number(价) > 5, 'dear' || ' ' || 编号, 'cheap')"
        codes:
          status: { 完成: completed, 关闭: closed }
        """;

    private const string Sheet = "编号,店,买 家,时间,价,数,状态,电话,地址,类型\n1, Shop ,Ann,03.02.2021 10:00,\"¥1,000.50\",2,完成,13800000001,广东省深圳市南山区示例路1号,\n2,shop,a*n,04.02.2021 10:00,5,1,odd,138****0001,,测\n3,shop,x,04.02.2021 10:00,5,1,完成,,,测试\n4,shop,x,2021-99-04,5,1,完成,,,\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("gbk")]
    [InlineData("xlsx")]
    [InlineData("ndjson")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void A_mapping_reads_any_kind_of_file_into_the_expected_rows(string kind)
    {
        var lines = Sheet.Replace("\"¥1,000.50\"", "¥1000.50").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToArray();
        var path = Path.Combine(_folder, kind == "xlsx" ? "f.xlsx" : "f." + (kind == "gbk" ? "csv" : kind));
        if (kind == "xlsx")
            UnpackingTests.Book(path, lines);
        else if (kind == "parquet")
        {
            File.WriteAllText(path + ".csv", Sheet.Replace("\"¥1,000.50\"", "¥1000.50", StringComparison.Ordinal));
            using var duck = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
            duck.Open();
            using var copy = duck.CreateCommand();
            copy.CommandText = $"COPY (SELECT * FROM read_csv('{path}.csv', all_varchar = true, header = true)) TO '{path}' (FORMAT parquet)";
            copy.ExecuteNonQuery();
        }
        else if (kind is "ndjson" or "json")
        {
            var records = lines[1..].Select(l => System.Text.Json.JsonSerializer.Serialize(lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second)));
            File.WriteAllText(path, kind == "json" ? "[" + string.Join(",\n", records) + "]" : string.Join('\n', records));
        }
        else
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            File.WriteAllText(path, Sheet, kind == "gbk" ? Encoding.GetEncoding("GB18030") : new UTF8Encoding(true));
        }

        using var import = Map(Yaml, path);
        Assert.Equal(
            [
                $"1|shop|{import.Key("ann")}|2021-02-03 13:00:00|2001|completed|{import.Key("13800000001")}|{import.Key("440305|示例路1号")}|440305|dear 1",
                "2|shop||2021-02-04 13:00:00|5||||||".Replace("||||||", "|||||") + "cheap",
            ],
            import.Rows("SELECT order_id, seller_id, buyer_id, created_at, amount, status, phone_key, address_key, region, memo FROM orders ORDER BY 1"));
        Assert.True(import.HasNote("1 rows do not meet the mapping's condition"));
        Assert.Equal("2021-99-04", Assert.Single(import.Report.Quarantine).Value);
        import.AssertNowhere("13800000001", "Ann");
        import.AssertNothingIsLost();
    }

    [Theory]
    [InlineData("nowhere", "no column 'nowhere'")]
    [InlineData("number(编号", "')' was expected")]
    [InlineData("编号 + 1", "use number")]
    [InlineData("read_csv('/etc/passwd')", "no function 'read_csv'")]
    [InlineData("'a' ; drop table orders", "nothing more was expected")]
    [InlineData("code('none', 编号)", "no code table 'none'")]
    [InlineData("time(编号, 'qq')", "no part of a time's pattern")]
    [InlineData("left(编号, 1.5)", "whole number")]
    [InlineData("not", "ends where a value was expected")]
    public void A_mistake_in_an_expression_is_named_with_its_place(string expression, string part)
    {
        var path = Path.Combine(_folder, "f.csv");
        File.WriteAllText(path, Sheet);
        var yaml = $"tables:\n  orders:\n    columns:\n      platform: \"'x'\"\n      order_id: 编号\n      seller_id: 店\n      created_at: 时间\n      memo: \"{expression}\"\n";
        var e = Assert.Throws<UnbrushException>(() => Map(expression == "nowhere" ? yaml.Replace("nowhere", "coalesce(nowhere, 编号)") : yaml, path).Dispose());
        if (expression == "nowhere")
            Assert.Contains("does not have every column", e.Sentence.En, StringComparison.Ordinal);
        else
        {
            Assert.Contains("orders.memo", e.Sentence.En, StringComparison.Ordinal);
            Assert.Contains(part, e.Sentence.En, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tables:\n  nothing:\n    columns: {}", "no table 'nothing'")]
    [InlineData("tables:\n  orders:\n    columns: { order_id: x }", "orders.platform")]
    [InlineData("tables:\n  orders:\n    columns: { colour: x }", "no column 'colour'")]
    [InlineData("tabels: {}", "line 1")]
    [InlineData("a: &a [*a]", "line")]
    [InlineData("{", "line")]
    [InlineData("", "no table is mapped")]
    public void A_mistake_in_a_mapping_is_named(string yaml, string part)
    {
        Assert.Contains(part, Assert.Throws<UnbrushException>(() => MapFile.Parse("map.yaml", yaml)).Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_texts_stay_texts()
    {
        var path = Path.Combine(_folder, "f.csv");
        File.WriteAllText(path, "a'b,t\n\"x'); DROP TABLE orders; --\",2021-01-01\n");
        using var import = Map("tables:\n  orders:\n    columns:\n      platform: \"'it''s; DROP TABLE x'\"\n      order_id: \"[a'b]\"\n      seller_id: \"replace([a'b], '''', ')')\"\n      created_at: t\n      memo: \"code('c''s', [a'b])\"\ncodes:\n  \"c's\": { \"x'); DROP TABLE orders; --\": \"'); COPY orders TO '/tmp/evil'; --\" }\n", path);
        Assert.Equal(["'); COPY orders TO '/tmp/evil'; --"], import.Rows("SELECT memo FROM orders"));
        Assert.Equal(["it's; DROP TABLE x|x'); DROP TABLE orders; --|x)); DROP TABLE orders; --"], import.Rows("SELECT platform, order_id, seller_id FROM orders"));
    }

    [Fact]
    public void Any_text_is_an_expression_or_a_named_mistake()
    {
        var words = new[] { "a", "[b]", "'c'", "1", "2.5", "(", ")", ",", "+", "||", "=", "and", "or", "not", "is", "null", "if", "code", "time", "money", " ", "'", "[", "select", ";", "--" };
        var sql = new ExpressionSql(n => n is "a" or "b" ? n : null, new Dictionary<string, Dictionary<string, string>>(), (s, _) => s, null!);
        Gen.Int[0, words.Length - 1].Array[0, 30].Sample(picks =>
        {
            try
            {
                var text = sql.Text(ExpressionParser.Parse(string.Concat(picks.Select(i => words[i]))));
                return !text.Contains(';') || text.Contains('\'');
            }
            catch (ExpressionException)
            {
                return true;
            }
        });
        Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(new string('(', 3000)));
        Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(string.Concat(Enumerable.Repeat("not ", 900))));
        Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(string.Join('+', Enumerable.Repeat("1", 1500))));
    }

    [Fact]
    public void The_wizard_proposes_what_can_be_read_and_names_its_doubts()
    {
        var path = Path.Combine(_folder, "myshop.csv");
        var rows = Enumerable.Range(1, 1500).Select(i => $"{i},{i % 7},{1 + (i % 12)}/{1 + (i % 12)}/2021 9:05,\"¥1,0{i % 10}0.00\",{(i % 2 == 0 ? "done" : "paid")},1380000000{i % 10},x");
        File.WriteAllText(path, "Order No,Customer,Order Date,Total,Status,Mobile,Colour\n" + string.Join('\n', rows) + "\n");
        var proposal = MapWizard.Propose(path);
        Assert.Contains("order_id: \"[Order No]\"", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("created_at: \"time([Order Date], 'dd/MM/yyyy HH:mm')\"", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("phone_key: \"phone_key(Mobile)\"", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("# Not used: Colour", proposal.Yaml, StringComparison.Ordinal);
        foreach (var part in (string[])["day or the month", "'done'", "needs 'seller_id'", "needs 'platform'"])
            Assert.Contains(proposal.Doubts, d => d.En.Contains(part, StringComparison.Ordinal));
        Assert.Null(proposal.Failure);
        var tried = Assert.Single(proposal.Tried!.Files);
        Assert.Equal(("orders", 1000L, 1000L), (tried.Table, tried.Read, tried.Kept));
        using var import = Map(proposal.Yaml, path);
        Assert.Equal(["1500"], import.Rows("SELECT count(*) FROM orders"));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("parquet")]
    public void The_wizard_looks_into_every_kind_of_file_and_tries_its_first_thousand_rows(string kind)
    {
        var path = Path.Combine(_folder, "f." + kind);
        var records = Enumerable.Range(1, 1500).Select(i => $$"""{"order_no":"A{{i}}","shop":"示例","order_date":"{{1 + (i % 28):00}}.02.2026 10:00","note":"a \"quoted\" word"}""").ToList();
        File.WriteAllText(kind == "parquet" ? path + ".json" : path, kind == "json" ? "[" + string.Join(",\n", records) + "]" : string.Join('\n', records));
        if (kind == "parquet")
        {
            using var duck = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
            duck.Open();
            using var copy = duck.CreateCommand();
            copy.CommandText = $"COPY (SELECT * FROM read_json('{path}.json')) TO '{path}' (FORMAT parquet)";
            copy.ExecuteNonQuery();
        }

        var proposal = MapWizard.Propose(path);
        Assert.Contains("created_at: \"time(order_date, 'dd.MM.yyyy HH:mm')\"", proposal.Yaml, StringComparison.Ordinal);
        Assert.Null(proposal.Failure);
        var tried = Assert.Single(proposal.Tried!.Files);
        Assert.Equal(("orders", 1000L, 1000L), (tried.Table, tried.Read, tried.Kept));
    }

    [Fact]
    public void The_wizard_says_of_a_cut_parquet_file_that_it_is_cut()
    {
        var path = Path.Combine(_folder, "cut.parquet");
        File.WriteAllText(path, "PAR1 and nothing behind it");
        Assert.Contains("cut or damaged", Assert.Throws<UnbrushException>(() => MapWizard.Propose(path)).Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_tells_nothing_gets_a_proposal_that_says_so()
    {
        var path = Path.Combine(_folder, "x.csv");
        File.WriteAllText(path, "foo,bar\n1,2\n");
        var proposal = MapWizard.Propose(path);
        Assert.Contains(proposal.Doubts, d => d.En.Contains("No table can be told", StringComparison.Ordinal));
        Assert.NotEmpty(proposal.Yaml);
    }

    [Fact]
    public void A_query_without_its_connection_is_refused_by_name()
    {
        var e = Assert.Throws<UnbrushException>(() => Map("source: { database: postgresql, connection_variable: UNBRUSH_NO_SUCH, query: SELECT 1 }\ntables:\n  orders:\n    columns: { platform: \"'x'\", order_id: a, seller_id: a, created_at: a }\n").Dispose());
        Assert.Contains("UNBRUSH_NO_SUCH", e.Sentence.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("devices/Fraud_Data.csv")]
    [InlineData("retail/online_retail.parquet")]
    [InlineData("reviews/op_spam.csv")]
    public void The_wizard_has_something_to_say_about_the_shared_samples(string sample)
    {
        Assert.NotEmpty(MapWizard.Propose(Importing.Shared(sample)).Yaml);
    }

    private Importing Map(string yaml, params string[] files)
    {
        var map = Path.Combine(_folder, "map.yaml");
        File.WriteAllText(map, yaml);
        return Importing.With(new() { Map = map, MaxBad = 0.5 }, files);
    }
}
