namespace Unbrush.Detection.Store;

/// <summary>Questions about which tables a store holds.</summary>
internal static class Tables
{
    /// <summary>True where the store holds a table of that name.</summary>
    public static bool Has(IStore store, string table)
    {
        using var reader = store.Query($"SELECT count(*) > 0 FROM information_schema.tables WHERE table_name = '{table}'");
        return reader.Read() && reader.GetBoolean(0);
    }
}
