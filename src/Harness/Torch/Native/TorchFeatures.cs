namespace Harness.Torch.Native;

/// <summary>What the libtorch that is loaded can do beyond TorchSharp.</summary>
/// <param name="Operators">Any operator can be called; without it, those alone that TorchSharp has.</param>
/// <param name="Autocast">Training can run in bf16.</param>
/// <param name="CudnnBenchmark">cuDNN can be told to try its convolutions and keep the fastest.</param>
public sealed record TorchFeatures(bool Operators, bool Autocast, bool CudnnBenchmark)
{
    /// <summary>Of the libtorch in this process; all false before one is loaded.</summary>
    public static TorchFeatures Probed => new(Operator.Available, Autocasting.Available, CudnnSwitches.Available);

    /// <summary>Each function that was looked for, and whether it was found.</summary>
    public static IEnumerable<(TorchExport Export, bool Found)> Exports => TorchExports.All.Select(export => (export, TorchExports.Has(export)));
}
