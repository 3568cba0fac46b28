using Harness.Running;
using Harness.Torch;
using Testing;

namespace Harness.Tests.Running;

public sealed class ComputeOptionsTests : IDisposable
{
    private readonly ScratchFolder libtorch = new();

    public void Dispose() => libtorch.Dispose();

    [Fact]
    public void WithoutAGpuTheCpuHoldsACellForEachProcessor() =>
        Assert.Equal(new("cpu", Environment.ProcessorCount, 1), ComputeOptions.Resolve(null, null, null, libtorch.Path));

    [Fact]
    public void CellsWithAllThreadsRunOneAtATime() =>
        Assert.Equal(1, ComputeOptions.Resolve("cpu", null, Environment.ProcessorCount, libtorch.Path).Jobs);

    [Fact]
    public void WhatTheUserSaysStands() =>
        Assert.Equal(new("cpu", 7, 3), ComputeOptions.Resolve("cpu", 7, 3, libtorch.Path));

    [Fact]
    public void AGpuThatIsNotThereIsRefusedWithTheCure()
    {
        var error = Assert.Throws<LibtorchException>(() => ComputeOptions.Resolve("cuda:1", null, null, libtorch.Path));
        Assert.Contains("built without CUDA", error.Message);
        Assert.Contains("--device cpu", error.Message);
    }
}
