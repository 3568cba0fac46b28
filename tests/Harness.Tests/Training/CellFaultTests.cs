using System.Runtime.InteropServices;
using Harness.Results;
using Harness.Training;

namespace Harness.Tests.Training;

public class CellFaultTests
{
    [Theory]
    [InlineData("CUDA error: unspecified launch failure", Outcome.DeviceFault)]
    [InlineData("CUDA error: device-side assert triggered", Outcome.PluginFault)]   // an index out of range in the network
    [InlineData("CUDA error: out of memory", Outcome.OutOfMemory)]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB", Outcome.OutOfMemory)]
    [InlineData("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", Outcome.PluginFault)]
    public void WhatLibtorchSaysTellsTheDeviceFromTheNetwork(string message, Outcome outcome) => Assert.Equal(outcome, CellFault.Classify(new ExternalException(message)));

    [Fact]
    public void ADeviceThatCannotBeTakenIsNoFaultOfThePlugin()
    {
        var fault = new DeviceException("cuda:1 is asked for, and there is none.");
        Assert.Equal(Outcome.DeviceFault, CellFault.Classify(fault));
        Assert.Equal(fault.Message, CellFault.Sentence(fault));
        Assert.Empty(CellFault.Trace(fault));
    }
}
