namespace Unbrush.Feeds.Reading;

/// <summary>
/// What a function makes of the texts of a column. Columns say the same few things again and again: a text that was seen before costs
/// neither the function nor a string. It holds a quarter of a million texts at most, and then begins anew.
/// </summary>
/// <param name="make">The function; of equal texts it must make equal things.</param>
internal sealed class Remembered<T>(Func<string, T> make)
{
    private const int Most = 1 << 18;

    private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);
    private string? _lastText;
    private T? _last;

    /// <summary>What the function makes of a text.</summary>
    public T Of(ReadOnlySpan<char> text)
    {
        if (_lastText is not null && text.SequenceEqual(_lastText))
            return _last!;
        if (!_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known, out var value))
        {
            if (_known.Count >= Most)
                _known.Clear();
            known = text.ToString();
            _known[known] = value = make(known);
        }

        (_lastText, _last) = (known, value);
        return value;
    }
}
