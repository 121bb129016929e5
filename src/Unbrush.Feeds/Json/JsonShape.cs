using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Unbrush.Feeds.Reading;

namespace Unbrush.Feeds.Json;

/// <summary>Which members the beginning of a JSON file has, as paths such as <c>data.context</c>; lists are passed through.</summary>
internal sealed class JsonShape
{
    private static readonly ConditionalWeakTable<FileSample, JsonShape> Known = [];

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    private JsonShape(FileSample file)
    {
        if (file.Content is Content.Json or Content.Ndjson)
            Read(Encoding.UTF8.GetBytes(file.Text));
    }

    /// <summary>The shape of a file.</summary>
    public static JsonShape Of(FileSample file) => Known.GetValue(file, f => new(f));

    /// <summary>All paths.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>True where all of these paths are there.</summary>
    public bool Has(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (!_paths.Contains(path))
                return false;
        }

        return true;
    }

    /// <summary>
    /// The members that nobody asked for: neither by their own names nor by those of members inside them. What lies inside such a member
    /// is not named again.
    /// </summary>
    /// <param name="asked">The names that were asked for.</param>
    public IReadOnlyList<string> Unread(IReadOnlySet<string> asked)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in _paths.Where(p => asked.Contains(p[(p.LastIndexOf('.') + 1)..])))
        {
            for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
                read.Add(path[..end]);
        }

        return [.. _paths.Where(p => !read.Contains(p) && (!p.Contains('.', StringComparison.Ordinal) || read.Contains(p[..p.LastIndexOf('.')]))).Order(StringComparer.Ordinal)];
    }

    private void Read(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new() { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));
        var prefixes = new Stack<string>();
        var path = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        prefixes.Push(path);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        path = prefixes.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        var parent = prefixes.Peek();
                        path = parent.Length == 0 ? reader.GetString()! : parent + "." + reader.GetString();
                        if (path.Length < 300 && _paths.Count < 10_000)
                            _paths.Add(path);
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The sample is cut, or broken there; what came before tells what it is.
        }
    }
}
