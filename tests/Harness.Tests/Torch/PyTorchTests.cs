using Harness.Torch;
using Testing;

namespace Harness.Tests.Torch;

/// <summary>Changes PATH, so it runs alone.</summary>
[Collection(nameof(PyTorchTests))]
[CollectionDefinition(nameof(PyTorchTests), DisableParallelization = true)]
public sealed class PyTorchTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        scratch.Dispose();
    }

    [Fact]
    public void IsWherePythonWouldImportItFrom()
    {
        var libraries = Directory.CreateDirectory(scratch["site-packages", "torch", "lib"]).FullName;
        Python($"echo '{scratch["site-packages", "torch"]}'");

        Assert.Equal(libraries, PyTorch.LibraryFolder());
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("echo /nonexistent/torch")]
    [InlineData("echo 'Traceback (most recent call last)' >&2; exit 1")]
    public void IsNowhereWherePythonHasNone(string script)
    {
        Python(script);

        Assert.Null(PyTorch.LibraryFolder());
    }

    [Fact]
    public void IsNowhereWithoutPython()
    {
        Environment.SetEnvironmentVariable("PATH", scratch.Path);

        Assert.Null(PyTorch.LibraryFolder());
    }

    [Theory]
    [InlineData("__version__ = '2.11.0+cu130'", "2.11.0+cu130")]
    [InlineData("__version__: str = \"2.10.0\"", "2.10.0")]
    [InlineData("nothing = 1", null)]
    public void SaysItsVersionInVersionPy(string line, string? version)
    {
        scratch.Write($"from typing import Optional\n{line}\n", "torch", "version.py");

        Assert.Equal(version, PyTorch.VersionOf(scratch["torch", "lib"]));
    }

    private void Python(string script)
    {
        var python = scratch.Write($"#!/bin/sh\n{script}\n", "bin", "python3");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(python, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", scratch["bin"]);
    }
}
