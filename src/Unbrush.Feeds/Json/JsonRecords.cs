using System.Buffers;
using System.Text.Json;
using Unbrush.Feeds.Loading;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Json;

/// <summary>
/// Streams the records of a JSON file: the elements of one array, or values one after the other (one a line, or one whole document).
/// No more than one record is held at a time.
/// </summary>
internal static class JsonRecords
{
    /// <summary>The largest single record that is read, in bytes.</summary>
    public const int LargestRecord = 256 << 20;

    /// <summary>Hands each record on, with its number (the first is 1).</summary>
    /// <param name="file">The file.</param>
    /// <param name="record">Takes a record; what it throws of the kinds that odd data cause is refused as the record's fault.</param>
    /// <param name="refuse">Told of a part that is no JSON: the record's number and why. Lines behind a broken line are read on.</param>
    public static void Each(FileSample file, Action<JsonElement, long> record, Action<long, string> refuse)
    {
        using var stream = file.OpenUtf8();
        Each(stream, record, refuse);
    }

    /// <summary>The same, of a stream of UTF-8.</summary>
    public static void Each(Stream stream, Action<JsonElement, long> record, Action<long, string> refuse)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        int start = 0, end = 0;
        long number = 0;
        bool isOver = false, inArray = false, isFirst = true;
        try
        {
            while (true)
            {
                // Blanks, commas between elements, the brackets of the array.
                while (start < end && buffer[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF && start < end)
                    start++;
                if (start < end && isFirst)
                {
                    isFirst = false;
                    if (buffer[start] == '[')
                    {
                        inArray = true;
                        start++;
                        continue;
                    }
                }

                if (start < end && inArray && buffer[start] == ']')
                {
                    inArray = false;
                    start++;
                    continue;
                }

                if (start == end)
                {
                    if (isOver)
                    {
                        if (inArray)
                            refuse(number + 1, "the file ends inside its list");
                        return;
                    }

                    Fill();
                    continue;
                }

                int length;
                try
                {
                    length = Length(buffer.AsSpan(start, end - start), isOver);
                }
                catch (JsonException e)
                {
                    number++;
                    refuse(number, ImportContext.FirstLine(e.Message));
                    if (inArray || !SkipLine())
                        return;
                    continue;
                }

                if (length < 0)
                {
                    if (end - start >= LargestRecord)
                    {
                        refuse(number + 1, $"the record is larger than {LargestRecord} bytes");
                        return;
                    }

                    Fill();
                    continue;
                }

                number++;
                using (var document = JsonDocument.Parse(buffer.AsMemory(start, length), new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }))
                {
                    try
                    {
                        record(document.RootElement, number);
                    }
                    catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException or JsonException)
                    {
                        refuse(number, ImportContext.FirstLine(e.Message));
                    }
                }

                start += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        void Fill()
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }

            if (end == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, end).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            isOver = read == 0;
        }

        bool SkipLine()
        {
            while (true)
            {
                var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (at >= 0)
                {
                    start += at + 1;
                    return true;
                }

                start = end;
                if (isOver)
                    return false;
                Fill();
            }
        }
    }

    /// <summary>How many bytes the first value takes; -1 where it is not all there yet.</summary>
    private static int Length(ReadOnlySpan<byte> bytes, bool isFinal)
    {
        var reader = new Utf8JsonReader(bytes, isFinal, new JsonReaderState(new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowMultipleValues = true }));
        if (!reader.Read() || !reader.TrySkip())
            return isFinal ? throw new JsonException("the file ends inside a record") : -1;
        // A bare number may go on in the next bytes.
        if (!isFinal && reader.BytesConsumed == bytes.Length && reader.TokenType is JsonTokenType.Number)
            return -1;
        return (int)reader.BytesConsumed;
    }
}
