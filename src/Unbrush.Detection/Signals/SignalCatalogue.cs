using Unbrush.Core;
using Unbrush.Core.Evidence;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Unbrush.Detection.Signals;

/// <summary>All signals of a run, read from folders, numbered in the order of their ids.</summary>
public sealed class SignalCatalogue
{
    private readonly Dictionary<string, int> _numbers;

    private SignalCatalogue(IReadOnlyList<SignalDefinition> signals)
    {
        Signals = signals;
        _numbers = signals.Select((s, i) => (s.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
    }

    /// <summary>The signals; the place in this list is the signal's number in the evidence.</summary>
    public IReadOnlyList<SignalDefinition> Signals { get; }

    /// <summary>The number of the signal of that id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such signal.</exception>
    public int NumberOf(string id) => _numbers[id];

    /// <summary>True where a signal of that id exists.</summary>
    public bool Has(string id) => _numbers.ContainsKey(id);

    /// <summary>The signals about one kind of subject, with their numbers.</summary>
    public IEnumerable<(int Number, SignalDefinition Signal)> Of(Subject subject) =>
        Signals.Select((s, i) => (i, s)).Where(p => p.s.Subject == subject);

    /// <summary>Reads the product's signals, and a user's own where a folder is given.</summary>
    /// <exception cref="UnbrushException">A signal's file is missing or wrong; the sentence names file and line.</exception>
    public static SignalCatalogue Load(string directory, string? own = null)
    {
        var signals = Read(directory, foreign: false);
        if (own is not null)
            signals = signals.Concat(Read(own, foreign: true));
        return Of(signals);
    }

    /// <summary>A catalogue of signals that are already read.</summary>
    /// <exception cref="UnbrushException">Two share an id, or one is silenced by a signal that does not exist.</exception>
    public static SignalCatalogue Of(IEnumerable<SignalDefinition> signals)
    {
        var sorted = signals.OrderBy(s => s.Id, StringComparer.Ordinal).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Id == sorted[i - 1].Id)
                throw Wrong(sorted[i].Id, 1, $"two signals are called '{sorted[i].Id}'", $"有两个信号都叫“{sorted[i].Id}”");
        }

        var known = sorted.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var signal in sorted)
        {
            if (signal.SilencedBy.Concat(signal.SilencedForSaleBy).FirstOrDefault(id => !known.Contains(id)) is { } unknown)
                throw Wrong(signal.Id, 1, $"silenced_by names '{unknown}', which is no signal", $"silenced_by 中的“{unknown}”不是信号");
        }

        return new(sorted);
    }

    private static IEnumerable<SignalDefinition> Read(string directory, bool foreign)
    {
        if (!Directory.Exists(directory))
            throw new UnbrushException(ExitCode.Usage, new($"There is no folder of signals at '{directory}'; name an existing one.", $"“{directory}”处没有信号目录，请指定一个存在的目录。"));
        return Directory.EnumerateFiles(directory, "signal.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => ReadOne(path, foreign));
    }

    private static SignalDefinition ReadOne(string path, bool foreign)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .Build();
        SignalFile file;
        try
        {
            file = reader.Deserialize<SignalFile>(File.ReadAllText(path)) ?? throw Wrong(path, 1, "the file is empty", "文件是空的");
        }
        catch (YamlException e)
        {
            throw Wrong(path, e.Start.Line, e.InnerException?.Message ?? e.Message, e.InnerException?.Message ?? e.Message);
        }

        var folder = Path.GetFileName(Path.GetDirectoryName(path))!;
        var sql = Path.Combine(Path.GetDirectoryName(path)!, "signal.sql");
        if (file.Id != folder)
            throw Wrong(path, 1, $"the id '{file.Id}' is not the folder's name '{folder}'", $"id“{file.Id}”与目录名“{folder}”不一致");
        if (!File.Exists(sql))
            throw Wrong(path, 1, "signal.sql is missing beside it", "同一目录下缺少 signal.sql");
        if (file.Text is null || string.IsNullOrWhiteSpace(file.Text.En) || string.IsNullOrWhiteSpace(file.Text.Zh))
            throw Wrong(path, 1, "text needs a sentence in en and in zh", "text 需要 en 和 zh 两种语言的句子");
        if (file.Family == Family.Weight && file.Hard)
            throw Wrong(path, 1, "weight is never hard", "重量证据不能是硬矛盾");
        try
        {
            return new()
            {
                Id = file.Id,
                Family = file.Family ?? throw Wrong(path, 1, "family is missing", "缺少 family"),
                Subject = file.Subject ?? throw Wrong(path, 1, "subject is missing", "缺少 subject"),
                Needs = file.Needs,
                Hard = file.Hard,
                Cause = file.Cause ?? file.Id,
                Effect = file.Effect,
                Lends = file.Lends,
                OwnNull = file.OwnNull,
                Unit = file.Unit ?? throw Wrong(path, 1, "unit is missing", "缺少 unit"),
                Points = new([.. file.Points.Select(p => p.Length == 2 ? (p[0], Math.Clamp(p[1], -file.Cap, file.Cap)) : throw new ArgumentException("a point is a pair [value, decibans]"))]),
                SilencedBy = file.SilencedBy,
                SilencedForSaleBy = file.SilencedForSaleBy,
                Text = new(file.Text.En.Trim(), file.Text.Zh.Trim()),
                Source = file.Source ?? throw Wrong(path, 1, "source is missing: say where the weights come from", "缺少 source：请写明权重的出处"),
                Sql = File.ReadAllText(sql),
                IsForeign = foreign,
            };
        }
        catch (ArgumentException e)
        {
            throw Wrong(path, 1, e.Message, e.Message);
        }
    }

    private static UnbrushException Wrong(string path, long line, string en, string zh) =>
        new(ExitCode.Usage, new($"{path}, line {line}: {en}.", $"{path} 第 {line} 行：{zh}。"));

    private sealed class SignalFile
    {
        public string Id { get; set; } = "";

        public Family? Family { get; set; }

        public Subject? Subject { get; set; }

        public List<string> Needs { get; set; } = [];

        public bool Hard { get; set; }

        public string? Cause { get; set; }

        public Effect Effect { get; set; }

        public bool Lends { get; set; } = true;

        public bool OwnNull { get; set; }

        public string? Unit { get; set; }

        public List<double[]> Points { get; set; } = [];

        public double Cap { get; set; } = 30;

        public List<string> SilencedBy { get; set; } = [];

        public List<string> SilencedForSaleBy { get; set; } = [];

        public SentenceFile? Text { get; set; }

        public string? Source { get; set; }
    }

    private sealed class SentenceFile
    {
        public string En { get; set; } = "";

        public string Zh { get; set; } = "";
    }
}
