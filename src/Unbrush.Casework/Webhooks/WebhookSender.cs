using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Webhooks;

/// <summary>How sending behaves.</summary>
public sealed record SendOptions
{
    /// <summary>
    /// The waits before the second, third … attempt, as the Standard Webhooks specification proposes them; after the
    /// last the letter is dead.
    /// </summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long a sender may keep a letter; a killed sender's letters are tried again after it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What sending did.</summary>
/// <param name="Sent">Accepted by the receiver.</param>
/// <param name="Failed">To be tried again.</param>
/// <param name="Dead">Given up; see <c>unbrush action dead</c>.</param>
public sealed record SendResult(long Sent, long Failed, long Dead);

/// <summary>
/// Sends what the outbox holds: at least once, with the same <c>webhook-id</c> at every attempt, so that a receiver
/// that remembers ids takes each event once. Several senders may run at once.
/// </summary>
public sealed class WebhookSender(CaseDatabase database, TimeProvider clock, HttpMessageHandler handler, SendOptions? options = null) : IDisposable
{
    // So few that all of them, each to its time-out, are done within the lease; else another sender would take the last ones too.
    private const int AtOnce = 6;
    private readonly SendOptions options = options ?? new();
    private readonly HttpClient client = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(15) };
    private string? store;

    /// <summary>The handler to use outside tests: redirects are failures, as the specification has it.</summary>
    public static HttpMessageHandler NewHandler() => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>Sends every letter that is due.</summary>
    public async Task<SendResult> SendDueAsync(CancellationToken cancel = default)
    {
        var total = new SendResult(0, 0, 0);
        while (!cancel.IsCancellationRequested)
        {
            var due = Claim();
            if (due.Count == 0)
                break;
            foreach (var letter in due)
            {
                var outcome = await TryAsync(letter, cancel).ConfigureAwait(false);
                var state = Settle(letter, outcome);
                total = state switch
                {
                    "sent" => total with { Sent = total.Sent + 1 },
                    "dead" => total with { Dead = total.Dead + 1 },
                    _ => total with { Failed = total.Failed + 1 },
                };
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private List<Letter> Claim() => database.InWrite(clock, write =>
    {
        store ??= Convert.ToHexStringLower(write.Query(r => (byte[])r.GetValue(0), "SELECT hash FROM ledger WHERE seq = 1") is [var first] ? first.AsSpan(0, 6) : default);
        var due = write.Query(
            r => new Letter(r.GetInt64(0), r.GetString(1), r.GetString(2), (int)r.GetInt64(3) + 1, r.GetString(4), r.GetString(5)),
            """
            SELECT b.event, b.endpoint, b.payload, b.attempts, e.url, e.secret FROM outbox b JOIN endpoints e ON e.name = b.endpoint
            WHERE b.state = 'waiting' AND b.next_at <= @p0 ORDER BY b.event, b.endpoint LIMIT @p1
            """, write.Now, (long)AtOnce);
        foreach (var letter in due)
            write.Execute("UPDATE outbox SET attempts = @p2, next_at = @p3 WHERE event = @p0 AND endpoint = @p1", letter.Event, letter.Endpoint, (long)letter.Attempt, write.Now + ToMicros(options.Lease));
        return due;
    });

    private async Task<Outcome> TryAsync(Letter letter, CancellationToken cancel)
    {
        var id = $"msg_{store}_{letter.Event}";
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, letter.Url);
            request.Content = new StringContent(letter.Payload, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", StandardSignature.Sign(StandardSignature.ReadSecret(letter.Secret), id, timestamp, letter.Payload));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            var error = response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
            var wait = response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - clock.GetUtcNow(),
                _ => TimeSpan.Zero,
            };
            return new(error, response.StatusCode == HttpStatusCode.Gone, wait);
        }
        catch (HttpRequestException e)
        {
            return new($"no connection ({e.HttpRequestError})", false, TimeSpan.Zero);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new("no answer in time", false, TimeSpan.Zero);
        }
        catch (Core.UnbrushException)
        {
            return new("the endpoint's secret cannot be read", false, TimeSpan.Zero);
        }
    }

    private string Settle(Letter letter, Outcome outcome) => database.InWrite(clock, write =>
    {
        var isDead = outcome.Error is not null && (outcome.IsGone || letter.Attempt > options.Waits.Count);
        var state = outcome.Error is null ? "sent" : isDead ? "dead" : "waiting";
        var next = write.Now;
        if (state == "waiting")
        {
            var wait = options.Waits[letter.Attempt - 1];
            wait = wait > outcome.RetryAfter ? wait : outcome.RetryAfter;
            // A tenth more or less by the event's number, so that letters that failed together do not come back together.
            next += ToMicros(wait * (0.9 + (0.2 * (unchecked((uint)letter.Event * 2654435761u) / (double)uint.MaxValue))));
        }

        write.Execute(
            "UPDATE outbox SET state = @p2, next_at = @p3, last_error = @p4 WHERE event = @p0 AND endpoint = @p1 AND state = 'waiting'",
            letter.Event, letter.Endpoint, state, next, outcome.Error);
        return state;
    });

    private static long ToMicros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private sealed record Letter(long Event, string Endpoint, string Payload, int Attempt, string Url, string Secret);

    private readonly record struct Outcome(string? Error, bool IsGone, TimeSpan RetryAfter);
}
