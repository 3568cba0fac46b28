namespace Harness.Manifests.Yaml;

/// <summary>A piece of YAML that knows where it stands. Immutable; an aliased piece is shared.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>What a sentence calls it: "a list", "'ten'".</summary>
    public abstract string Description { get; }

    /// <summary>An explicit <c>null</c> or <c>~</c>: removes what a base manifest says.</summary>
    public virtual bool IsNull => false;

    /// <summary>Nothing after the colon: as good as an empty mapping, where a mapping is wanted.</summary>
    public virtual bool IsEmpty => false;
}

/// <summary>A single value.</summary>
internal sealed class ScalarNode(Place place, string text, bool plain) : Node(place)
{
    public string Text { get; } = text;

    /// <summary>Written without quotes, so that it may be a number, a truth value or null.</summary>
    public bool Plain { get; } = plain;

    public override bool IsNull => Plain && Text is "null" or "Null" or "NULL" or "~";

    public override bool IsEmpty => Plain && Text.Length == 0;

    public override string Description => IsEmpty ? "nothing" : IsNull ? "null" : Plain ? Quoted.Text(Text) : $"the text {Quoted.Text(Text)}";
}

/// <summary>A list.</summary>
internal sealed class SequenceNode(Place place, IReadOnlyList<Node> items) : Node(place)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override string Description => "a list";
}

/// <summary>Keys with values, in the order written, each key once.</summary>
internal sealed class MappingNode(Place place, IReadOnlyList<MappingEntry> entries) : Node(place)
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    public override string Description => "a mapping";

    public MappingEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);

    public MappingNode Without(string key) => new(Place, [.. Entries.Where(e => e.Key != key)]);
}

/// <summary>One key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyPlace">Where the key stands.</param>
/// <param name="Value">Its value.</param>
internal sealed record MappingEntry(string Key, Place KeyPlace, Node Value);
