using Harness.Torch;

namespace Harness.Tests.Torch;

public class SelfTestTests
{
    [Fact]
    public void TheOwnLibtorchPasses() => Assert.Empty(SelfTest.Run());

    [Fact]
    public void EveryStoredValueIsCompared() =>
        Assert.Equal(SelfTestValues.Expected.Keys.Order(), SelfTest.Measure().Select(measured => measured.Name).Distinct().Order());
}
