using Unbrush.Detection.Facts;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Tests.Facts;

public sealed class MacroTests
{
    [Theory]
    [InlineData("greatCircleDistance(120.1, 29.3, NULL, 30.7)")] // least and greatest pass over null, and once made 20,015 km of it
    [InlineData("rarity(NULL)")]
    [InlineData("key_hash(NULL)")]
    [InlineData("regions_meet(NULL, '330782')")]
    public void What_is_unknown_stays_unknown(string expression) => Assert.Null(Value(expression));

    [Theory]
    [InlineData("greatCircleDistance(121.47, 31.23, 116.40, 39.90)", 1_067_000, 5_000)] // Shanghai to Beijing
    [InlineData("rarity(0.99)", 2, 1e-9)]
    [InlineData("rarity(1.0)", 3.30103, 1e-5)]
    [InlineData("shrunk_rate(0, 0, 0.3, 10)", 0.3, 1e-9)]
    public void What_is_known_is_reckoned(string expression, double expected, double within) =>
        Assert.Equal(expected, Assert.IsType<double>(Value(expression)), within);

    [Theory]
    [InlineData("regions_meet('330000', '330782')", true)] // a province contains its cities
    [InlineData("regions_meet('330700', '330782')", true)]
    [InlineData("regions_meet('330782', '510107')", false)]
    [InlineData("regions_meet('BR-SP', 'BR-RJ')", false)]
    public void Regions_meet_where_one_contains_the_other(string expression, bool expected) => Assert.Equal(expected, Value(expression));

    private static object? Value(string expression)
    {
        using var store = new DuckDbStore();
        new FactBuilder(store, ProductData.Facts).DefineMacros();
        using var reader = store.Query($"SELECT {expression}");
        Assert.True(reader.Read());
        return reader.IsDBNull(0) ? null : reader.GetValue(0) is decimal d ? (double)d : reader.GetValue(0);
    }
}
