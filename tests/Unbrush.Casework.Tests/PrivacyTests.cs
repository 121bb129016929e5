using System.Text;
using Unbrush.Casework.Export;
using Unbrush.Casework.Findings;
using Unbrush.Casework.Ledger;
using Unbrush.Casework.Proposals;
using Unbrush.Casework.Webhooks;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

/// <summary>Plants personal data wherever a person could put it and searches everything that leaves the house.</summary>
public abstract class PrivacyTests : OnBothStores
{
    private const string Phone = "13912345678";
    private const string Name = "wang-xiaoming";
    private const string Buyer = "buyer-nick-qq88";

    public sealed class OnSqlite : PrivacyTests
    {
        protected override bool IsPostgres => false;
    }

    public sealed class OnPostgres : PrivacyTests
    {
        protected override bool IsPostgres => true;
    }

    private sealed class Ear : HttpMessageHandler
    {
        public StringBuilder Heard { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Heard.Append(request.Headers).Append(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new(System.Net.HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task No_planted_value_leaves_by_export_webhook_ledger_line_or_error()
    {
        Environment.SetEnvironmentVariable("UNBRUSH_TEST_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        new Endpoints(Store, Clock).Add("a", "https://example.org/hook", "env:UNBRUSH_TEST_SECRET", Ann);
        var person = Person.Named(Name);
        Propose(new FindingsBuilder().Orders("s1", 2).Order("s1", "o9", buyer: Buyer).Order("s1", "v1", "victim", buyer: Buyer));
        foreach (var proposal in Open())
            Decider.Adopt(proposal.Id, new(person, $"the buyer of {Phone} confessed"));
        Desk.Apply();
        Desk.LiftSubject(Subject.Parse("order/taobao/o9"), person, $"called {Phone}");

        var left = new StringBuilder();
        var to = Folder["out"];
        new Exporter(Store, Clock).Export(to, null, true, person);
        foreach (var file in Directory.EnumerateFiles(to))
            left.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        var ear = new Ear();
        using (var sender = new WebhookSender(Store, Clock, ear))
            Assert.Equal(2, (await sender.SendDueAsync()).Sent);
        left.Append(ear.Heard);
        using (var lines = new MemoryStream())
        {
            Ledger.WriteLines(lines);
            left.Append(Encoding.UTF8.GetString(lines.ToArray()));
        }

        // Errors: decided twice, same person twice, and no such proposal.
        foreach (var proposal in Proposals.List(new()).Take(3))
            left.Append(Error(() => Decider.Adopt(proposal.Id, new(person, Phone))));
        left.Append(Error(() => Subject.Parse(Phone)));
        left.Append(person);

        foreach (var planted in (string[])[Phone, Name, Buyer])
            Assert.DoesNotContain(planted, left.ToString(), StringComparison.OrdinalIgnoreCase);
        // The search can find: what is meant to leave is there.
        Assert.Contains("o-s1-0000", left.ToString(), StringComparison.Ordinal);
        // Who may read the ledger reads who and why.
        Assert.Contains(Ledger.List(limit: 1000), e => e.Who == Name && e.Why!.Contains(Phone, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("amount", $"taobao,o1,s1,b,2026-03-01T00:00:00Z,{Phone}x,CNY,confirmed,[]")]
    [InlineData("created_at", $"taobao,o1,s1,b,{Phone}x,1,CNY,confirmed,[]")]
    [InlineData("reasons", $"taobao,o1,s1,b,2026-03-01T00:00:00Z,1,CNY,confirmed,{Phone} x")]
    [InlineData("order_id", $"taobao,,s1,{Phone},2026-03-01T00:00:00Z,1,CNY,confirmed,[]")]
    public void An_error_names_file_row_and_column_and_never_the_value(string column, string row)
    {
        Folder.Write("orders.csv", $"platform,order_id,seller_id,buyer_id,created_at,amount,currency,verdict,reasons\ntaobao,o0,s1,b,2026-03-01T00:00:00Z,1,CNY,clean,[]\n{row}\n");
        var error = Assert.Throws<UnbrushException>(() => FindingsFolder.Open(Folder.Path));
        Assert.Equal(ExitCode.Unreadable, error.Code);
        Assert.Contains("orders.csv', row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{column}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, error.Sentence.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_table_is_refused_without_its_content()
    {
        Folder.Write("orders.parquet", $"{Phone} is not Parquet");
        Assert.DoesNotContain(Phone, Assert.Throws<UnbrushException>(() => FindingsFolder.Open(Folder.Path)).ToString(), StringComparison.Ordinal);
        File.Delete(Folder["orders.parquet"]);
        Folder.Write("orders.csv", "platform,order_id\n\"unclosed " + Phone);
        Assert.DoesNotContain(Phone, Assert.Throws<UnbrushException>(() => FindingsFolder.Open(Folder.Path)).ToString(), StringComparison.Ordinal);
        File.Delete(Folder["orders.csv"]);
        Assert.Contains("holds no findings", Assert.Throws<UnbrushException>(() => FindingsFolder.Open(Folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Error(Action act)
    {
        var error = Record.Exception(act);
        return $"{error}{(error as UnbrushException)?.Sentence.Zh}";
    }
}
