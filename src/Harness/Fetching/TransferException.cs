namespace Harness.Fetching;

/// <summary>One try at one address failed.</summary>
/// <param name="reason">What the address did, as the end of a sentence that begins with it: "answers 404 Not Found".</param>
/// <param name="again">Whether the same address is worth another try.</param>
/// <param name="wait">How long the server asked to be left alone, if it did.</param>
/// <param name="inner">What the network stack said.</param>
internal sealed class TransferException(string reason, bool again, TimeSpan? wait = null, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Whether the same address is worth another try.</summary>
    public bool Again => again;

    /// <summary>How long the server asked to be left alone, if it did.</summary>
    public TimeSpan? Wait => wait;
}
