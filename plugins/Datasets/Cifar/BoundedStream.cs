namespace Harness.Datasets.Cifar;

/// <summary>A stream that gives out no more than so many bytes, and knows how many: a small file that decompresses without end ends here.</summary>
/// <param name="inner">Where the bytes come from. Not disposed.</param>
/// <param name="most">How many there may be.</param>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    private long given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes given out so far.</summary>
    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">There are more bytes.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        given += read;
        return given <= most ? read : throw new InvalidDataException($"It holds more than {most:N0} bytes decompressed.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
