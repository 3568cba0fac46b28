using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Harness;

/// <summary>
/// A seed from which others are derived by purpose and index, so that randomness is a function of what it is for and never of what ran before.
/// The same on every machine and in every version of .NET.
/// </summary>
/// <param name="Value">The 64 bits.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The seed for one purpose: the first 8 bytes of SHA-256 over this seed, the purpose and the index.</summary>
    /// <param name="purpose">What it is for: "shuffle", "weights".</param>
    /// <param name="index">Which of many: an epoch, an image.</param>
    public Seed Derive(string purpose, long index = 0)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        Span<byte> text = stackalloc byte[16 + name.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(text, Value);
        BinaryPrimitives.WriteInt64LittleEndian(text[8..], index);
        name.CopyTo(text[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>A fresh generator started from this seed.</summary>
    public SeededRandom Random() => new(Value);
}
