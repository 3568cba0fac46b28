namespace Harness.Results;

/// <summary>A run folder cannot be read. The message is one sentence that names the file, what is wrong with it and what would be right.</summary>
public sealed class RunFolderException : Exception
{
    /// <summary>With a sentence for the user.</summary>
    public RunFolderException(string message) : base(message)
    {
    }

    /// <summary>With a sentence for the user and what caused it.</summary>
    public RunFolderException(string message, Exception inner) : base(message, inner)
    {
    }
}
