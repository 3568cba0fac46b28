namespace Harness;

/// <summary>One opened split: labels at hand, pixels on demand, so that a subset of a large set is read without decoding the rest.</summary>
public abstract class ImageSource : IDisposable
{
    /// <summary>Shape of every image.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>The label of every image, in [0, classes). Its length is the number of images.</summary>
    public abstract IReadOnlyList<int> Labels { get; }

    /// <summary>Reads images. Called from one thread at a time; may use others inside.</summary>
    /// <param name="indices">Which images, in the order wanted, each in [0, Labels.Count).</param>
    /// <param name="pixels">Receives them one after the other, each C x H x W, 0 to 255; at least indices.Length * Shape.Bytes long.</param>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    public abstract void Read(ReadOnlySpan<int> indices, Span<byte> pixels);

    /// <summary>Frees files and memory.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees files and memory.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
