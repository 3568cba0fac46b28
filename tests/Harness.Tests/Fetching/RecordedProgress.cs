using Harness.Fetching;

namespace Harness.Tests.Fetching;

/// <summary>Keeps what it heard.</summary>
internal sealed class RecordedProgress : IFetchProgress
{
    public List<string> Sentences { get; } = [];

    public long Furthest { get; private set; }

    /// <summary>Called with each number of bytes.</summary>
    public Action<long> OnBytes { get; init; } = _ => { };

    public void Begin(string name)
    {
    }

    public void At(long bytes, long? total)
    {
        Furthest = Math.Max(Furthest, bytes);
        OnBytes(bytes);
    }

    public void End()
    {
    }

    public void Say(string sentence) => Sentences.Add(sentence);
}
