using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Signals;

public sealed class PointsTests
{
    private static readonly Gen<Points> Tables =
        from steps in Gen.Select(Gen.Double[0.001, 10], Gen.Double[0, 9]).Array[1, 6]
        from start in Gen.Double[-20, 20]
        from sign in Gen.Bool.Select(b => b ? 1 : -1)
        select new Points([.. Running(steps, start, sign)]);

    [Fact]
    public void Sql_and_code_give_the_same_weight()
    {
        using var store = new DuckDbStore();
        Tables.SelectMany(t => Gen.Double[-40, 100].Array[1, 20].Select(v => (t, v))).Sample(
            pair =>
            {
                var values = string.Join(", ", pair.v.Select((v, i) => FormattableString.Invariant($"({i}, CAST({v:R} AS DOUBLE))")));
                using var reader = store.Query($"SELECT i, {pair.t.ToSql("v")} FROM (VALUES {values}) t(i, v) ORDER BY i");
                while (reader.Read())
                    Assert.InRange(reader.GetInt32(1) - pair.t.Centi(pair.v[reader.GetInt32(0)]), -1, 1);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Weights_are_monotone_in_the_value() =>
        Gen.Select(Tables, Gen.Double[-40, 100], Gen.Double[0, 20]).Sample((table, value, more) =>
        {
            var sign = Math.Sign(table.Centi(1000) - table.Centi(-1000));
            Assert.True(sign * (table.Centi(value + more) - table.Centi(value)) >= 0);
        });

    [Theory]
    [InlineData(1.0, 2.0, 1.0, 3.0)]
    [InlineData(1.0, 2.0, 0.5, 3.0)]
    public void Values_that_do_not_rise_are_refused(double x0, double y0, double x1, double y1) =>
        Assert.Contains("must rise", Assert.Throws<ArgumentException>(() => new Points([(x0, y0), (x1, y1)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_that_turns_is_refused() =>
        Assert.Contains("monotone", Assert.Throws<ArgumentException>(() => new Points([(0, 0), (1, 5), (2, 4)])).Message, StringComparison.Ordinal);

    private static IEnumerable<(double, double)> Running((double Step, double Rise)[] steps, double start, int sign)
    {
        double value = start, decibans = 0;
        foreach (var (step, rise) in steps)
        {
            yield return (value, decibans);
            value += step;
            decibans += sign * rise;
        }
    }
}
