namespace Unbrush.Core;

/// <summary>The languages that Unbrush speaks.</summary>
public enum Language
{
    /// <summary>English.</summary>
    En,

    /// <summary>Simplified Chinese.</summary>
    Zh,
}

/// <summary>A sentence that a person reads, in every language that Unbrush speaks.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Simplified Chinese.</param>
public readonly record struct Sentence(string En, string Zh)
{
    /// <summary>The sentence in one language.</summary>
    public string In(Language language) => language == Language.Zh ? Zh : En;

    /// <inheritdoc/>
    public override string ToString() => En;
}
