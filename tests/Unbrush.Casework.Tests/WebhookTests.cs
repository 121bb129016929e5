using System.Net;
using System.Text.Json.Nodes;
using Unbrush.Casework.Webhooks;
using Unbrush.Core;

namespace Unbrush.Casework.Tests;

public abstract class WebhookTests : OnBothStores
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public sealed class OnSqlite : WebhookTests
    {
        protected override bool IsPostgres => false;

        [Fact]
        public void The_signature_is_that_of_the_specifications_example()
        {
            Environment.SetEnvironmentVariable("UNBRUSH_TEST_SECRET", Secret);
            Assert.Equal(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                StandardSignature.Sign(StandardSignature.ReadSecret("env:UNBRUSH_TEST_SECRET"), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));
        }

        [Theory]
        [InlineData("http://example.org/hook")]
        [InlineData("ftp://example.org")]
        [InlineData("https://user:pass@example.org")]
        [InlineData("hook")]
        public void An_endpoint_is_https_without_a_user(string url) =>
            Assert.Throws<UnbrushException>(() => new Endpoints(Store, Clock).Add("a", url, "env:UNBRUSH_TEST_SECRET", Ann));

        [Fact]
        public void A_missing_secret_is_refused_without_repeating_it()
        {
            var file = Folder.Write("secret", "not-a-secret-but-private");
            Assert.DoesNotContain("private", Assert.Throws<UnbrushException>(() => StandardSignature.ReadSecret("file:" + file)).ToString(), StringComparison.Ordinal);
        }
    }

    public sealed class OnPostgres : WebhookTests
    {
        protected override bool IsPostgres => true;
    }

    private sealed class Receiver : HttpMessageHandler
    {
        public List<(string Id, string Body, bool IsSigned)> Got { get; } = [];

        public Queue<HttpResponseMessage> Answers { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var (id, at) = (request.Headers.GetValues("webhook-id").Single(), long.Parse(request.Headers.GetValues("webhook-timestamp").Single(), null));
            Got.Add((id, body, request.Headers.GetValues("webhook-signature").Single() == StandardSignature.Sign(Convert.FromBase64String(Secret[6..]), id, at, body)));
            return Answers.TryDequeue(out var answer) ? answer : new(HttpStatusCode.NoContent);
        }
    }

    private readonly Receiver receiver = new();

    private void AddEndpoint(string name = "shop-system")
    {
        Environment.SetEnvironmentVariable("UNBRUSH_TEST_SECRET", Secret);
        new Endpoints(Store, Clock).Add(name, "https://example.org/hook", "env:UNBRUSH_TEST_SECRET", Ann);
    }

    private async Task<SendResult> Send()
    {
        using var sender = new WebhookSender(Store, Clock, receiver);
        return await sender.SendDueAsync();
    }

    [Fact]
    public async Task Applied_and_lifted_measures_are_told_signed_with_an_id_of_their_own()
    {
        AddEndpoint();
        Propose(new FindingsBuilder().Orders("s1", 3));
        AdoptAll();
        Desk.LiftSubject(Subject.Parse("order/taobao/o-s1-0001"), Ann, "a true sale");
        Assert.Equal(2, (await Send()).Sent);
        Assert.All(receiver.Got, g => Assert.True(g.IsSigned));
        Assert.Equal(2, receiver.Got.Select(g => g.Id).Distinct().Count());
        var (applied, lifted) = (JsonNode.Parse(receiver.Got[0].Body)!, JsonNode.Parse(receiver.Got[1].Body)!);
        Assert.Equal(EventTypes.Applied, (string)applied["type"]!);
        Assert.Equal(3, ((JsonArray)applied["data"]!["measures"]!).Count);
        Assert.Equal("o-s1-0001", (string)lifted["data"]!["measures"]![0]!["id"]!);
        Assert.Equal("The order counts again.", (string)lifted["data"]!["measures"]![0]!["effect"]!["en"]!);
        Assert.Equal(new SendResult(0, 0, 0), await Send());
    }

    [Fact]
    public async Task A_failed_letter_is_sent_again_later_and_later_under_the_same_id_until_it_is_dead()
    {
        AddEndpoint();
        Propose(new FindingsBuilder().Orders("s1", 1));
        AdoptAll();
        var outbox = new Outbox(Store, Clock);
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            receiver.Answers.Enqueue(new(HttpStatusCode.InternalServerError));
            Assert.Equal(attempt == 10 ? new SendResult(0, 0, 1) : new SendResult(0, 1, 0), await Send());
            Assert.Equal(new SendResult(0, 0, 0), await Send());
            if (attempt == 10)
                break;
            var waiting = Assert.Single(outbox.List("waiting"));
            Assert.Equal((attempt, "HTTP 500"), (waiting.Attempts, waiting.LastError));
            waits.Add(waiting.NextAt - Clock.Now);
            Clock.Now = waiting.NextAt;
        }

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(5.5));
        Assert.Equal(10, receiver.Got.Count);
        Assert.Single(receiver.Got.Select(g => g.Id).Distinct());
        Assert.Equal(10, Assert.Single(outbox.List("dead")).Attempts);

        Assert.Equal(1, outbox.Revive("shop-system", null, Ann));
        Assert.Equal(1, (await Send()).Sent);
        Assert.Empty(outbox.List("dead"));
    }

    [Fact]
    public async Task A_receiver_that_says_when_is_heard_and_one_that_is_gone_is_not_asked_again()
    {
        AddEndpoint();
        Propose(new FindingsBuilder().Orders("s1", 1));
        AdoptAll();
        var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        busy.Headers.RetryAfter = new(TimeSpan.FromHours(1));
        receiver.Answers.Enqueue(busy);
        await Send();
        var waiting = Assert.Single(new Outbox(Store, Clock).List("waiting"));
        Assert.True(waiting.NextAt - Clock.Now >= TimeSpan.FromMinutes(54));
        Clock.Now = waiting.NextAt;
        receiver.Answers.Enqueue(new(HttpStatusCode.Gone));
        Assert.Equal(1, (await Send()).Dead);
    }

    [Fact]
    public async Task Each_endpoint_has_its_own_letter_and_a_removed_one_gets_no_new_ones()
    {
        AddEndpoint("a");
        AddEndpoint("b");
        Propose(new FindingsBuilder().Orders("s1", 1).Orders("s2", 1));
        AdoptAll("shop/taobao/s1");
        new Endpoints(Store, Clock).Remove("b", Ann);
        AdoptAll("shop/taobao/s2");
        await Send();
        Assert.Equal(3, receiver.Got.Count);
        Assert.Equal(2, receiver.Got.Select(g => g.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_real_receiver_verifies_each_letter_by_the_secret_alone_and_gets_it_again_until_it_accepts_it()
    {
        using var server = new HookReceiver();
        var secret = Folder.Write("secret", Secret + "\n");
        new Endpoints(Store, Clock).Add("local", server.Url, "file:" + secret, Ann);
        Propose(new FindingsBuilder().Orders("店铺", 3));
        AdoptAll();
        using var handler = WebhookSender.NewHandler();
        using var sender = new WebhookSender(Store, Clock, handler);
        server.Answers.Enqueue(503);
        server.Answers.Enqueue(302);
        foreach (var expected in (SendResult[])[new(0, 1, 0), new(0, 1, 0), new(1, 0, 0), new(0, 0, 0)])
        {
            Assert.Equal(expected, await sender.SendDueAsync(TestContext.Current.CancellationToken));
            Clock.Move(TimeSpan.FromHours(1));
        }

        Assert.Equal(3, server.Letters.Count);
        Assert.Single(server.Letters.Select(l => (l.Id, l.Body)).Distinct());
        Assert.Equal(3, server.Letters.Select(l => l.Timestamp).Distinct().Count());
        foreach (var letter in server.Letters)
        {
            // Written out as the specification words it, not by the code under test.
            var signed = System.Security.Cryptography.HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), System.Text.Encoding.UTF8.GetBytes($"{letter.Id}.{letter.Timestamp}.{letter.Body}"));
            Assert.Equal("v1," + Convert.ToBase64String(signed), letter.Signature);
            Assert.StartsWith("msg_", letter.Id, StringComparison.Ordinal);
            Assert.StartsWith("application/json", letter.ContentType, StringComparison.Ordinal);
        }

        var data = JsonNode.Parse(server.Letters.First().Body)!["data"]!;
        Assert.Equal(3, ((JsonArray)data["measures"]!).Count);
        Assert.Equal("o-店铺-0000", (string)data["measures"]![0]!["id"]!);
    }

    [Fact]
    public async Task Nobody_at_the_other_end_is_a_failure_to_be_tried_again_and_names_no_address()
    {
        string url;
        using (var gone = new HookReceiver())
            url = gone.Url;
        var secret = Folder.Write("secret", Secret);
        new Endpoints(Store, Clock).Add("local", url, "file:" + secret, Ann);
        Propose(new FindingsBuilder().Orders("s1", 1));
        AdoptAll();
        using var handler = WebhookSender.NewHandler();
        using var sender = new WebhookSender(Store, Clock, handler);
        Assert.Equal(new SendResult(0, 1, 0), await sender.SendDueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("no connection (ConnectionError)", Assert.Single(new Outbox(Store, Clock).List("waiting")).LastError);
    }

    [Fact]
    public async Task A_letter_that_a_killed_sender_held_is_sent_after_its_lease()
    {
        AddEndpoint();
        Propose(new FindingsBuilder().Orders("s1", 1));
        AdoptAll();
        using var stop = new CancellationTokenSource();
        using (var sender = new WebhookSender(Store, Clock, new Stops(stop)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendDueAsync(stop.Token));
        Assert.Equal(0, (await Send()).Sent);
        Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await Send()).Sent);
    }

    private sealed class Stops(CancellationTokenSource stop) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            stop.Cancel();
            return Task.FromCanceled<HttpResponseMessage>(stop.Token);
        }
    }
}
