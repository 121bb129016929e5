using System.Globalization;
using System.Text.Json.Nodes;
using Unbrush.Core;
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
            throw NotYaml(file, e.Start.Line, e.Message);
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up on some unclosed brackets without saying where: find the line by reading less.
            throw NotYaml(file, LastGoodLine(text) + 1, "a bracket or a quote is not closed.");
        }
    }

    private static UnbrushException NotYaml(string file, long line, string why) => Faults.Unreadable(
        $"{file}, line {line}: this is not YAML: {why}", $"{file} 第 {line} 行：不是合法的 YAML：{why}");

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

    /// <summary>The longest head of the text that the scanner reads without giving up.</summary>
    private static int LastGoodLine(string text)
    {
        var lines = text.Split('\n');
        for (var count = 1; count < lines.Length; count++)
        {
            try
            {
                new YamlStream().Load(new StringReader(string.Join('\n', lines.Take(count))));
            }
            catch (Exception e) when (e is YamlException or InvalidOperationException)
            {
                return count - 1;
            }
        }

        return lines.Length - 1;
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
