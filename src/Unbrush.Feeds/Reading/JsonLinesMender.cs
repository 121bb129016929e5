using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Unbrush.Feeds.Reading;

/// <summary>Reads one JSON object a line and writes a copy with its row number as a first field; what is no object is set aside.</summary>
internal sealed class JsonLinesMender(RecordSource source, Stream output, BadRows bad)
{
    private long _row;

    public int LongestRecord { get; private set; }

    public long Row => _row;

    public void Run()
    {
        while (source.Window.Length < 3 && source.Grow())
        {
            // Until three bytes are at hand, or there are no more.
        }

        if (source.Window.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            source.Advance(3);
        while (true)
        {
            var end = source.Window.IndexOf((byte)'\n');
            if (end < 0 && source.Grow())
                continue;
            if (end < 0 && source.Window.IsEmpty)
                return;
            _row++;
            var line = (end < 0 ? source.Window : source.Window[..end]).Trim(" \t\r"u8);
            Write(line);
            source.Advance(end < 0 ? source.Window.Length : end + 1);
        }
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return;
        var fault = line.Length > RecordSource.LongestRecord ? RowFault.TooLong
            : line.Contains((byte)0) ? RowFault.ZeroBytes
            : !Utf8.IsValid(line) || line.IndexOf(RowFault.Broken) >= 0 ? RowFault.Encoding
            : !IsObject(line) ? RowFault.Json
            : null;
        if (fault is not null)
        {
            bad.Add(_row, fault, line);
            return;
        }

        LongestRecord = Math.Max(LongestRecord, line.Length + 48);
        Span<byte> front = stackalloc byte[48];
        "{\"file_row\":"u8.CopyTo(front);
        _row.TryFormat(front[12..], out var digits, default, CultureInfo.InvariantCulture);
        output.Write(front[..(12 + digits)]);
        var rest = line[1..].TrimStart(" \t"u8);
        if (!rest.StartsWith("}"u8))
            output.WriteByte((byte)',');
        output.Write(rest);
        output.WriteByte((byte)'\n');
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        if (line[0] != '{')
            return false;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 64 });
            while (reader.Read())
            {
                // Whole and well-formed is all that is asked.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
