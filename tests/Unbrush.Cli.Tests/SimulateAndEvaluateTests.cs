namespace Unbrush.Cli.Tests;

[Collection("console")]
public sealed class SimulateAndEvaluateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void A_world_is_made_and_judged(string format)
    {
        Assert.Equal(0, Entry.Run(["simulate", "--seed", "3", "--orders", "600", "--format", format, "--out", At("feed"), "--truth", At("truth")]));
        Assert.True(File.Exists(At($"feed/orders.{format}")));
        Directory.CreateDirectory(At("findings"));
        File.WriteAllText(At("findings/orders.csv"), "platform,order_id,verdict,score\n");
        Assert.Equal(0, Entry.Run(["evaluate", "--truth", At("truth"), "--findings", At("findings")]));
        Assert.Equal(0, Entry.Run(["evaluate", "--truth", At("truth"), "--findings", At("findings"), "--json"]));
    }

    [Theory]
    [InlineData("--profile", "wild")]
    [InlineData("--orders", "3")]
    [InlineData("--format", "xml")]
    [InlineData("--ordres", "600")] // a mistyped option is never passed over
    public void A_wrong_option_ends_with_usage(string option, string value) =>
        Assert.Equal(2, Entry.Run(["simulate", "--out", At("feed"), option, value]));

    [Fact]
    public void The_smallest_world_is_made_whatever_the_seed()
    {
        for (var seed = 11; seed <= 16; seed++)
            Assert.Equal(0, Entry.Run(["simulate", "--seed", $"{seed}", "--orders", "500", "--out", At($"small-{seed}")]));
    }

    [Fact]
    public void The_truth_may_not_lie_in_the_feed() =>
        Assert.Equal(2, Entry.Run(["simulate", "--out", At("feed"), "--truth", At("feed")]));

    [Fact]
    public void A_folder_that_cannot_be_written_is_said()
    {
        File.WriteAllText(At("file"), "in the way");
        Assert.Equal(1, Entry.Run(["simulate", "--orders", "500", "--out", At("file/feed")])); // 3 is for input
    }

    [Fact]
    public void Findings_that_are_missing_are_said() =>
        Assert.Equal(3, Entry.Run(["evaluate", "--truth", At("none"), "--findings", At("none")]));

    private string At(string name) => Path.Combine(_folder, name);
}
