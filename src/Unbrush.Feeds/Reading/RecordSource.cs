namespace Unbrush.Feeds.Reading;

/// <summary>A window over a stream that grows until a whole record fits, within a limit.</summary>
internal sealed class RecordSource(Stream stream)
{
    /// <summary>No record is longer; what seems to be has lost a quote.</summary>
    public const int LongestRecord = 1 << 26;

    private byte[] _buffer = new byte[1 << 20];
    private int _start, _end;

    /// <summary>The bytes at hand.</summary>
    public ReadOnlySpan<byte> Window => _buffer.AsSpan(_start, _end - _start);

    /// <summary>True where the stream has no more than the window.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Drops bytes from the window's front.</summary>
    public void Advance(int count) => _start += count;

    /// <summary>Reads more, or returns false where there is no more or the window is as large as it may be.</summary>
    public bool Grow()
    {
        if (IsLast)
            return false;
        if (_start > 0)
        {
            Window.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length > LongestRecord)
                return false;
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), 1, throwOnEndOfStream: false);
        _end += read;
        IsLast = read == 0;
        return read > 0;
    }
}
