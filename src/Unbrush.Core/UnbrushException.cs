namespace Unbrush.Core;

/// <summary>How a run ended, as the caller of the command sees it.</summary>
public enum ExitCode
{
    /// <summary>The run is complete, whatever it found.</summary>
    Complete = 0,

    /// <summary>A fault of Unbrush itself.</summary>
    Fault = 1,

    /// <summary>The command was used wrongly.</summary>
    Usage = 2,

    /// <summary>The input cannot be read.</summary>
    Unreadable = 3,

    /// <summary>More bad rows than <c>--max-bad</c> allows.</summary>
    TooManyBadRows = 4,

    /// <summary>The workspace is in use by another process, or broken.</summary>
    Workspace = 5,
}

/// <summary>
/// An error that a user can mend: one sentence, in both languages, that names the file, the row and the mend,
/// and the exit code it ends the command with.
/// </summary>
public sealed class UnbrushException(ExitCode code, Sentence sentence, Exception? inner = null)
    : Exception(sentence.En, inner)
{
    /// <summary>The exit code of the command.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>What went wrong and how to mend it.</summary>
    public Sentence Sentence { get; } = sentence;
}
