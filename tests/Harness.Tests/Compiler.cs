using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harness.Tests;

/// <summary>Compiles the small assemblies of these tests, real ones and broken ones.</summary>
internal static class Compiler
{
    private const string Usings = "using System; using Harness; using TorchSharp; using static TorchSharp.torch;\n";

    private static readonly IReadOnlyList<MetadataReference> Host =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file))];

    /// <summary>Compiles a class library.</summary>
    /// <param name="file">Where the DLL goes; its folder is made.</param>
    /// <param name="source">C#, after the usual usings.</param>
    /// <param name="references">Further assemblies, each taking the place of the host's of that name.</param>
    /// <returns><paramref name="file"/>.</returns>
    public static string Library(string file, string source, params string[] references) =>
        Emit(file, Usings + source, OutputKind.DynamicallyLinkedLibrary, [.. references.Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>Compiles a class library against one more assembly, whose types the source reaches by <c>extern alias</c> alone.</summary>
    public static string AliasedLibrary(string file, string source, string reference, string alias) =>
        Emit(file, $"extern alias {alias};\n{Usings}{source}", OutputKind.DynamicallyLinkedLibrary, [MetadataReference.CreateFromFile(reference, new(aliases: [alias]))]);

    /// <summary>Compiles a console program.</summary>
    public static string Program(string file, string source) => Emit(file, source, OutputKind.ConsoleApplication, []);

    private static string Emit(string file, string source, OutputKind kind, IReadOnlyList<MetadataReference> references)
    {
        var replaced = references.Select(reference => Path.GetFileName(reference.Display)).ToHashSet();
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [.. Host.Where(host => !replaced.Contains(Path.GetFileName(host.Display))), .. references],
            new CSharpCompilationOptions(kind, deterministic: true));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var result = compilation.Emit(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }
}
