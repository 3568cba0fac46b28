using Harness.Running;
using Harness.Torch;

namespace Harness.Commands;

/// <summary>The libtorch of a run: located, and a foreign one tested in a child process before it is trusted.</summary>
public static class TrustedLibtorch
{
    /// <summary>Finds it; loads nothing into this process.</summary>
    /// <param name="folder">The folder the user named, or null.</param>
    /// <exception cref="LibtorchException">None is there, or it failed its self-test.</exception>
    public static LibtorchLocation Locate(string? folder)
    {
        var location = Libtorch.Locate(folder);
        new LibtorchTrust(HarnessProcess.Command, Path.Combine(UserCache.Folder, "libtorch")).Require(location);
        return location;
    }
}
