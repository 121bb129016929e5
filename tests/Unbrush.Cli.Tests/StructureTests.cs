using System.Xml.Linq;

namespace Unbrush.Cli.Tests;

/// <summary>The house: references point one way, and the inner rooms stay free of packages and of I/O.</summary>
public sealed class StructureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Unbrush.Core"] = [],
        ["Unbrush.Graph"] = ["Unbrush.Core"],
        ["Unbrush.Feeds"] = ["Unbrush.Core"],
        ["Unbrush.Detection"] = ["Unbrush.Core", "Unbrush.Graph", "Unbrush.Feeds"],
        ["Unbrush.Casework"] = ["Unbrush.Core", "Unbrush.Detection"],
        ["Unbrush.Simulation"] = ["Unbrush.Core", "Unbrush.Detection"],
        ["Unbrush.Cli"] = ["Unbrush.Core", "Unbrush.Graph", "Unbrush.Feeds", "Unbrush.Detection", "Unbrush.Casework", "Unbrush.Simulation"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Unbrush.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No folder above the tests holds Unbrush.slnx.");
            return folder;
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_point_one_way(string project)
    {
        var file = XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)).ToList();
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [InlineData("Unbrush.Core")]
    [InlineData("Unbrush.Graph")]
    public void The_inner_rooms_use_no_package_and_touch_no_file(string project)
    {
        var folder = Path.Combine(Root, "src", project);
        Assert.Empty(XDocument.Load(Path.Combine(folder, project + ".csproj")).Descendants("PackageReference"));
        foreach (var path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            Assert.DoesNotMatch(@"\bFile\.|\bDirectory\.|\bStream\b|System\.IO|System\.Net|\bConsole\.", File.ReadAllText(path));
    }

    [Fact]
    public void No_room_is_a_box_of_odds_and_ends() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories),
            path => Path.GetFileNameWithoutExtension(path) is var name && (name.EndsWith("Utils", StringComparison.Ordinal) || name.EndsWith("Helper", StringComparison.Ordinal) || name.EndsWith("Helpers", StringComparison.Ordinal) || name.EndsWith("Manager", StringComparison.Ordinal)));
}
