using Harness.Torch;

namespace Harness.Tests.Torch;

public class LoaderFaultTests
{
    [Theory]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.38' not found (required by /a/libtorch_cpu.so)", "the system's C library (glibc) is too old for it: use a newer distribution, or a container of one")]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /a/libc10.so)", "the system's C++ library (libstdc++) is too old for it: install a newer one, or put one on LD_LIBRARY_PATH")]
    [InlineData("/lib/libstdc++.so.6: version `CXXABI_1.3.15' not found (required by /a/libc10.so)", "the system's C++ library (libstdc++) is too old for it: install a newer one, or put one on LD_LIBRARY_PATH")]
    [InlineData("libcudart.so.12: cannot open shared object file: No such file or directory", "this is a CUDA build, and 'libcudart.so.12' is not with it: install PyTorch with all its packages (pip does), or put its folder on LD_LIBRARY_PATH")]
    [InlineData("libgomp.so.1: cannot open shared object file: No such file or directory", "'libgomp.so.1' is not on this system: install it, or put its folder on LD_LIBRARY_PATH")]
    [InlineData("/a/libLibTorchSharp.so: undefined symbol: _ZN2at4rollE", "so it is not of libtorch 2.10.0")]
    public void AKnownCauseIsSaidWithWhatMendsIt(string said, string remedy) =>
        Assert.Equal($"{said}; {remedy}", LoaderFault.Explain(new DllNotFoundException($"Unable to load shared library or one of its dependencies. Consider LD_DEBUG.\n{said}\n")));

    [Fact]
    public void AnyOtherIsSaidAsItIs() => Assert.Equal("/a/libc10.so: invalid ELF header", LoaderFault.Explain(new DllNotFoundException("Unable to load.\n/a/libc10.so: invalid ELF header\n")));
}
