using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Unbrush.Casework.Tests;

/// <summary>A letter as it came over the wire.</summary>
/// <param name="Id">The header <c>webhook-id</c>.</param>
/// <param name="Timestamp">The header <c>webhook-timestamp</c>.</param>
/// <param name="Signature">The header <c>webhook-signature</c>.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Body">The body's bytes as text.</param>
internal sealed record Received(string Id, string Timestamp, string Signature, string? ContentType, string Body);

/// <summary>A real HTTP server on the loopback that keeps what it gets and answers as it is told.</summary>
internal sealed class HookReceiver : IDisposable
{
    private readonly HttpListener listener = new();

    public HookReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Url);
        listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public string Url { get; }

    public ConcurrentQueue<Received> Letters { get; } = new();

    /// <summary>The statuses of the next answers; 204 when there is none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                // A request cut off by a kill has no whole body.
                if (body.EndsWith('}'))
                    Letters.Enqueue(new(Header(context, "webhook-id"), Header(context, "webhook-timestamp"), Header(context, "webhook-signature"), context.Request.ContentType, body));
                context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 204;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // The sender was killed, or the test is over.
            }
        }
    }

    private static string Header(HttpListenerContext context, string name) => context.Request.Headers[name] ?? "";
}
