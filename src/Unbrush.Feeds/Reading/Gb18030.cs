using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Unbrush.Feeds.Reading;

/// <summary>
/// GB18030 as the library has it, decoded several times faster: characters of one and two bytes by a table, those of four by the library's own decoder,
/// which also gets everything from the first illegal bytes on. The text is the same as by that decoder alone.
/// </summary>
internal sealed class Gb18030 : Encoding
{
    private static readonly Encoding Library = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>The character of two bytes, by the lower seven bits of the first and all of the second; 0 where they have none.</summary>
    private static readonly char[] Pairs = MakePairs();

    private Gb18030()
    {
    }

    /// <summary>The one instance.</summary>
    public static Gb18030 Instance { get; } = new();

    /// <inheritdoc/>
    public override string EncodingName => Library.EncodingName;

    /// <inheritdoc/>
    public override string WebName => Library.WebName;

    /// <inheritdoc/>
    public override int CodePage => Library.CodePage;

    /// <inheritdoc/>
    public override Decoder GetDecoder() => new FastDecoder();

    /// <inheritdoc/>
    public override Encoder GetEncoder() => Library.GetEncoder();

    /// <summary>A copy whose fallbacks can be changed: the library's encoding.</summary>
    public override object Clone() => Library.Clone();

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => Library.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Library.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => Library.GetCharCount(bytes, index, count);

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => Library.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => Library.GetMaxByteCount(charCount);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => Library.GetMaxCharCount(byteCount);

    private static char[] MakePairs()
    {
        var pairs = new char[1 << 15];
        Span<char> one = stackalloc char[8];
        Span<byte> back = stackalloc byte[8];
        for (var lead = 0x81; lead <= 0xFE; lead++)
        {
            for (var trail = 0x40; trail <= 0xFE; trail++)
            {
                ReadOnlySpan<byte> pair = [(byte)lead, (byte)trail];
                if (Library.GetChars(pair, one) == 1 && Library.GetBytes(one[..1], back) == 2 && back[..2].SequenceEqual(pair))
                    pairs[((lead & 0x7F) << 8) | trail] = one[0];
            }
        }

        return pairs;
    }

    private sealed class FastDecoder : Decoder
    {
        private readonly Decoder _library = Library.GetDecoder();

        /// <summary>The beginning of a character that the last bytes ended in; the library's decoder has it.</summary>
        private readonly byte[] _begun = new byte[4];
        private int _begunLength;

        /// <summary>Whether illegal bytes have been met: what state they leave the library's decoder in is its own affair.</summary>
        private bool _isLeftToLibrary;

        public override void Reset()
        {
            _library.Reset();
            _begunLength = 0;
            _isLeftToLibrary = false;
        }

        // A guess that is never too low, as far as anybody who asks is concerned.
        public override int GetCharCount(byte[] bytes, int index, int count) => Library.GetMaxCharCount(count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex), flush: false);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush) =>
            GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex), flush);

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars, bool flush)
        {
            int read = 0, written = 0;
            while (!_isLeftToLibrary && read < bytes.Length)
            {
                if (_begunLength == 0)
                    Fast(bytes, chars, ref read, ref written);
                if (read < bytes.Length)
                    Step(bytes[read++], chars, ref written);
            }

            if (read < bytes.Length || flush)
                written += _library.GetChars(bytes[read..], chars[written..], flush);
            if (flush)
                Reset();
            return written;
        }

        /// <summary>Characters of one and two bytes, up to the first of another kind or to the end.</summary>
        private static void Fast(ReadOnlySpan<byte> bytes, Span<char> chars, ref int read, ref int written)
        {
            ref var from = ref MemoryMarshal.GetReference(bytes);
            ref var to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(chars));
            while (read < bytes.Length)
            {
                if (bytes.Length - read >= Vector128<byte>.Count && chars.Length - written >= Vector128<byte>.Count)
                {
                    // All sixteen are written; what stands behind the first byte that is not ASCII is written over.
                    var sixteen = Vector128.LoadUnsafe(ref from, (nuint)read);
                    var (lower, upper) = Vector128.Widen(sixteen);
                    lower.StoreUnsafe(ref to, (nuint)written);
                    upper.StoreUnsafe(ref to, (nuint)(written + Vector128<ushort>.Count));
                    var high = sixteen.ExtractMostSignificantBits();
                    var plain = high == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(high);
                    read += plain;
                    written += plain;
                    if (high == 0)
                        continue;
                }
                else if (bytes[read] < 0x80)
                {
                    chars[written++] = (char)bytes[read++];
                    continue;
                }

                do
                {
                    if (read + 1 >= bytes.Length || Pairs[((bytes[read] & 0x7F) << 8) | bytes[read + 1]] is not (var pair and not '\0'))
                        return;
                    chars[written++] = pair;
                    read += 2;
                }
                while (read < bytes.Length && bytes[read] >= 0x80);
            }
        }

        /// <summary>One byte of a character that is not met by <see cref="Fast"/>.</summary>
        private void Step(byte next, Span<char> chars, ref int written)
        {
            if (_begunLength == 0 && next < 0x80)
            {
                chars[written++] = (char)next;
                return;
            }

            _begun[_begunLength++] = next;
            var made = _library.GetChars([next], chars[written..], flush: false);
            // A character that becomes the same bytes again was legal, and nothing of it is left in the decoder.
            Span<byte> back = stackalloc byte[16];
            if (made > 0 && made <= 2 && Library.GetBytes(chars.Slice(written, made), back) is var length && back[..length].SequenceEqual(_begun.AsSpan(0, _begunLength)))
                _begunLength = 0;
            else
                _isLeftToLibrary = made > 0 || _begunLength == _begun.Length;
            written += made;
        }
    }
}
