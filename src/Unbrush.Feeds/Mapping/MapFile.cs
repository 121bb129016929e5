using Unbrush.Core;
using Unbrush.Core.Feed;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Unbrush.Feeds.Mapping;

/// <summary>A mapping: which of a file's columns is which of the contract's.</summary>
internal sealed class MapFile
{
    private const long Largest = 1 << 20;

    private MapFile(string path, Document document)
    {
        Path = path;
        Source = document.Source;
        Codes = document.Codes;
        foreach (var (name, map) in document.Tables)
        {
            var table = FeedSchema.Find(name) ?? throw Wrong(path, name, "", $"there is no table '{name}' in the contract");
            var columns = new Dictionary<string, Expression>();
            foreach (var (column, text) in map.Columns)
            {
                if (!table.Has(column))
                    throw Wrong(path, name, column, $"table '{name}' has no column '{column}'; it has {string.Join(", ", table.Columns.Select(c => c.Name))}");
                columns[column] = Parse(path, name, column, text);
            }

            if (table.Columns.FirstOrDefault(c => c.IsRequired && c.Default is null && !columns.ContainsKey(c.Name)) is { } missing)
                throw Wrong(path, name, missing.Name, "it is required, and nothing is mapped to it");
            Tables.Add((table, columns, map.Where is null ? null : Parse(path, name, "where", map.Where)));
        }

        if (Tables.Count == 0)
            throw Wrong(path, "tables", "", "no table is mapped");
        foreach (var (_, columns, where) in Tables)
        {
            foreach (var expression in columns.Values.Append(where))
                Collect(expression, Needs);
        }
    }

    /// <summary>Where the mapping stands.</summary>
    public string Path { get; }

    /// <summary>A database that the rows come from, or null where they come from files.</summary>
    public DatabaseSource? Source { get; }

    /// <summary>The mapping's own code tables.</summary>
    public Dictionary<string, Dictionary<string, string>> Codes { get; }

    /// <summary>The tables it fills.</summary>
    public List<(FeedTable Table, Dictionary<string, Expression> Columns, Expression? Where)> Tables { get; } = [];

    /// <summary>The columns of the file that it names.</summary>
    public SortedSet<string> Needs { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="UnbrushException">It is missing, or not a mapping; the message names the place.</exception>
    public static MapFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > Largest)
                throw new UnbrushException(ExitCode.Usage, new($"{path} is larger than a mapping can be (1 MiB).", $"{path} 超过映射文件的上限（1 MiB）。"));
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnbrushException(ExitCode.Usage, new($"The mapping {path} cannot be read: {e.Message}", $"无法读取映射文件 {path}：{e.Message}"), e);
        }
    }

    /// <summary>Reads a mapping from its text.</summary>
    public static MapFile Parse(string path, string yaml)
    {
        try
        {
            var document = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<Document?>(yaml);
            return new(path, document ?? new());
        }
        catch (YamlException e)
        {
            throw new UnbrushException(ExitCode.Usage, new($"{path}, line {e.Start.Line}: {(e.InnerException ?? e).Message.Split('\n')[0]}", $"{path} 第 {e.Start.Line} 行：{(e.InnerException ?? e).Message.Split('\n')[0]}"), e);
        }
    }

    internal static UnbrushException Wrong(string path, string table, string column, string why)
    {
        var place = column.Length == 0 ? table : table + "." + column;
        return new(ExitCode.Usage, new($"{path}, {place}: {why}.", $"{path}，{place}：{why}。"));
    }

    private static Expression Parse(string path, string table, string column, string? text)
    {
        try
        {
            return ExpressionParser.Parse(text ?? "");
        }
        catch (ExpressionException e)
        {
            throw Wrong(path, table, column, $"'{text}' {e.Message}");
        }
    }

    private static void Collect(Expression? expression, SortedSet<string> names)
    {
        switch (expression)
        {
            case Expression.Column column:
                names.Add(column.Name);
                break;
            case Expression.Unary unary:
                Collect(unary.Operand, names);
                break;
            case Expression.Binary binary:
                Collect(binary.Left, names);
                Collect(binary.Right, names);
                break;
            case Expression.Call call:
                foreach (var argument in call.Arguments)
                    Collect(argument, names);
                break;
        }
    }

    internal sealed class Document
    {
        public int Version { get; init; } = 1;

        public DatabaseSource? Source { get; init; }

        public Dictionary<string, TableMap> Tables { get; init; } = [];

        public Dictionary<string, Dictionary<string, string>> Codes { get; init; } = [];
    }

    internal sealed class TableMap
    {
        public string? Where { get; init; }

        public Dictionary<string, string> Columns { get; init; } = [];
    }

    /// <summary>A query of a database. The connection string stands in an environment variable, never in the mapping.</summary>
    internal sealed class DatabaseSource
    {
        /// <summary><c>postgresql</c> or <c>mysql</c>.</summary>
        public string Database { get; init; } = "";

        /// <summary>The environment variable that holds the connection string.</summary>
        public string ConnectionVariable { get; init; } = "";

        /// <summary>One SELECT.</summary>
        public string Query { get; init; } = "";
    }
}
