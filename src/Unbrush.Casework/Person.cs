using System.Text;

namespace Unbrush.Casework;

/// <summary>
/// A person who decides, lifts or asks. Two spellings of one name (case, width, outer blanks) are the same person,
/// so that the two-person rule cannot be met by spelling.
/// </summary>
public readonly record struct Person
{
    private Person(string name) => Name = name;

    /// <summary>The normalised name or account.</summary>
    public string Name { get; }

    /// <summary>Normalises a name or account.</summary>
    /// <exception cref="Core.UnbrushException">The name is blank.</exception>
    public static Person Named(string? name) => string.IsNullOrWhiteSpace(name)
        ? throw Faults.Usage("Say who acts: give a name or account with --by.", "请用 --by 指明由谁操作。")
        : new(name.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant());

    /// <summary>The name is personal data: it is not printed by accident.</summary>
    public override string ToString() => "(a person)";
}
