using Harness.Torch;

namespace Testing;

/// <summary>libtorch, loaded once for a test assembly: <c>[assembly: AssemblyFixture(typeof(TorchFixture))]</c>.</summary>
public sealed class TorchFixture
{
    /// <summary>Loads it.</summary>
    public TorchFixture() => Libtorch.Load(Libtorch.Locate(Environment.GetEnvironmentVariable("HARNESS_LIBTORCH")));
}
