using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Harness.Results;
using TorchSharp;

namespace Harness.Torch;

/// <summary>
/// Lets a libtorch other than NuGet's be used only after it has passed <see cref="SelfTest"/> in a process of its own, which it may take down. What
/// has passed is remembered by the libraries' fingerprint in the user's cache.
/// </summary>
/// <param name="command">The program and its first arguments that run the self-test; <c>self-test --libtorch DIR</c> is appended.</param>
/// <param name="cache">Folder of what has passed.</param>
public sealed class LibtorchTrust(IReadOnlyList<string> command, string cache)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns where the libtorch can be used; never loads it into this process.</summary>
    /// <param name="location">Which libtorch.</param>
    /// <exception cref="LibtorchException">It failed the self-test: the sentence names the folder, the version found and the one wanted.</exception>
    public void Require(LibtorchLocation location)
    {
        if (Libtorch.IsOwn(location)) return;
        var receipt = Path.Combine(cache, Identity(location.Folder));
        if (File.Exists(receipt)) return;
        var version = Libtorch.VersionOf(location);
        if (OfAnotherMajor(version))
        {
            throw new LibtorchException(
                $"libtorch in '{location.Folder}' ({location.Origin}) is version {version}, and {Libtorch.Version} is wanted: install PyTorch {Libtorch.Version}, or name another libtorch with --libtorch DIR.");
        }
        if (Fault(location.Folder) is { } fault)
        {
            throw new LibtorchException(
                $"libtorch in '{location.Folder}' ({location.Origin}), {(version is null ? "of unknown version" : $"version {version}")}, cannot be used: {fault.TrimEnd('.')}; libtorch {Libtorch.Version} is wanted, or a PyTorch {Libtorch.Version}.");
        }
        Remember(receipt, location);
    }

    // Between majors even the names that TorchSharp binds to differ; of a neighbouring minor the test decides.
    private static bool OfAnotherMajor(string? version) => version is not null && version.Split('.')[0] != Libtorch.Version.Split('.')[0];

    private static void Remember(string receipt, LibtorchLocation location)
    {
        try
        {
            AtomicFile.Write(receipt, stream => stream.Write(Encoding.UTF8.GetBytes(location.Folder + "\n")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a cache it is tested again next time, and as good.
        }
    }

    private string? Fault(string folder)
    {
        using var child = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "self-test", "--libtorch", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = child.StandardOutput.ReadToEndAsync();
        var errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            return $"its self-test did not end within {Patience.TotalMinutes} minutes";
        }

        if (child.ExitCode == 0) return null;
        var said = FirstLine(output.GetAwaiter().GetResult()) ?? FirstLine(errors.GetAwaiter().GetResult());
        return child.ExitCode == 1 && said is not null
            ? $"its self-test found {said}"
            : $"its self-test ended with exit code {child.ExitCode}{(said is null ? "" : $" ({said})")}";
    }

    private static string? FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    // The test itself and TorchSharp belong to what was tested.
    private static string Identity(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in new[] { typeof(torch).Assembly, typeof(SelfTest).Assembly })
            hash.AppendData(Encoding.UTF8.GetBytes($"{assembly.FullName} {assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}\n"));
        hash.AppendData(Encoding.UTF8.GetBytes(LibtorchFingerprint.Of(folder)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
