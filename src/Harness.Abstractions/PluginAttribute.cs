namespace Harness;

/// <summary>
/// Names a plugin. The host scans the exported types of every DLL in its plugins folders for this attribute on a class that implements
/// <see cref="IArchitecture"/>, <see cref="IDataset"/> or <see cref="IMetric"/>; there is no registration code.
/// </summary>
/// <remarks>
/// <para>
/// The class has one public constructor, with no parameter or with one: its options, a record with a parameterless constructor whose
/// properties are <c>init</c>-settable and carry <see cref="System.ComponentModel.DescriptionAttribute"/> and the validation attributes of
/// <see cref="System.ComponentModel.DataAnnotations"/>. The host fills it from the manifest's YAML (keys in camelCase) and refuses a manifest
/// whose values do not satisfy them, naming file, line and column.
/// </para>
/// <para>The constructor also runs in the scheduling process, which has no libtorch: it must not make a tensor.</para>
/// </remarks>
/// <param name="name">What a manifest calls the plugin: lower case, digits and hyphens. Unique for its kind.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginAttribute(string name) : Attribute
{
    /// <summary>What a manifest calls the plugin.</summary>
    public string Name { get; } = name;

    /// <summary>One line for <c>list plugins</c>.</summary>
    public string Summary { get; init; } = "";
}
