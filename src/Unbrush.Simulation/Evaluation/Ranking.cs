namespace Unbrush.Simulation.Evaluation;

/// <summary>Figures of a ranking.</summary>
public static class Ranking
{
    /// <summary>
    /// Average precision: the sum over distinct scores, best first, of the gain in recall times the precision so far.
    /// Equal scores are taken together, so that the order of rows never helps.
    /// </summary>
    /// <param name="scored">Score (higher is more suspect), how many of it are guilty, how many there are. Any order.</param>
    /// <returns>Null where nobody is guilty.</returns>
    public static double? AveragePrecision(IEnumerable<(double Score, long Guilty, long All)> scored)
    {
        long guilty = 0, all = 0;
        double sum = 0;
        foreach (var group in scored.GroupBy(s => s.Score).OrderByDescending(g => g.Key))
        {
            var here = group.Sum(g => g.Guilty);
            guilty += here;
            all += group.Sum(g => g.All);
            sum += here * ((double)guilty / all);
        }

        return guilty == 0 ? null : sum / guilty;
    }
}
