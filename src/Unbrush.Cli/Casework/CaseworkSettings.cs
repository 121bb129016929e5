using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console.Cli;
using Unbrush.Casework;
using Unbrush.Casework.Policy;
using Unbrush.Casework.Storage;
using Unbrush.Core;

namespace Unbrush.Cli.Casework;

/// <summary>What every verb of casework takes.</summary>
internal class CaseworkSettings : CommandSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new SubjectConverter(), new SentenceConverter() },
    };

    [CommandOption("--store <WHERE>")]
    [Says("The case store: a path, or a PostgreSQL connection string. Default: $UNBRUSH_STORE, else unbrush.db.", "案件库：路径或 PostgreSQL 连接字符串。默认 $UNBRUSH_STORE，否则 unbrush.db。")]
    public string? StorePath { get; init; }

    [CommandOption("--json")]
    [Says("Answer as JSON.", "以 JSON 输出。")]
    public bool AsJson { get; init; }

    [CommandOption("--language <LANGUAGE>")]
    [Says("en or zh.", "en 或 zh。")]
    public string? LanguageWord { get; init; }

    [CommandOption("--debug")]
    [Says("Show the trace of an error.", "出错时显示堆栈。")]
    public bool IsDebug { get; init; }

    public static TimeProvider Clock => TimeProvider.System;

    public Language Language => Spoken.Of(LanguageWord);

    public CaseDatabase OpenStore() =>
        CaseDatabase.Open(StorePath ?? Environment.GetEnvironmentVariable("UNBRUSH_STORE") ?? "unbrush.db", Clock);

    /// <summary>Answers: as JSON, or as lines.</summary>
    public int Answer(object value, params IEnumerable<string> lines)
    {
        if (AsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));
            return 0;
        }

        foreach (var line in lines)
            Console.Out.WriteLine(line);
        return 0;
    }

    public string Say(string en, string zh) => new Sentence(en, zh).In(Language);

    private sealed class SubjectConverter : JsonConverter<Subject>
    {
        public override Subject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Subject.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Subject value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class SentenceConverter : JsonConverter<Sentence>
    {
        public override Sentence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Sentence value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("en", value.En);
            writer.WriteString("zh", value.Zh);
            writer.WriteEndObject();
        }
    }
}

/// <summary>For verbs that a person does.</summary>
internal class PersonSettings : CaseworkSettings
{
    [CommandOption("--by <PERSON>")]
    [Says("Who does it: a name or an account.", "操作人：姓名或账号。")]
    public string? By { get; init; }

    public Person Person => Person.Named(By);
}

/// <summary>For verbs that need a reason.</summary>
internal class ReasonSettings : PersonSettings
{
    [CommandOption("--reason <TEXT>")]
    [Says("Why; required.", "理由，必填。")]
    public string? Reason { get; init; }
}

/// <summary>For verbs that read policies.</summary>
internal class PolicySettings : PersonSettings
{
    [CommandOption("--policy <FILE>")]
    [Says("Own policy files or folders, over the shipped ones; may be repeated.", "本单位策略文件或文件夹，覆盖内置策略；可重复。")]
    public string[] PolicyFiles { get; init; } = [];

    public PolicySet LoadPolicies() => PolicySet.Load(PolicyFiles);
}
