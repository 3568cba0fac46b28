namespace Harness.Torch.Native;

/// <summary>A function that libtorch exports and TorchSharp does not reach.</summary>
/// <param name="Symbol">Its name in the library, mangled where it is C++.</param>
/// <param name="Purpose">What the harness does with it, as a reader is told.</param>
public sealed record TorchExport(string Symbol, string Purpose);
