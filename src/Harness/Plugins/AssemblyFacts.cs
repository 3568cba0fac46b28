using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;

namespace Harness.Plugins;

/// <summary>What a DLL says about itself, read from its metadata: none of its code runs and nothing is loaded.</summary>
/// <param name="References">Simple names of the assemblies it was compiled against, with their versions.</param>
/// <param name="Framework">The framework it was built for, or null where it does not say.</param>
internal sealed record AssemblyFacts(IReadOnlyDictionary<string, Version> References, FrameworkName? Framework)
{
    /// <summary>Reads a DLL.</summary>
    /// <param name="file">Its path.</param>
    /// <returns>Null where the file is no .NET assembly.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AssemblyFacts? Read(string file)
    {
        using var stream = File.OpenRead(file);
        try
        {
            using var image = new PEReader(stream);
            if (!image.HasMetadata) return null;
            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly) return null;
            var references = new Dictionary<string, Version>();
            foreach (var handle in metadata.AssemblyReferences)
            {
                var reference = metadata.GetAssemblyReference(handle);
                references[metadata.GetString(reference.Name)] = reference.Version;
            }

            return new AssemblyFacts(references, FrameworkOf(metadata));
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static FrameworkName? FrameworkOf(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (parent.Kind != HandleKind.TypeReference) continue;
            if (metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) != nameof(TargetFrameworkAttribute)) continue;

            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // the prolog of every attribute blob
            return Parsed(value.ReadSerializedString());
        }

        return null;
    }

    private static FrameworkName? Parsed(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) ? null : new FrameworkName(name);
        }
        catch (ArgumentException)
        {
            return null;   // the attribute takes any text
        }
    }
}
