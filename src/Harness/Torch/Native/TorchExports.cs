using System.Runtime.InteropServices;

namespace Harness.Torch.Native;

/// <summary>
/// The functions of libtorch that the harness calls past TorchSharp: the stable C ABI (<c>torch_*</c>, <c>aoti_torch_*</c>) and a few C++ ones whose arguments are
/// plain numbers. Each is looked up once, when libtorch is loaded; what is not there is done the plain way.
/// </summary>
internal static class TorchExports
{
    public static readonly TorchExport CallDispatcher = new("torch_call_dispatcher", "one fused update of all weights");
    public static readonly TorchExport NewList = new("torch_new_list_reserve_size", "one fused update of all weights");
    public static readonly TorchExport PushBack = new("torch_list_push_back", "one fused update of all weights");
    public static readonly TorchExport NewTensorHandle = new("aoti_torch_new_tensor_handle", "one fused update of all weights");
    public static readonly TorchExport SetAutocastDtype = new("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE", "bf16 training");
    public static readonly TorchExport SetAutocastEnabled = new("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb", "bf16 training");
    public static readonly TorchExport ClearAutocastCache = new("_ZN2at8autocast11clear_cacheEv", "bf16 training");
    public static readonly TorchExport GlobalContext = new("_ZN2at13globalContextEv", "fastest cuDNN convolutions");
    public static readonly TorchExport SetBenchmarkCudnn = new("_ZN2at7Context17setBenchmarkCuDNNEb", "fastest cuDNN convolutions");

    private static Dictionary<TorchExport, IntPtr> found = [];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TorchExport> All { get; } =
    [
        CallDispatcher, NewList, PushBack, NewTensorHandle, SetAutocastDtype, SetAutocastEnabled, ClearAutocastCache, GlobalContext, SetBenchmarkCudnn,
    ];

    /// <summary>Looks all of them up.</summary>
    /// <param name="library">Handle of libtorch_cpu.so, which holds them also in a build with CUDA.</param>
    public static void Probe(IntPtr library)
    {
        var exports = new Dictionary<TorchExport, IntPtr>();
        foreach (var export in All)
            if (NativeLibrary.TryGetExport(library, export.Symbol, out var address)) exports.Add(export, address);
        found = exports;
    }

    /// <summary>Whether all of some are there.</summary>
    public static bool Has(params ReadOnlySpan<TorchExport> exports)
    {
        foreach (var export in exports)
            if (!found.ContainsKey(export)) return false;
        return true;
    }

    /// <summary>Address of one.</summary>
    /// <exception cref="LibtorchException">The libtorch that is loaded has it not.</exception>
    public static IntPtr Address(TorchExport export) =>
        found.TryGetValue(export, out var address)
            ? address
            : throw new LibtorchException($"This libtorch does not export '{export.Symbol}' ({export.Purpose}); libtorch {Libtorch.Version} does.");
}
