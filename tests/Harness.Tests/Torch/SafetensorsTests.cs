using System.Text;
using CsCheck;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Tests.Torch;

public class SafetensorsTests
{
    [Fact]
    public void BringsBackTypesShapesValuesAndText()
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = Safetensors.Read(new MemoryStream(Bytes()));
        Assert.Equal("one \"quoted\" text", metadata["note"]);
        Assert.Equal([1.5f, -2, float.NaN], tensors["a"].data<float>().ToArray());
        Assert.Equal([2, 2], tensors["b.weight"].shape);
        Assert.Equal([1L, 2, 3, 4], tensors["b.weight"].data<long>().ToArray());
        Assert.Equal(ScalarType.Float64, tensors["scalar"].dtype);
        Assert.Empty(tensors["scalar"].shape);
    }

    [Fact]
    public void IsLaidOutAsTheFormatSays()
    {
        // Written out by hand from the format's description: u64 length, JSON, data.
        const string Header = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """;
        byte[] file = [(byte)Header.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(Header), 0, 0, 128, 63, 0, 0, 0, 64];
        using var scope = NewDisposeScope();
        Assert.Equal([1f, 2f], Safetensors.Read(new MemoryStream(file)).Tensors["x"].data<float>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void ANetworksBuffersMayBeOfAnyOfTheseTypes(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        Safetensors.Write(stream, [("mask", tensor(new[] { 1f, 0, 1 }).to(type))], new Dictionary<string, string>());
        var mask = Safetensors.Read(new MemoryStream(stream.ToArray())).Tensors["mask"];
        Assert.Equal(type, mask.dtype);
        Assert.Equal([1f, 0, 1], mask.to(ScalarType.Float32).data<float>().ToArray());
    }

    [Theory]
    [InlineData("[1099511627776,1099511627776]")]
    [InlineData("[4294967296]")]
    [InlineData("[-2]")]
    public void AShapeThatDoesNotFitItsBytesTakesNoMemory(string shape)
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"x":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,8]}}""");
        byte[] file = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header, 0, 0, 128, 63, 0, 0, 0, 64];
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file)));
    }

    [Fact]
    public void DamageIsToldAndNeverCrashes()
    {
        var whole = Bytes();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            var damaged = whole[..length];
            if (at < length) damaged[at] = value;
            try
            {
                foreach (var tensor in Safetensors.Read(new MemoryStream(damaged)).Tensors.Values) tensor.Dispose();
            }
            catch (InvalidDataException)
            {
            }
        });
    }

    private static byte[] Bytes()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        Safetensors.Write(
            stream,
            [("a", tensor(new[] { 1.5f, -2, float.NaN })), ("b.weight", tensor(new[] { 1L, 2, 3, 4 }).view(2, 2)), ("scalar", tensor(0.1, ScalarType.Float64))],
            new Dictionary<string, string> { ["note"] = "one \"quoted\" text" });
        return stream.ToArray();
    }
}
