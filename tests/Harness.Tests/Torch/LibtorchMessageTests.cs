using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Tests.Torch;

public class LibtorchMessageTests
{
    [Fact]
    public void TheWordsStayAndTheStackGoes()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<Exception>(() => ones(2, 3).mm(ones(2, 3)));
        var words = LibtorchMessage.WithoutStack(error.Message);
        Assert.Contains("cannot be multiplied (2x3 and 2x3)", words);
        Assert.DoesNotContain("0x", words.Replace("2x3", ""));
        Assert.DoesNotContain("frame #", words);
    }

    [Fact]
    public void SoDoesTheAllocators()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty(1L << 60));
        Assert.EndsWith("(Cannot allocate memory)", LibtorchMessage.WithoutStack(error.Message));
    }

    [Fact]
    public void OtherMessagesStay() => Assert.Equal("two\nlines", LibtorchMessage.WithoutStack("two\nlines"));
}
