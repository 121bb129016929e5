using System.Security.Cryptography;
using System.Text.Unicode;

namespace Unbrush.Feeds.Reading;

/// <summary>UTF-8 as a stream of bytes.</summary>
internal static class Utf8Text
{
    /// <summary>Whether every byte up to the stream's end is legal UTF-8.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="hash">Is given every byte, where not null; the stream is then read to its end in any case.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static bool IsLegal(Stream stream, IncrementalHash? hash = null, CancellationToken cancel = default)
    {
        var buffer = new byte[1 << 18];
        int carried = 0, read;
        while ((read = stream.Read(buffer.AsSpan(carried))) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash?.AppendData(buffer, carried, read);
            var end = carried + read;
            var whole = end - Cut(buffer.AsSpan(0, end));
            if (!Utf8.IsValid(buffer.AsSpan(0, whole)))
            {
                while (hash is not null && (read = stream.Read(buffer)) > 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    hash.AppendData(buffer, 0, read);
                }

                return false;
            }

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
