using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Unbrush.Casework.Policy;

/// <summary>A YAML text as JSON, with the line of every node under its JSON pointer.</summary>
internal sealed class YamlText
{
    private readonly Dictionary<string, long> lines = [];

    private YamlText(string file) => File = file;

    public string File { get; }

    public JsonObject Root { get; private set; } = [];

    public static YamlText Parse(string file, string text)
    {
        var yaml = new YamlText(file);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                throw Faults.Unreadable($"{file}, line 1: a policy is one YAML mapping.", $"{file} 第 1 行：策略须为一个 YAML 映射。");
            yaml.Root = (JsonObject)yaml.Convert(root, "")!;
            return yaml;
        }
        catch (YamlException e)
        {
            throw Faults.Unreadable(
                $"{file}, line {e.Start.Line}: this is not YAML: {e.Message}",
                $"{file} 第 {e.Start.Line} 行：不是合法的 YAML：{e.Message}");
        }
    }

    /// <summary>The line of the node at a pointer, or of the nearest node around it.</summary>
    public long Line(string pointer)
    {
        while (true)
        {
            if (lines.TryGetValue(pointer, out var line))
                return line;
            var slash = pointer.LastIndexOf('/');
            if (slash < 0)
                return 1;
            pointer = pointer[..slash];
        }
    }

    private JsonNode? Convert(YamlNode node, string pointer)
    {
        lines.TryAdd(pointer, node.Start.Line);
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = ((YamlScalarNode)key).Value ?? "";
                    var at = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                    lines[at] = key.Start.Line;
                    members[name] = Convert(value, at);
                }

                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select((child, i) => Convert(child, $"{pointer}/{i}"))]);
            default:
                return Scalar((YamlScalarNode)node);
        }
    }

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain)
            return JsonValue.Create(text);
        return text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
