using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Unbrush.Casework.Actions;
using Unbrush.Core;

namespace Unbrush.Casework.Policy;

/// <summary>Reads policy files: YAML, then the JSON Schema, then what a schema cannot say. Every error names file and line.</summary>
internal static class PolicyReader
{
    private const int ErrorsShown = 5;
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(Resource("policy.schema.json")));

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The shipped packs: name and text.</summary>
    public static IEnumerable<(string Name, string Text)> Shipped() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith("policies/", StringComparison.Ordinal) && n.EndsWith(".yaml", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(n => (n, Resource(n["policies/".Length..])));

    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"policies/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Parses and checks one text.</summary>
    /// <param name="file">The name for errors.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="extended">The policy it extends, or null.</param>
    public static YamlText Read(string file, string text, Func<string, JsonObject?> extended)
    {
        var yaml = YamlText.Parse(file, text);
        CheckSchema(yaml);
        var name = (string)yaml.Root["policy"]!;
        var extends = yaml.Root["extends"]?.GetValue<bool>() ?? false;
        var under = extends ? extended(name) : null;
        if (extends && under is null)
            throw At(yaml, "/policy", $"there is no policy '{name}' to extend", $"没有可供扩展的策略 '{name}'");
        new PolicyChecks(yaml, under).Run();
        return yaml;
    }

    public static UnbrushException At(YamlText yaml, string pointer, string en, string zh) => Faults.Unreadable(
        $"{yaml.File}, line {yaml.Line(pointer)}: {en}.", $"{yaml.File} 第 {yaml.Line(pointer)} 行：{zh}。");

    private static void CheckSchema(YamlText yaml)
    {
        using var document = JsonDocument.Parse(yaml.Root.ToJsonString());
        var result = Schema.Value.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (result.IsValid)
            return;
        var errors = (result.Details ?? [])
            .Where(d => d.Errors is { Count: > 0 })
            .SelectMany(d => d.Errors!.Select(e => (At: d.InstanceLocation.ToString(), Text: Words(d, e.Value))))
            // Only the innermost places: an outer "does not match" says nothing more.
            .ToList();
        var inner = errors
            .Where(e => !errors.Any(o => o.At.Length > e.At.Length && o.At.StartsWith(e.At, StringComparison.Ordinal)))
            .Select(e => (Line: yaml.Line(e.At), e.At, e.Text))
            .Distinct()
            .OrderBy(e => e.Line)
            .Take(ErrorsShown)
            .Select(e => $"{yaml.File}, line {e.Line}: {(e.At.Length == 0 ? "the policy" : e.At)}: {e.Text}");
        var all = string.Join(Environment.NewLine, inner);
        throw Faults.Unreadable(
            $"{all}{Environment.NewLine}The policy does not fit its schema (policies/policy.schema.json); mend the lines named.",
            $"{all}{Environment.NewLine}策略不符合结构（policies/policy.schema.json），请修改上述各行。");
    }

    private static string Words(EvaluationResults detail, string error) =>
        error.Contains("false schema", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"unknown member '{detail.InstanceLocation.ToString().Split('/')[^1]}'")
            : error;
}
