using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Unbrush.Feeds;

/// <summary>
/// Replaces personal data by keyed pseudonyms: HMAC-SHA-256 (RFC 2104) under the workspace's secret, its first 18 bytes in
/// base64url (144 bits). The same value gives the same pseudonym within one workspace and another one in every other.
/// </summary>
public sealed class Pseudonymiser(byte[] secret)
{
    private const int Bytes = 18;

    /// <summary>Keyed once: keying costs more than the hash of a short text.</summary>
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);

    /// <summary>The pseudonym of a value; null for null, for nothing, and for a masked value, which is no identity.</summary>
    public string? Of(string? value)
    {
        var bare = value?.Trim();
        if (string.IsNullOrEmpty(bare) || IsMasked(bare))
            return null;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetByteCount(bare);
        Span<byte> bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(bare, bytes);
        lock (_hash)
        {
            _hash.AppendData(bytes);
            _hash.GetHashAndReset(mac);
        }

        return Base64Url.EncodeToString(mac[..Bytes]);
    }

    /// <summary>True for what hides part of itself: <c>138****1234</c>, a virtual number with an extension.</summary>
    public static bool IsMasked(string value) => value.Contains('*', StringComparison.Ordinal) || value.Contains('转', StringComparison.Ordinal);
}
