namespace Harness;

/// <summary>A data set of labelled images. Needs no libtorch: it hands out bytes.</summary>
public interface IDataset
{
    /// <summary>What the set is; known without touching its files.</summary>
    DatasetCard Card { get; }

    /// <summary>
    /// A text that changes whenever a pixel or a label of either split would: a hash of the files, or of the generator's parameters and version.
    /// Part of a cell's content key, asked for in the scheduling process, so seconds at most.
    /// </summary>
    /// <param name="data">Where the user keeps data sets.</param>
    /// <exception cref="DatasetException">A file is missing or unreadable.</exception>
    string Fingerprint(DataRoot data);

    /// <summary>Opens one split: checks headers, lengths and that images and labels agree, and reads all labels.</summary>
    /// <param name="split">Which part.</param>
    /// <param name="data">Where the user keeps data sets.</param>
    /// <returns>The images. The caller disposes it.</returns>
    /// <exception cref="DatasetException">A file is missing, truncated, or not what its name says.</exception>
    ImageSource Open(Split split, DataRoot data);
}
