using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harness.Manifests.Yaml;

/// <summary>
/// Reads one YAML document into nodes that know their place. Takes plain data alone: no tags, text keys only, each once. Aliases are shared, and
/// what they would expand to is bounded, as are depth and size, so that no file of a few lines can exhaust memory or stack.
/// </summary>
internal sealed partial class NodeReader
{
    private const int MaxDepth = 50;
    private const int MaxNodes = 50_000;

    private readonly string file;
    private readonly ErrorList errors;
    private readonly Parser parser;
    private readonly Dictionary<string, (Node Node, int Size)> anchors = [];
    private int nodes;
    private Place reached;

    private NodeReader(string file, string text, ErrorList errors)
    {
        this.file = file;
        this.errors = errors;
        parser = new Parser(new StringReader(text));
        reached = new(file, 1, 1);
    }

    /// <summary>The document's mapping, or null where there is none; what is wrong is added to <paramref name="errors"/>.</summary>
    public static MappingNode? Read(string file, string text, ErrorList errors)
    {
        var reader = new NodeReader(file, text, errors);
        try
        {
            return reader.ReadDocument();
        }
        catch (UnreadableException e)
        {
            errors.Add(e.Place, e.Message);
        }
        catch (YamlException e)
        {
            errors.Add(TabIndentation(file, text, e) ?? Start(file, e.Start), $"this is not YAML: {Sentence(e)}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser trips over some texts instead of refusing them (a plain scalar in column 1 inside an open bracket, for one).
            errors.Add(reader.reached, "this is not YAML from here on, or soon after: look for a bracket or a quote that is not closed");
        }
        return null;
    }

    private MappingNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            errors.Add(new(file, 1, 1), "the manifest is empty");
            return null;
        }
        parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second)) errors.Add(PlaceOf(second), "a manifest is one YAML document; a second one starts here");
        if (root is MappingNode mapping) return mapping;
        errors.Add(root.Place, root.IsEmpty ? "the manifest is empty" : $"a manifest is a mapping of keys to values, not {root.Description}");
        return null;
    }

    private Node ReadNode(int depth)
    {
        var place = reached = PlaceOf(parser.Current!);
        if (depth > MaxDepth) throw new UnreadableException(place, $"nested more than {MaxDepth} levels deep");
        Count(1, place);
        if (parser.TryConsume<AnchorAlias>(out var alias)) return Resolve(alias, place);
        var before = nodes - 1;
        var anchor = parser.Accept<NodeEvent>(out var start) && !start.Anchor.IsEmpty ? start.Anchor.Value : null;
        if (start is { Tag.IsEmpty: false }) errors.Add(place, $"tag {Quoted.Text(start.Tag.ToString())} is not taken: a manifest is plain data");
        Node node = start switch
        {
            Scalar => ReadScalar(place),
            SequenceStart => ReadSequence(place, depth),
            _ => ReadMapping(place, depth),
        };
        if (anchor is not null) anchors[anchor] = (node, nodes - before);
        return node;
    }

    private Node Resolve(AnchorAlias alias, Place place)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var aliased))
            throw new UnreadableException(place, $"alias {Quoted.Text("*" + alias.Value.Value)} names no anchor that ends above it");
        Count(aliased.Size, place);
        return aliased.Node;
    }

    private ScalarNode ReadScalar(Place place)
    {
        var scalar = parser.Consume<Scalar>();
        return new(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private SequenceNode ReadSequence(Place place, int depth)
    {
        parser.Consume<SequenceStart>();
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(depth + 1));
        return new(place, items);
    }

    private MappingNode ReadMapping(Place place, int depth)
    {
        parser.Consume<MappingStart>();
        var entries = new Dictionary<string, MappingEntry>();
        Node? merged = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode { IsNull: false, IsEmpty: false } name)
                errors.Add(key.Place, $"a key is a name, not {key.Description}");
            else if (name is { Text: "<<", Plain: true })
                merged = value;
            else if (!entries.TryAdd(name.Text, new(name.Text, name.Place, value)))
                errors.Add(name.Place, $"key {Quoted.Text(name.Text)} is here a second time; the first is at {entries[name.Text].KeyPlace.SeenFrom(file)}");
        }
        if (merged is not null) MergeInto(entries, merged);
        return new(place, [.. entries.Values]);
    }

    /// <summary>The merge key of YAML 1.1: the keys of one mapping or several, where they are not written here; the first mapping wins.</summary>
    private void MergeInto(Dictionary<string, MappingEntry> entries, Node merged)
    {
        foreach (var source in merged is SequenceNode list ? list.Items : [merged])
        {
            if (source is MappingNode mapping)
                foreach (var entry in mapping.Entries) entries.TryAdd(entry.Key, entry);
            else
                errors.Add(source.Place, $"'<<' wants a mapping or a list of them, not {source.Description}");
        }
    }

    private void Count(int more, Place place)
    {
        nodes += more;
        if (nodes > MaxNodes) throw new UnreadableException(place, $"the manifest holds more than {MaxNodes} values, aliases counted each time they are used");
    }

    private Place PlaceOf(ParsingEvent at) => Start(file, at.Start);

    private static Place Start(string file, Mark mark) => new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>The first tab that indents, where the parser complains of one: it names the mapping around it, which may start far above.</summary>
    private static Place? TabIndentation(string file, string text, YamlException e)
    {
        if (!e.Message.Contains("tab as indentation", StringComparison.Ordinal)) return null;
        var tab = IndentingTab().Match(text);
        return tab.Success ? new(file, text.AsSpan(0, tab.Index).Count('\n') + 1, tab.Length) : null;
    }

    /// <summary>The parser's own words, on one line and without the position they start with in some versions.</summary>
    private static string Sentence(YamlException e)
    {
        var words = Spaces().Replace(Prefix().Replace(e.Message, ""), " ").Trim().TrimEnd('.');
        return words.Length == 0 ? "the parser cannot say why" : char.ToLowerInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(@"^(\(Line.*?\)( - \(Line.*?\))?: )+")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^ *\t", RegexOptions.Multiline)]
    private static partial Regex IndentingTab();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();

    private sealed class UnreadableException(Place place, string sentence) : Exception(sentence)
    {
        public Place Place { get; } = place;
    }
}
