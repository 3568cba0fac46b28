using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Harness.Torch;

/// <summary>The PyTorch a user has already: its torch/lib holds a libtorch, with CUDA where it was built so.</summary>
public static partial class PyTorch
{
    // Finding is enough; importing torch takes seconds.
    private const string Script = "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The lib folder of the PyTorch that <c>python3</c> on the PATH would import, or null where there is none.</summary>
    public static string? LibraryFolder()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true });
            if (python is null) return null;
            python.StandardInput.Close();
            _ = python.StandardError.ReadToEndAsync();
            var output = python.StandardOutput.ReadToEndAsync();
            if (!python.WaitForExit(Patience))
            {
                python.Kill(entireProcessTree: true);
                return null;
            }

            var folder = output.GetAwaiter().GetResult().Trim();
            if (python.ExitCode != 0 || folder.Length == 0) return null;
            var libraries = Path.Combine(folder, "lib");
            return Directory.Exists(libraries) ? libraries : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    /// <summary>The version a libtorch says it has: of a PyTorch its version.py, of a libtorch download its build-version; null where neither is there.</summary>
    /// <param name="libraries">The folder of the libraries.</param>
    public static string? VersionOf(string libraries)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(libraries))) ?? libraries;
        var version = Path.Combine(above, "version.py");
        if (File.Exists(version) && VersionLine().Match(File.ReadAllText(version)) is { Success: true } match) return match.Groups[1].Value;
        var build = Path.Combine(above, "build-version");
        return File.Exists(build) ? File.ReadAllText(build).Trim() : null;
    }

    [GeneratedRegex("""^__version__\s*(?::\s*str\s*)?=\s*['"]([^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
