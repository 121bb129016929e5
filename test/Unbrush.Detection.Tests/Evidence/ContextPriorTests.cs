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
            ContextPrior.LeaveOneOut(groups, probabilities, 0.02, Model, lent);
            for (var i = 0; i < members.Length; i++)
            {
                var others = Enumerable.Range(0, members.Length).Where(j => j != i && groups[j] == groups[i]).ToList();
                if (groups[i] == 0 || others.Count == 0)
                {
                    Assert.Equal(0, lent[i]);
                    continue;
                }

                var rate = (others.Sum(j => probabilities[j] / (double)ContextPrior.One) + (0.02 * 10)) / (others.Count + 10);
                var decibans = 10 * (Math.Log10(rate / (1 - rate)) - Math.Log10(0.02 / 0.98));
                Assert.Equal(100 * Math.Clamp(decibans, -6, 12), lent[i], 1.0);
            }
        });

    [Fact]
    public void A_subject_never_convicts_itself()
    {
        int[] groups = [1, 1, 1], probabilities = [ContextPrior.One, 0, 0], lent = new int[3];
        ContextPrior.LeaveOneOut(groups, probabilities, 0.02, Model, lent);
        Assert.True(lent[0] < 0);
        Assert.True(lent[1] > 0);
    }

    [Fact]
    public void A_small_group_moves_less_than_a_large_one()
    {
        var small = Lend(2);
        var large = Lend(50);
        Assert.InRange(small, 1, large - 1);

        static int Lend(int members)
        {
            var groups = Enumerable.Repeat(1, members).ToArray();
            var probabilities = Enumerable.Repeat(ContextPrior.One / 4, members).ToArray();
            var lent = new int[members];
            ContextPrior.LeaveOneOut(groups, probabilities, 0.02, Model, lent);
            return lent[0];
        }
    }
}
