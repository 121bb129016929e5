using System.Security.Cryptography;
using System.Text;

namespace Unbrush.Casework.Webhooks;

/// <summary>
/// Signatures of the Standard Webhooks specification 1.0: HMAC-SHA-256 over <c>id.timestamp.payload</c>, written
/// <c>v1,BASE64</c>; secrets are <c>whsec_</c> and the base64 of 24 to 64 bytes.
/// </summary>
public static class StandardSignature
{
    private const string Prefix = "whsec_";

    /// <summary>Signs a payload.</summary>
    /// <param name="secret">The secret's bytes.</param>
    /// <param name="id">The message's id, which is the receiver's idempotency key.</param>
    /// <param name="timestamp">Seconds since 1970-01-01 UTC.</param>
    /// <param name="payload">The body as sent.</param>
    public static string Sign(byte[] secret, string id, long timestamp, string payload) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{payload}")));

    /// <summary>Reads a secret from <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    /// <exception cref="Core.UnbrushException">It is not there or is no secret; the error never repeats it.</exception>
    public static byte[] ReadSecret(string where)
    {
        ArgumentNullException.ThrowIfNull(where);
        var text = where.Split(':', 2) switch
        {
            ["env", var name] => Environment.GetEnvironmentVariable(name),
            ["file", var path] when File.Exists(path) => File.ReadAllText(path),
            _ => null,
        };
        if (text?.Trim() is { } secret && secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            var bytes = new byte[64];
            if (Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length >= 24)
                return bytes[..length];
        }

        throw Faults.Usage(
            "The secret is not where it should be: give env:NAME or file:PATH of a text whsec_ followed by the base64 of 24 to 64 bytes.",
            "找不到密钥：请用 env:变量名 或 file:路径 给出 whsec_ 加 24 至 64 字节的 base64。");
    }
}
