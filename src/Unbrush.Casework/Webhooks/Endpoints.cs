using Unbrush.Casework.Ledger;
using Unbrush.Casework.Storage;

namespace Unbrush.Casework.Webhooks;

/// <summary>Where events are sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its address: https, or http on this machine.</param>
/// <param name="Secret">Where its secret is: <c>env:NAME</c> or <c>file:PATH</c>; the secret itself is never stored.</param>
public sealed record Endpoint(string Name, Uri Url, string Secret);

/// <summary>The endpoints.</summary>
public sealed class Endpoints(CaseDatabase database, TimeProvider clock)
{
    /// <summary>Adds an endpoint, or changes the one of that name.</summary>
    /// <exception cref="Core.UnbrushException">The address or the secret's place does not fit.</exception>
    public void Add(string name, string url, string secret, Person by)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) || uri.UserInfo.Length > 0)
            throw Faults.Usage("An endpoint is an https address without a user name (http only on this machine).", "接收地址须为不含用户名的 https 地址（仅本机可用 http）。");
        _ = StandardSignature.ReadSecret(secret);
        database.InWrite(clock, write =>
        {
            write.Ledger.Append(LedgerKinds.Endpoint, LedgerJson.Of(("adds", name), ("host", uri.Authority)), by);
            return write.Execute(
                "INSERT INTO endpoints (name, url, secret, added_at, removed_at) VALUES (@p0, @p1, @p2, @p3, NULL) ON CONFLICT (name) DO UPDATE SET url = excluded.url, secret = excluded.secret, removed_at = NULL",
                name, uri.ToString(), secret, write.Now);
        });
    }

    /// <summary>Removes an endpoint: no new events go to it; what waits still does, until it is dead.</summary>
    public void Remove(string name, Person by) => database.InWrite(clock, write =>
    {
        if (write.Execute("UPDATE endpoints SET removed_at = @p1 WHERE name = @p0 AND removed_at IS NULL", name, write.Now) == 0)
            throw Faults.Usage($"There is no endpoint '{name}'; see `unbrush action endpoints`.", $"没有接收地址 '{name}'；请用 unbrush action endpoints 查看。");
        return write.Ledger.Append(LedgerKinds.Endpoint, LedgerJson.Of(("removes", name)), by);
    });

    /// <summary>The endpoints in use.</summary>
    public IReadOnlyList<Endpoint> List() => database.InRead(c => c.Query(
        null, r => new Endpoint(r.GetString(0), new Uri(r.GetString(1)), r.GetString(2)), "SELECT name, url, secret FROM endpoints WHERE removed_at IS NULL ORDER BY name"));
}
