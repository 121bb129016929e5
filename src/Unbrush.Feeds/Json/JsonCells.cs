using System.Text.Json;

namespace Unbrush.Feeds.Json;

/// <summary>Members of JSON objects as cells.</summary>
internal static class JsonCells
{
    /// <summary>Takes the names that this thread asks for, while somebody wants to know them.</summary>
    [ThreadStatic]
    private static HashSet<string>? _asked;

    /// <summary>From now on this thread's questions for members are kept in a set; null ends it.</summary>
    public static void Watch(HashSet<string>? asked) => _asked = asked;

    /// <summary>A member; undefined where the element is no object or has none of that name.</summary>
    public static JsonElement Member(this JsonElement element, string name)
    {
        _asked?.Add(name);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;
    }

    /// <summary>A member's text: of a string, number or boolean; null for everything else and for nothing.</summary>
    public static string? Text(this JsonElement element, string name) => Text(element.Member(name));

    /// <summary>The first of these members that holds a text.</summary>
    public static string? First(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Text(name) is { } text)
                return text;
        }

        return null;
    }

    /// <summary>The text of a value.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } s && s.AsSpan().Trim() is { Length: > 0 } bare && !bare.Equals("null", StringComparison.Ordinal) ? bare.ToString() : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The elements of a list; a single object reads as a list of one.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name)
    {
        var member = element.Member(name);
        if (member.ValueKind == JsonValueKind.Object)
            return [member];
        return member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : [];
    }
}
