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

    public void ThrowIfAny()
    {
        if (seen.Count > 0) throw new ManifestException([.. seen.OrderBy(e => files.IndexOf(e.File)).ThenBy(e => e.Line).ThenBy(e => e.Column)]);
    }
}
