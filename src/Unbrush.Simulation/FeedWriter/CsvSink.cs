using System.Text;

namespace Unbrush.Simulation.FeedWriter;

/// <summary>Writes one CSV file straight into bytes: no string a row.</summary>
internal sealed class CsvSink : IDisposable
{
    private const int Room = 1 << 20;
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[Room];
    private readonly byte[][] _dates;
    private int _at;
    private bool _fresh = true;

    public CsvSink(string path, string header, DateTable dates)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        _dates = dates.Text;
        foreach (var name in header.Split(' '))
            Text(name);
        EndRow();
        Rows = 0;
    }

    public long Rows { get; private set; }

    public void Null() => Separate(0);

    public void Text(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Null();
            return;
        }

        Separate((value.Length * 3) + 2);
        var quoted = value.AsSpan().IndexOfAny(",\"\r\n") >= 0;
        if (quoted)
            value = $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        _at += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_at));
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        Separate(value.Length);
        value.CopyTo(_buffer.AsSpan(_at));
        _at += value.Length;
    }

    public void Number(long value)
    {
        Separate(20);
        Digits(value);
    }

    /// <summary>A number, or nothing where it is negative.</summary>
    public void Maybe(long value)
    {
        if (value < 0)
            Null();
        else
            Number(value);
    }

    /// <summary>Yuan with two decimals, from fen; nothing where negative.</summary>
    public void Money(long fen)
    {
        if (fen < 0)
        {
            Null();
            return;
        }

        Separate(24);
        Digits(fen / 100);
        _buffer[_at++] = (byte)'.';
        Two((int)(fen % 100));
    }

    /// <summary>A prefix and a number padded with zeros.</summary>
    public void Id(ReadOnlySpan<byte> prefix, ulong value, int digits)
    {
        Separate(prefix.Length + digits);
        prefix.CopyTo(_buffer.AsSpan(_at));
        _at += prefix.Length;
        for (var i = digits - 1; i >= 0; i--)
        {
            _buffer[_at + i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        _at += digits;
    }

    /// <summary>Sixteen hexadecimal digits; nothing where zero.</summary>
    public void Key(ulong value, int digits = 16)
    {
        if (value == 0)
        {
            Null();
            return;
        }

        Separate(digits);
        for (var i = 0; i < digits; i++)
        {
            _buffer[_at++] = "0123456789abcdef"u8[(int)(value >> 60)];
            value <<= 4;
        }
    }

    /// <summary>A time without offset (the feed's zone); nothing where zero.</summary>
    public void Time(int time)
    {
        if (time <= 0)
        {
            Null();
            return;
        }

        Separate(19);
        var day = time / Clock.Day;
        var rest = time % Clock.Day;
        _dates[day].CopyTo(_buffer.AsSpan(_at));
        _at += 10;
        _buffer[_at++] = (byte)' ';
        Two(rest / 3600);
        _buffer[_at++] = (byte)':';
        Two(rest / 60 % 60);
        _buffer[_at++] = (byte)':';
        Two(rest % 60);
    }

    public void EndRow()
    {
        _buffer[_at++] = (byte)'\n';
        _fresh = true;
        Rows++;
    }

    public void Dispose()
    {
        _file.Write(_buffer, 0, _at);
        _file.Dispose();
    }

    private void Separate(int need)
    {
        if (_at + need + 8 > Room)
        {
            _file.Write(_buffer, 0, _at);
            _at = 0;
        }

        if (!_fresh)
            _buffer[_at++] = (byte)',';
        _fresh = false;
    }

    private void Digits(long value)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(value, _buffer.AsSpan(_at), out var written);
        _at += written;
    }

    private void Two(int value)
    {
        _buffer[_at++] = (byte)('0' + (value / 10));
        _buffer[_at++] = (byte)('0' + (value % 10));
    }
}

/// <summary>The dates of a world as text, made once.</summary>
internal sealed class DateTable(int last)
{
    public byte[][] Text { get; } =
        [.. Enumerable.Range(0, last + 1).Select(d => Encoding.ASCII.GetBytes(Clock.DateOf(d).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))];
}
