namespace Harness.Fetching;

/// <summary>Hears how a fetch goes. Called from one thread at a time.</summary>
public interface IFetchProgress
{
    /// <summary>A file begins to be fetched.</summary>
    /// <param name="name">Data set and file: "mnist/train-images-idx3-ubyte.gz".</param>
    void Begin(string name);

    /// <summary>So much of that file is there.</summary>
    /// <param name="bytes">Bytes, those of an earlier try included.</param>
    /// <param name="total">Its whole length, where known.</param>
    void At(long bytes, long? total);

    /// <summary>That file takes no more bytes: it has its name, or could not be had.</summary>
    void End();

    /// <summary>Something happened that a person wants to know.</summary>
    /// <param name="sentence">What.</param>
    void Say(string sentence);
}
