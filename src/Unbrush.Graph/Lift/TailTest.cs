using Unbrush.Graph.Statistics;

namespace Unbrush.Graph.Lift;

/// <summary>
/// Whether a count is above what is expected with a p-value up to a limit; exactly what the Poisson tail says, which is asked only
/// where the answer is near.
/// </summary>
internal sealed class TailTest
{
    private const int Tabled = 64;
    private const int Halvings = 14;
    private readonly double _logMaxP;
    // Of each small count: a mean below which the tail is small enough, and one above which it is not.
    private readonly double[] _sure = new double[Tabled];
    private readonly double[] _never = new double[Tabled];

    public TailTest(double maxP)
    {
        _logMaxP = Math.Log(maxP);
        for (var count = 1; count < Tabled; count++)
        {
            _never[count] = count;
            for (var k = 0; k < Halvings; k++)
            {
                var mean = (_sure[count] + _never[count]) / 2;
                if (PoissonTail.LogUpper(count, mean) <= _logMaxP)
                    _sure[count] = mean;
                else
                    _never[count] = mean;
            }
        }
    }

    public bool Holds(int count, double expected)
    {
        if (count <= expected)
            return false;
        if (count < Tabled)
        {
            if (expected <= _sure[count])
                return true;
            if (expected > _never[count])
                return false;
        }
        return PoissonTail.LogUpper(count, expected) <= _logMaxP;
    }
}
