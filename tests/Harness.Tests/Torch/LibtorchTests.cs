using Harness.Torch;
using TorchSharp;

namespace Harness.Tests.Torch;

public class LibtorchTests
{
    [Fact]
    public void TensorsComputeOnceItIsLoaded()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(11f, torch.tensor(new[] { 1f, 2f }).dot(torch.tensor(new[] { 3f, 4f })).item<float>());
    }

    [Fact]
    public void FolderWithoutItIsRefusedInASentence()
    {
        var error = Assert.Throws<LibtorchException>(() => Libtorch.Locate(AppContext.BaseDirectory));
        Assert.Contains("'libc10.so' is missing", error.Message);
    }
}
