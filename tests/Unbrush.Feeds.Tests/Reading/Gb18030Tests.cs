using System.Text;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Tests.Reading;

public sealed class Gb18030Tests
{
    private static readonly Encoding Library = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static readonly byte[][] Legal = [.. ((string[])["a", "plain text of more than sixteen bytes, ", "店", "订单编号", "€", "ü", "𠮷", "😀", "\uE5E5", "\n", "\""]).Select(Library.GetBytes)];

    private static readonly byte[][] Illegal = [[0x80], [0xFF], [0x81], [0x81, 0x30], [0x81, 0x30, 0x81], [0x81, 0x30, 0x81, 0x41], [0xFE, 0x39, 0xFE, 0x39], [0xB5, 0x20], [0xB5, 0x7F], [0x90, 0x30]];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_text_is_decoded_as_by_the_library_however_its_bytes_come(int oddsOfIllegal) =>
        Gen.Select(Gen.Frequency((30, Gen.Int[0, Legal.Length - 1].Select(i => Legal[i])), (oddsOfIllegal, Gen.Int[0, Illegal.Length - 1].Select(i => Illegal[i]))).Array[0, 30], Gen.Int[1, 40]).Sample((pieces, step) =>
        {
            byte[] bytes = [.. pieces.SelectMany(p => p)];
            Assert.Equal(Read(Library, bytes, step), Read(Gb18030.Instance, bytes, step));
        });

    [Fact]
    public void Every_two_bytes_are_decoded_as_by_the_library()
    {
        for (var first = 0; first < 256; first++)
        {
            for (var second = 0; second < 256; second++)
            {
                byte[] bytes = [(byte)first, (byte)second, 0x41];
                Assert.Equal(Read(Library, bytes, 3), Read(Gb18030.Instance, bytes, 3));
            }
        }
    }

    private static string Read(Encoding encoding, byte[] bytes, int step)
    {
        using var reader = new StreamReader(new Drops(bytes, step), encoding, detectEncodingFromByteOrderMarks: false, 128);
        return reader.ReadToEnd();
    }

    private sealed class Drops(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
