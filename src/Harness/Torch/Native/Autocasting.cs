using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Torch.Native;

/// <summary>
/// Autocast, as PyTorch's <c>torch.autocast</c>: while it lasts, convolutions and matrix products on this thread convert their float32 arguments to a narrower type, and
/// operators that need the precision (sums, losses, batch norm's statistics) stay in float32. Weights stay what they are.
/// </summary>
/// <remarks>A ref struct, because the state belongs to the thread. Leave it before <c>backward()</c>, which repeats the types of the forward pass by itself.</remarks>
public readonly unsafe ref struct Autocasting : IDisposable
{
    private readonly DeviceType device;

    /// <summary>Begins it.</summary>
    /// <param name="device">Operators on this kind of device are meant.</param>
    /// <param name="type">The narrower type, such as <see cref="ScalarType.BFloat16"/>.</param>
    /// <exception cref="LibtorchException">This libtorch does not export it.</exception>
    public Autocasting(DeviceType device, ScalarType type)
    {
        this.device = device;
        ((delegate* unmanaged<sbyte, sbyte, void>)TorchExports.Address(TorchExports.SetAutocastDtype))((sbyte)device, (sbyte)type);
        Enable(true);
    }

    /// <summary>Whether the libtorch that is loaded has it.</summary>
    public static bool Available => TorchExports.Has(TorchExports.SetAutocastDtype, TorchExports.SetAutocastEnabled, TorchExports.ClearAutocastCache);

    /// <summary>Ends it, and drops the converted weights it kept: after an optimiser's step they are stale.</summary>
    public void Dispose()
    {
        Enable(false);
        ((delegate* unmanaged<void>)TorchExports.Address(TorchExports.ClearAutocastCache))();
    }

    private void Enable(bool on) =>
        ((delegate* unmanaged<sbyte, byte, void>)TorchExports.Address(TorchExports.SetAutocastEnabled))((sbyte)device, on ? (byte)1 : (byte)0);
}
