using System.Text;

namespace Harness.Datasets;

/// <summary>
/// Goes over the files in a tar (POSIX.1-1988 ustar, and V7, GNU and pax as far as they agree with it) as a stream, in memory of one block: System.Formats.Tar
/// compares no checksum, and takes for an extended header whatever a damaged one claims, up to 2 GB. Extended headers are passed over: names of at
/// most 100 bytes and files below 8 GB need none.
/// </summary>
/// <param name="stream">The tar. Read forwards.</param>
/// <param name="path">The archive, for messages.</param>
/// <param name="longest">Bytes that the stream may have: a small file that decompresses without end ends there. Null: any number.</param>
internal sealed class TarFiles(Stream stream, string path, long? longest)
{
    private const int Block = 512;

    private readonly byte[] header = new byte[Block];
    private long position;
    private long left;
    private int padding;

    /// <summary>Name of the file gone to.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Bytes of the file gone to.</summary>
    public long Length { get; private set; }

    /// <summary>Goes to the next file, over what was not read of the one before and over everything that is no file.</summary>
    /// <returns>False at the end of the tar.</returns>
    /// <exception cref="DatasetException">The tar is truncated or damaged, or longer than it may be.</exception>
    public bool Next()
    {
        while (true)
        {
            Skip(left + padding);
            Fill(header);
            if (header.AsSpan().IndexOfAnyExcept((byte)0) < 0) return false; // the end is a block of zeros
            CheckHeader();
            var type = (char)header[156];
            Length = type is >= '1' and <= '6' ? 0 : Number(header.AsSpan(124, 12)); // links, devices and folders have no data
            left = Length;
            padding = (int)(-Length & (Block - 1));
            if (type is not ('0' or '\0')) continue;
            Name = FullName();
            return true;
        }
    }

    /// <summary>Reads the next bytes of the file gone to.</summary>
    /// <param name="content">No longer than what is left of the file.</param>
    /// <exception cref="DatasetException">The tar is truncated, or longer than it may be.</exception>
    public void Read(Span<byte> content)
    {
        Fill(content);
        left -= content.Length;
    }

    /// <summary>Reads what follows the end of the tar, so that whatever the stream compares at its own end is compared.</summary>
    /// <exception cref="DatasetException">The stream is longer than it may be.</exception>
    public void ReadToEnd()
    {
        Span<byte> unused = stackalloc byte[4096];
        while (stream.Read(unused) is > 0 and var read) Advance(read);
    }

    private void CheckHeader()
    {
        // The sum of all bytes, those of the sum itself taken as spaces.
        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++) sum += i is >= 148 and < 156 ? 0 : header[i];
        if (Number(header.AsSpan(148, 8)) != sum) throw Damaged("its checksum does not fit");
    }

    // Octal digits, between spaces and ended by a space or a zero byte.
    private long Number(ReadOnlySpan<byte> field)
    {
        var number = 0L;
        foreach (var digit in field.Trim(" \0"u8))
            number = digit is >= (byte)'0' and <= (byte)'7' ? number * 8 + (digit - '0') : throw Damaged("it holds a number that is not octal");
        return number;
    }

    private string FullName()
    {
        var name = Text(0, 100);
        var isPosix = header.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        return isPosix && header[345] != 0 ? $"{Text(345, 155)}/{name}" : name;
    }

    private string Text(int start, int length)
    {
        var field = header.AsSpan(start, length);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private void Skip(long bytes)
    {
        Span<byte> unused = stackalloc byte[4096];
        for (; bytes > 0; bytes -= Math.Min(bytes, unused.Length)) Fill(unused[..(int)Math.Min(bytes, unused.Length)]);
    }

    private void Fill(Span<byte> bytes)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        Advance(read);
        if (read < bytes.Length) throw new DatasetException(path, $"'{path}' is truncated: its content ends at byte {position:N0}, which is not the end of a tar; fetch the file again.");
    }

    private void Advance(int read)
    {
        position += read;
        if (position > longest) throw new DatasetException(path, $"'{path}' is damaged: it holds more than {longest:N0} bytes decompressed, more than its files have; fetch the file again.");
    }

    private DatasetException Damaged(string how) =>
        new(path, $"'{path}' is damaged: the tar header at byte {position - Block:N0} of its content is none, {how}; fetch the file again.");
}
