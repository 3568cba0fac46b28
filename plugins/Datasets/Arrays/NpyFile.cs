namespace Harness.Datasets.Arrays;

/// <summary>A .npy file: one array.</summary>
internal static class NpyFile
{
    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">At the start of the file.</param>
    /// <param name="mostBytes">What the rest can hold at most, so that a header that lies takes no memory.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not read.</exception>
    public static NumericArray Read(Stream stream, long mostBytes)
    {
        var header = NpyHeader.Read(stream);
        if (header.Bytes > mostBytes) throw new InvalidDataException($"it is truncated: its header states {header.Bytes:N0} bytes of data, and at most {mostBytes:N0} can follow");
        var data = new byte[header.Bytes];
        var read = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        if (read < data.Length) throw new InvalidDataException($"it is truncated: {read:N0} bytes of data follow its header, where {data.Length:N0} are due");
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"it is longer than its header states: more than {data.Length:N0} bytes of data follow");
        return new(header.Type, [.. header.Shape.Select(dimension => (int)dimension)], data);
    }
}
