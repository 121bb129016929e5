using System.Security.Cryptography;
using System.Text.Unicode;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests.Reading;

public sealed class Utf8TextTests
{
    private static readonly byte[][] Pieces = [[0x41], [0xC3, 0xA9], [0xE5, 0xBA, 0x97], [0xF0, 0x9F, 0x98, 0x80], [0xE3], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF]];

    [Fact]
    public void Legality_is_the_same_however_the_bytes_come() =>
        Gen.Select(Gen.Frequency((30, Gen.Int[0, 3]), (1, Gen.Int[4, 8])).Array[0, 20], Gen.Int[1, 5]).Sample((picks, step) =>
        {
            byte[] bytes = [.. picks.SelectMany(p => Pieces[p])];
            using var stream = new Drops(bytes, step);
            return Utf8Text.IsLegal(stream) == Utf8.IsValid(bytes);
        });

    [Fact]
    public void The_hash_is_of_all_bytes_whether_they_are_legal_or_not() =>
        Gen.Select(Gen.Int[0, 8].Array[0, 20], Gen.Int[1, 5]).Sample((picks, step) =>
        {
            byte[] bytes = [.. picks.SelectMany(p => Pieces[p])];
            using var stream = new Drops(bytes, step);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            return Utf8Text.IsLegal(stream, hash) == Utf8.IsValid(bytes) && hash.GetHashAndReset().SequenceEqual(SHA256.HashData(bytes));
        });

    private sealed class Drops(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
