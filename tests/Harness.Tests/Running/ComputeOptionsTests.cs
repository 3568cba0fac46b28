using Harness.Running;
using Harness.Torch;
using Testing;

namespace Harness.Tests.Running;

public sealed class ComputeOptionsTests : IDisposable
{
    private readonly ScratchFolder libtorch = new();

    public void Dispose() => libtorch.Dispose();

    [Fact]
    public void WithoutAGpuTheCpuHoldsACellForEachProcessor()
    {
        var compute = Resolve([], null, null);
        Assert.Equal([new("cpu", Environment.ProcessorCount)], compute.Devices);
        Assert.Equal(1, compute.Threads);
    }

    [Fact]
    public void CellsWithAllThreadsRunOneAtATime() =>
        Assert.Equal([new("cpu", 1)], Resolve(["cpu"], null, Environment.ProcessorCount).Devices);

    [Fact]
    public void WhatTheUserSaysStands()
    {
        var compute = Resolve(["cpu", "cpu"], 7, 3);
        Assert.Equal([new("cpu", 7)], compute.Devices);
        Assert.Equal(3, compute.Threads);
    }

    [Fact]
    public void AGpuThatIsNotThereIsRefusedWithTheCure()
    {
        var error = Assert.Throws<LibtorchException>(() => Resolve(["cpu", "cuda:1"], null, null));
        Assert.Contains("cuda:1 wants a GPU", error.Message);
        Assert.Contains("built without CUDA", error.Message);
        Assert.Contains("--devices cpu", error.Message);
    }

    private ComputeOptions Resolve(IReadOnlyList<string> devices, int? jobs, int? threads) => ComputeOptions.Resolve(devices, jobs, threads, libtorch.Path, _ => null);
}
