using System.Security.Cryptography;
using System.Text;

namespace Unbrush.Feeds.Reading;

/// <summary>What one reading of a file's bytes tells.</summary>
/// <param name="Sha256">Of the bytes, lower-case hexadecimal.</param>
/// <param name="IsLegal">Whether a plain text in UTF-8 is legal UTF-8 to its end; null of any other file.</param>
internal sealed record FileDigest(string Sha256, bool? IsLegal)
{
    /// <summary>Reads a file to its end.</summary>
    public static FileDigest Of(FileSample file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var isLegal = Utf8Text.IsLegal(stream, hash, cancel);
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), file is { Packing: Packing.None, Encoding: UTF8Encoding, Content: Content.Delimited } ? isLegal : null);
    }
}
