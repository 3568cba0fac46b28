using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>Collects what is wrong, so that a user hears it all at once. The same mistake seen from several cells counts once.</summary>
internal sealed class ErrorList
{
    private readonly HashSet<ManifestError> seen = [];
    private readonly List<string> files = [];

    public int Count => seen.Count;

    public void Add(Place place, string sentence)
    {
        if (!files.Contains(place.File)) files.Add(place.File);
        seen.Add(new(place.File, place.Line, place.Column, string.Concat(sentence.Select(c => char.IsControl(c) ? ' ' : c))));
    }

    /// <summary>Adds what a plugin refuses, at the item of a list where it is one, with the nearest right name.</summary>
    /// <param name="refusal">What the plugin says.</param>
    /// <param name="option">The option's value, or null where it is not written.</param>
    /// <param name="owner">Where to report what is not written.</param>
    public void Add(PluginOptionException refusal, Node? option, Place owner)
    {
        var at = refusal.Item is { } item && option is SequenceNode list && item < list.Items.Count ? list.Items[item] : option;
        var near = refusal.Known.Count > 0 && at is ScalarNode wrong ? Suggestion.For(wrong.Text, refusal.Known) : "";
        Add(at?.Place ?? owner, refusal.Message.TrimEnd('.') + near);
    }

    public void ThrowIfAny()
    {
        if (seen.Count > 0) throw new ManifestException([.. seen.OrderBy(e => files.IndexOf(e.File)).ThenBy(e => e.Line).ThenBy(e => e.Column)]);
    }
}
