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
        : new(Narrow(name).Trim().ToLowerInvariant());

    /// <summary>Full-width letters as half-width ones. Unicode's own normalisation is not at hand in the invariant globalization mode.</summary>
    private static string Narrow(string name)
    {
        var narrow = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            narrow.Append(letter switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
                '\u3000' or '\u00A0' => ' ',
                _ => letter,
            });
        }

        return narrow.ToString();
    }

    /// <summary>The name is personal data: it is not printed by accident.</summary>
    public override string ToString() => "(a person)";
}
