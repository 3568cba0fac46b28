using System.Text.Json;
using Harness.Results;
using Harness.Torch.Native;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>What a libtorch says of itself once it is loaded. Asked in a child process: the parent loads none.</summary>
/// <param name="Exports">Whether each function that the harness calls past TorchSharp is there, by symbol.</param>
/// <param name="Cudnn">Whether it can use cuDNN.</param>
/// <param name="Cuda">What CUDA says; null for a build without it.</param>
public sealed record LibtorchFacts(IReadOnlyDictionary<string, bool> Exports, bool Cudnn, CudaFacts? Cuda = null)
{
    /// <summary>Of the libtorch in this process.</summary>
    /// <param name="location">Where it was loaded from.</param>
    public static LibtorchFacts OfThisProcess(LibtorchLocation location) => new(
        TorchFeatures.Exports.ToDictionary(e => e.Export.Symbol, e => e.Found),
        cuda.is_available() && cuda.is_cudnn_available(),
        Libtorch.IsCudaBuild(location) ? CudaFacts.OfThisProcess() : null);

    /// <summary>As one line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.Line);

    /// <summary>Of such a line, or null where it is none.</summary>
    /// <param name="line">A line of a child's output.</param>
    public static LibtorchFacts? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<LibtorchFacts>(line, Json.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
