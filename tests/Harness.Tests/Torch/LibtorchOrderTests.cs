using Harness.Torch;
using Testing;

namespace Harness.Tests.Torch;

/// <summary>Where libtorch is looked for, first to last. Changes what the whole process sees, so it runs alone.</summary>
[Collection(nameof(PyTorchTests))]
public sealed class LibtorchOrderTests : IDisposable
{
    private const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";

    private readonly ScratchFolder scratch = new();
    private readonly string executables = AppContext.BaseDirectory;
    private readonly Dictionary<string, string?> environment = new[] { "PATH", "HARNESS_LIBTORCH" }.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public LibtorchOrderTests()
    {
        Directory.CreateDirectory(scratch["app"]);
        AppContext.SetData(BaseDirectory, scratch["app"]);
        Environment.SetEnvironmentVariable("HARNESS_LIBTORCH", null);
        Environment.SetEnvironmentVariable("PATH", scratch["bin"]);
    }

    public void Dispose()
    {
        AppContext.SetData(BaseDirectory, executables);
        foreach (var (name, value) in environment) Environment.SetEnvironmentVariable(name, value);
        scratch.Dispose();
    }

    [Fact]
    public void EachPlaceComesBeforeTheNext()
    {
        Assert.Contains("was not found: name its folder with --libtorch DIR or HARNESS_LIBTORCH=DIR", Assert.Throws<LibtorchException>(() => Libtorch.Locate(null)).Message);

        var python = Libraries("site-packages", "torch", "lib");
        var script = scratch.Write($"#!/bin/sh\necho '{scratch["site-packages", "torch"]}'\n", "bin", "python3");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(new LibtorchLocation(python, "PyTorch of python3"), Libtorch.Locate(null));

        var package = Libraries("package");
        scratch.Write(package + "\n", "app", "libtorch.path");
        Assert.Equal(new LibtorchLocation(package, "NuGet package"), Libtorch.Locate(null));

        var beside = Libraries("app", "libtorch");
        Assert.Equal(new LibtorchLocation(beside, "beside the executable"), Libtorch.Locate(null));

        var variable = Libraries("variable");
        Environment.SetEnvironmentVariable("HARNESS_LIBTORCH", variable);
        Assert.Equal(new LibtorchLocation(variable, "HARNESS_LIBTORCH"), Libtorch.Locate(null));

        var named = Libraries("named");
        Assert.Equal(new LibtorchLocation(named, "--libtorch"), Libtorch.Locate(named + "/"));
    }

    private string Libraries(params string[] parts)
    {
        foreach (var name in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" }) scratch.Write("", [.. parts, name]);
        return scratch[parts];
    }
}
