using Unbrush.Detection.Evidence;

namespace Unbrush.Detection.Tests.Evidence;

public sealed class ContextPriorTests
{
    private static readonly ContextModel Model = new() { Of = "seller", Weight = 10, Cap = [-6, 12] };

    [Fact]
    public void Agrees_with_leaving_each_one_out_by_hand() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, ContextPrior.One]).Array[0, 40].Sample(members =>
        {
            var groups = members.Select(m => m.Item1).ToArray();
            var probabilities = members.Select(m => m.Item2).ToArray();
            var lent = new int[members.Length];
            ContextPrior.LeaveOneOut(groups, probabilities, Model, lent);
            var mean = members.Length == 0 ? 0 : Math.Clamp(probabilities.Sum(p => p / (double)ContextPrior.One) / members.Length, 1e-6, 1 - 1e-6);
            for (var i = 0; i < members.Length; i++)
            {
                var others = Enumerable.Range(0, members.Length).Where(j => j != i && groups[j] == groups[i]).ToList();
                if (groups[i] == 0 || others.Count == 0)
                {
                    Assert.Equal(0, lent[i]);
                    continue;
                }

                var rate = (others.Sum(j => probabilities[j] / (double)ContextPrior.One) + (mean * 10)) / (others.Count + 10);
                rate = Math.Clamp(rate, 1e-6, 1 - 1e-6);
                var decibans = 10 * (Math.Log10(rate / (1 - rate)) - Math.Log10(mean / (1 - mean)));
                Assert.Equal(100 * Math.Clamp(decibans, -6, 12), lent[i], 1.0);
            }
        });

    [Fact]
    public void A_subject_never_convicts_itself()
    {
        int[] groups = [1, 1, 1], probabilities = [ContextPrior.One, 0, 0], lent = new int[3];
        ContextPrior.LeaveOneOut(groups, probabilities, Model, lent);
        Assert.True(lent[0] < 0);
        Assert.True(lent[1] > 0);
    }

    [Fact]
    public void A_small_group_moves_less_than_a_large_one()
    {
        // Two bad groups of one quality, three and fifty strong, in a feed of two hundred that look good.
        var groups = Enumerable.Repeat(1, 3).Concat(Enumerable.Repeat(2, 50)).Concat(Enumerable.Repeat(3, 200)).ToArray();
        var probabilities = groups.Select(g => g == 3 ? 0 : ContextPrior.One / 4).ToArray();
        var lent = new int[groups.Length];
        ContextPrior.LeaveOneOut(groups, probabilities, Model, lent);
        Assert.InRange(lent[0], 1, lent[10] - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ContextPrior.One / 3)]
    [InlineData(ContextPrior.One)]
    public void Where_everybody_looks_alike_no_group_lends_anything(int probability)
    {
        var groups = Enumerable.Range(0, 100).Select(i => (i % 5) + 1).ToArray();
        var lent = new int[100];
        ContextPrior.LeaveOneOut(groups, [.. Enumerable.Repeat(probability, 100)], Model, lent);
        Assert.All(lent, l => Assert.InRange(l, -1, 1));
    }
}
