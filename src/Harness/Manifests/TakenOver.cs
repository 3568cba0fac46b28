using Harness.Manifests.Options;

namespace Harness.Manifests;

/// <summary>
/// Keys of <see cref="SubsampleOptions"/> that a data set takes over by an option of the same name and type: it can then list fewer folders or decode smaller. They mean the
/// same, and the host leaves them to the plugin.
/// </summary>
internal static class TakenOver
{
    private static readonly string[] Offered = [nameof(SubsampleOptions.Classes), nameof(SubsampleOptions.ImageSize)];

    /// <summary>The keys.</summary>
    /// <param name="pluginOptions">The plugin's options record, or null where it has none.</param>
    public static IReadOnlyList<string> Keys(Type? pluginOptions) =>
    [
        .. from ours in OptionProperty.Of(typeof(SubsampleOptions))
           from theirs in OptionProperty.Of(pluginOptions)
           where Offered.Contains(ours.Property.Name) && theirs.Key == ours.Key && Bare(theirs) == Bare(ours)
           select ours.Key,
    ];

    private static Type Bare(OptionProperty option) => Nullable.GetUnderlyingType(option.Property.PropertyType) ?? option.Property.PropertyType;
}
