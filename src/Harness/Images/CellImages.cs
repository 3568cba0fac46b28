namespace Harness.Images;

/// <summary>One split as a cell holds it.</summary>
public abstract class CellImages : ImageSet, IDisposable
{
    /// <summary>Frees what holds the images.</summary>
    public abstract void Dispose();
}
