using System.Text.Unicode;

namespace Unbrush.Feeds.Reading;

/// <summary>UTF-8 as a stream of bytes.</summary>
internal static class Utf8Text
{
    /// <summary>Whether every byte up to the stream's end is legal UTF-8.</summary>
    public static bool IsLegal(Stream stream)
    {
        var buffer = new byte[1 << 18];
        int carried = 0, read;
        while ((read = stream.Read(buffer.AsSpan(carried))) > 0)
        {
            var end = carried + read;
            var whole = end - Cut(buffer.AsSpan(0, end));
            if (!Utf8.IsValid(buffer.AsSpan(0, whole)))
                return false;
            carried = end - whole;
            buffer.AsSpan(whole, carried).CopyTo(buffer);
        }

        return carried == 0;
    }

    /// <summary>How many bytes at the end are the beginning of a character that goes on behind it.</summary>
    private static int Cut(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) == 0x80)
                continue;
            var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return length > back ? back : 0;
        }

        return 0;
    }
}
