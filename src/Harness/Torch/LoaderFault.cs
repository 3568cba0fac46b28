using System.Text.RegularExpressions;

namespace Harness.Torch;

/// <summary>Why the system's loader refused a library, in words that say what to do.</summary>
internal static partial class LoaderFault
{
    /// <summary>The fault without a full stop: what the loader said, and where its cause is known, what mends it.</summary>
    /// <param name="refusal">What loading threw.</param>
    public static string Explain(Exception refusal)
    {
        // .NET's first line only says how to debug; what the system's loader said of the file is on the second.
        var lines = refusal.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var said = (refusal is DllNotFoundException && lines.Length > 1 ? lines[1] : lines[0]).TrimEnd('.');
        return Remedy(said) is { } remedy ? $"{said}; {remedy}" : said;
    }

    private static string? Remedy(string said)
    {
        if (MissingVersion().Match(said) is { Success: true } version)
        {
            return version.Groups[1].Value == "GLIBC"
                ? "the system's C library (glibc) is too old for it: use a newer distribution, or a container of one"
                : "the system's C++ library (libstdc++) is too old for it: install a newer one, or put one on LD_LIBRARY_PATH";
        }
        if (MissingLibrary().Match(said) is { Success: true } library)
        {
            return Cuda().IsMatch(library.Groups[1].Value)
                ? $"this is a CUDA build, and '{library.Groups[1].Value}' is not with it: install PyTorch with all its packages (pip does), or put its folder on LD_LIBRARY_PATH"
                : $"'{library.Groups[1].Value}' is not on this system: install it, or put its folder on LD_LIBRARY_PATH";
        }
        return said.Contains("undefined symbol", StringComparison.Ordinal) ? $"so it is not of libtorch {Libtorch.Version}" : null;
    }

    [GeneratedRegex("version `(GLIBC|GLIBCXX|CXXABI)_[0-9.]+' not found")]
    private static partial Regex MissingVersion();

    [GeneratedRegex("(?:^|\\s)(lib\\S+): cannot open shared object file")]
    private static partial Regex MissingLibrary();

    [GeneratedRegex("^lib(cu|nv|nccl)")]
    private static partial Regex Cuda();
}
