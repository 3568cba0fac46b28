namespace Harness.Torch;

/// <summary>Where a libtorch lies.</summary>
/// <param name="Folder">Full path of the folder with libtorch.so, libtorch_cpu.so and libc10.so.</param>
/// <param name="Origin">How it was found, as a reader is told: "NuGet package", "--libtorch".</param>
public sealed record LibtorchLocation(string Folder, string Origin);
