namespace Unbrush.Detection;

/// <summary>Where the data that the product brings (facts, signals, codes) lie: beside the program.</summary>
public static class ProductData
{
    /// <summary>The folder of facts.</summary>
    public static string Facts => Path.Combine(AppContext.BaseDirectory, "facts");

    /// <summary>The folder of signals.</summary>
    public static string Signals => Path.Combine(AppContext.BaseDirectory, "signals");

    /// <summary>The evidence model.</summary>
    public static string EvidenceModel => Path.Combine(Signals, "evidence.yaml");
}
