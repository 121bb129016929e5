using System.Globalization;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>Counting rows.</summary>
internal static class Rows
{
    public static int Count(IStore store, string table)
    {
        using var reader = store.Query($"SELECT count(*) FROM {table}");
        reader.Read();
        return Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture);
    }
}
