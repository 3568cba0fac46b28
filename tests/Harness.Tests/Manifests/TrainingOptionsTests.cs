using Harness.Manifests;

namespace Harness.Tests.Manifests;

public class TrainingOptionsTests
{
    [Theory]
    [InlineData("cpu", MemoryFormat.Auto)]   // channels last, unless the network cannot bear it: known when it is built
    [InlineData("cuda", MemoryFormat.Contiguous)]
    public void AutoIsReplacedByWhatItStandsForOnTheDevice(string deviceKind, MemoryFormat format)
    {
        var resolved = new TrainingOptions { Precision = TrainingPrecision.Auto, MemoryFormat = MemoryFormat.Auto }.On(deviceKind);

        Assert.Equal(TrainingPrecision.Float32, resolved.Precision);
        Assert.Equal(format, resolved.MemoryFormat);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public void WhatIsSaidOutrightStays(string deviceKind)
    {
        var said = new TrainingOptions { Precision = TrainingPrecision.Bf16, MemoryFormat = MemoryFormat.ChannelsLast };

        Assert.Equal(said, said.On(deviceKind));
    }
}
