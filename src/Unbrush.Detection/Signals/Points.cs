using System.Globalization;
using System.Text;

namespace Unbrush.Detection.Signals;

/// <summary>
/// How a signal's value becomes a weight of evidence: a monotone table of points, linear between them and flat
/// outside. Kept in hundredths of a deciban.
/// </summary>
public sealed class Points
{
    private readonly double[] _values;
    private readonly double[] _decibans;

    /// <summary>Takes a table of points.</summary>
    /// <param name="points">Pairs of value and decibans, values strictly rising, decibans monotone.</param>
    /// <exception cref="ArgumentException">The table is empty, out of order or not monotone; the message says where.</exception>
    public Points(IReadOnlyList<(double Value, double Decibans)> points)
    {
        if (points.Count == 0)
            throw new ArgumentException("a table of points needs at least one point");
        var rises = 0;
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].Value <= points[i - 1].Value)
                throw new ArgumentException($"the values of points must rise, but {points[i].Value} follows {points[i - 1].Value}");
            var step = Math.Sign(points[i].Decibans - points[i - 1].Decibans);
            if (step != 0 && rises != 0 && step != rises)
                throw new ArgumentException($"the decibans of points must be monotone, but turn at value {points[i - 1].Value}");
            rises = step == 0 ? rises : step;
        }

        _values = [.. points.Select(p => p.Value)];
        _decibans = [.. points.Select(p => p.Decibans)];
    }

    /// <summary>The greatest weight, for or against, that the table can give, in decibans.</summary>
    public double Extreme => _decibans.MaxBy(Math.Abs);

    /// <summary>The weight of a value, in hundredths of a deciban.</summary>
    public int Centi(double value)
    {
        if (value <= _values[0])
            return Round(_decibans[0]);
        for (var i = 1; i < _values.Length; i++)
        {
            if (value <= _values[i])
                return Round(_decibans[i - 1] + ((value - _values[i - 1]) * ((_decibans[i] - _decibans[i - 1]) / (_values[i] - _values[i - 1]))));
        }

        return Round(_decibans[^1]);
    }

    /// <summary>The same map as SQL over a column; agrees with <see cref="Centi"/>.</summary>
    public string ToSql(string column)
    {
        var sql = new StringBuilder("CAST(round(100 * CASE ");
        sql.Append(CultureInfo.InvariantCulture, $"WHEN {column} <= {Number(_values[0])} THEN {Number(_decibans[0])} ");
        for (var i = 1; i < _values.Length; i++)
        {
            var slope = (_decibans[i] - _decibans[i - 1]) / (_values[i] - _values[i - 1]);
            sql.Append(CultureInfo.InvariantCulture, $"WHEN {column} <= {Number(_values[i])} THEN {Number(_decibans[i - 1])} + ({column} - {Number(_values[i - 1])}) * {Number(slope)} ");
        }

        sql.Append(CultureInfo.InvariantCulture, $"ELSE {Number(_decibans[^1])} END) AS INTEGER)");
        return sql.ToString();
    }

    private static int Round(double decibans) => (int)Math.Round(100 * decibans, MidpointRounding.AwayFromZero);

    private static string Number(double number) => "CAST(" + number.ToString("R", CultureInfo.InvariantCulture) + " AS DOUBLE)";
}
