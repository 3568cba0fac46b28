namespace Harness.Tests.Plugins;

/// <summary>Sources of plugins.</summary>
internal static class Samples
{
    /// <summary>Members that make a class an <see cref="IArchitecture"/>.</summary>
    public const string Build = "public Classifier Build(ImageShape input, int classes) => throw new NotSupportedException();";

    /// <summary>Members that make a class an <see cref="IMetric"/>.</summary>
    public const string Measure =
        "public MetricCard Card => throw new NotSupportedException(); public void Measure(Snapshot snapshot, IMeasurementSink sink) { }";

    /// <summary>A whole architecture without options.</summary>
    public static string Architecture(string name, string className = "Net") =>
        $"[Plugin(\"{name}\", Summary = \"A net.\")] public sealed class {className} : IArchitecture {{ {Build} }}\n";

    /// <summary>A stand-in for the contract: another assembly of its name, with what little an architecture needs of it.</summary>
    public static string Contract(string version) =>
        $$"""
        [assembly: System.Reflection.AssemblyVersion("{{version}}")]
        namespace Harness
        {
            public sealed class PluginAttribute(string name) : System.Attribute { public string Name => name; }
            public interface IArchitecture { }
        }
        """;
}
