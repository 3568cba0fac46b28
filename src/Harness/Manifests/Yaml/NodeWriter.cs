using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harness.Manifests.Yaml;

/// <summary>Writes nodes as YAML that reads back to the same nodes, apart from their places.</summary>
internal static class NodeWriter
{
    /// <summary>The mapping as one document.</summary>
    public static string Write(MappingNode root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithMaxSimpleKeyLength(1024).WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, Node node)
    {
        switch (node)
        {
            // Nothing after a colon is as good as an empty mapping; the library would write it as an empty text.
            case ScalarNode { IsEmpty: true }:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Flow));
                emitter.Emit(new MappingEnd());
                break;
            case ScalarNode scalar:
                emitter.Emit(Scalar(scalar.Text, scalar.Plain));
                break;
            case SequenceNode list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list.Items) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case MappingNode mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var entry in mapping.Entries)
                {
                    emitter.Emit(Scalar(entry.Key, plain: false));
                    Emit(emitter, entry.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
        }
    }

    // Quoted is text, plain may be a number, a truth value or null: what the reader made of it is what it has to make of it again.
    private static Scalar Scalar(string text, bool plain) =>
        new(AnchorName.Empty, TagName.Empty, text, plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlainImplicit: plain, isQuotedImplicit: !plain);
}
