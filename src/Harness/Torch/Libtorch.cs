using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Harness.Results;
using Harness.Torch.Native;
using TorchSharp;

namespace Harness.Torch;

/// <summary>
/// Finds libtorch and loads it under TorchSharp, from a folder the user names, from beside the executable, from NuGet's cache or from a PyTorch, on
/// systems too whose C++ library is older than TorchSharp's shim asks for.
/// </summary>
public static class Libtorch
{
    /// <summary>Version of libtorch this TorchSharp was built for.</summary>
    public const string Version = "2.10.0";

    private const string Core = "libtorch_cpu.so";
    private const string Cuda = "libtorch_cuda.so";

    /// <summary>What libLibTorchSharp.so needs of the C++ library of GCC 13. No symbol is bound to it, so older systems can do without.</summary>
    private const string NewestNeed = "GLIBCXX_3.4.32";

    private static readonly Lock Gate = new();
    private static LibtorchLocation? loaded;
    private static IntPtr shim;

    /// <summary>Where libtorch would be loaded from; loads nothing.</summary>
    /// <param name="folder">
    /// A folder the user named (<c>--libtorch</c>), or null to look in the usual places: HARNESS_LIBTORCH, <c>libtorch</c> beside the executable, NuGet's
    /// package, the PyTorch of <c>python3</c>.
    /// </param>
    /// <exception cref="LibtorchException">None is there.</exception>
    public static LibtorchLocation Locate(string? folder)
    {
        if (folder is not null) return Checked(new(Normal(folder), "--libtorch"));
        if (Environment.GetEnvironmentVariable("HARNESS_LIBTORCH") is { Length: > 0 } variable) return Checked(new(Normal(variable), "HARNESS_LIBTORCH"));
        var besides = Path.Combine(AppContext.BaseDirectory, "libtorch");
        if (Directory.Exists(besides)) return Checked(new(besides, "beside the executable"));
        if (PackageFolder() is { } package) return Checked(new(package, "NuGet package"));
        if (PyTorch.LibraryFolder() is { } python) return Checked(new(python, "PyTorch of python3"));
        throw new LibtorchException(
            $"libtorch {Version} was not found: name its folder with --libtorch DIR or HARNESS_LIBTORCH=DIR (a PyTorch's torch/lib will do), or put it into '{besides}'.");
    }

    /// <summary>Loads libtorch for this process, once.</summary>
    /// <param name="location">Where it lies.</param>
    /// <exception cref="LibtorchException">It cannot be loaded, or another one is loaded already.</exception>
    public static void Load(LibtorchLocation location)
    {
        lock (Gate)
        {
            if (loaded == location) return;
            if (loaded is not null) throw new LibtorchException($"libtorch is loaded from '{loaded.Folder}' already; '{location.Folder}' needs a process of its own.");
            foreach (var library in LibrariesOf(location.Folder))
            {
                var handle = LoadLibrary(library, location);
                if (Path.GetFileName(library) == Core) TorchExports.Probe(handle);
            }
            shim = LoadShim(location);
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? shim : IntPtr.Zero);
            torch.InitializeDeviceType(DeviceType.CPU);
            loaded = location;
        }
    }

    /// <summary>The version of one: what it says of itself, or null where it says nothing.</summary>
    /// <param name="location">Which.</param>
    public static string? VersionOf(LibtorchLocation location) => IsOwn(location) ? Version : PyTorch.VersionOf(location.Folder);

    /// <summary>Whether it is a build with CUDA.</summary>
    /// <param name="location">Which.</param>
    public static bool IsCudaBuild(LibtorchLocation location) => File.Exists(Path.Combine(location.Folder, Cuda));

    /// <summary>True for the libtorch of NuGet that this build was made with; any other must first pass the self-test.</summary>
    internal static bool IsOwn(LibtorchLocation location) => PackageFolder() is { } package && package == location.Folder;

    // Written by the build (Directory.Build.targets).
    private static string? PackageFolder()
    {
        var pointer = Path.Combine(AppContext.BaseDirectory, "libtorch.path");
        return File.Exists(pointer) && File.ReadAllText(pointer).Trim() is { Length: > 0 } named && Directory.Exists(named) ? Normal(named) : null;
    }

    private static string Normal(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private static LibtorchLocation Checked(LibtorchLocation location)
    {
        foreach (var name in new[] { "libc10.so", Core, "libtorch.so" })
            if (!File.Exists(Path.Combine(location.Folder, name)))
                throw new LibtorchException($"'{location.Folder}' ({location.Origin}) holds no libtorch: '{name}' is missing; name the folder with libtorch.so, libtorch_cpu.so and libc10.so in it.");
        return location;
    }

    /// <summary>The libraries of a folder in the order of loading. CUDA's come along where they are; libtorch finds its other dependencies beside itself.</summary>
    internal static IEnumerable<string> LibrariesOf(string folder) =>
        new[] { "libc10.so", Core, "libc10_cuda.so", Cuda, "libtorch.so" }
            .Select(name => Path.Combine(folder, name))
            .Where(File.Exists);

    private static IntPtr LoadLibrary(string path, LibtorchLocation location)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new LibtorchException($"'{path}' ({location.Origin}) cannot be loaded: {LoaderFault.Explain(e)}.", e);
        }
    }

    private static IntPtr LoadShim(LibtorchLocation location)
    {
        var path = ShimPath();
        if (NativeLibrary.TryLoad(path, out var handle)) return handle;
        try
        {
            return LoadRelaxed(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new LibtorchException($"TorchSharp's '{path}' does not load on libtorch in '{location.Folder}' ({location.Origin}): {LoaderFault.Explain(e)}.", e);
        }
    }

    private static string ShimPath()
    {
        var folders = new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native") };
        return folders.Select(folder => Path.Combine(folder, "libLibTorchSharp.so")).FirstOrDefault(File.Exists)
            ?? throw new LibtorchException($"TorchSharp's libLibTorchSharp.so is missing from '{AppContext.BaseDirectory}': the harness runs on 64-bit x86 Linux; build or unpack it again.");
    }

    // Kept in the user's cache under a name made of the content, so that it is made once and never stale; renamed into place, so that it is never half there. Where nothing
    // can be kept, a copy for this process alone: a library that is loaded needs its name no more.
    private static IntPtr LoadRelaxed(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var copy = Path.Combine(UserCache.Folder, "torchsharp", Convert.ToHexStringLower(SHA256.HashData(bytes))[..16] + "-libLibTorchSharp.so");
        if (File.Exists(copy)) return NativeLibrary.Load(copy);
        ElfVersionNeeds.Relax(bytes, NewestNeed);
        try
        {
            AtomicFile.Write(copy, stream => stream.Write(bytes));
            return NativeLibrary.Load(copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var folder = Directory.CreateTempSubdirectory("harness-");
            try
            {
                var passing = Path.Combine(folder.FullName, "libLibTorchSharp.so");
                File.WriteAllBytes(passing, bytes);
                return NativeLibrary.Load(passing);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
