using Harness.Manifests.Yaml;

namespace Harness.Manifests.Options;

/// <summary>Reads a selection of classes: a whole number, or a list of names.</summary>
internal static class ClassesReader
{
    /// <summary>The selection, or null with what is wrong in <paramref name="errors"/>. Whether the data set has such classes is not known here.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="key">The key it is written for.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static ClassSelection? Read(Node node, string key, ErrorList errors)
    {
        try
        {
            if (node is SequenceNode list)
            {
                var names = list.Items.Select(item => ScalarReader.Read(typeof(string), item, key, errors) as string).ToArray();
                return names.Contains(null) ? null : ClassSelection.Of(names!);
            }
            if (ScalarReader.WholeNumberOf(node) is { } number) return ClassSelection.First(number);
            errors.Add(node.Place, $"'{key}' wants a whole number or a list, such as [cat, dog], not {node.Description}");
        }
        catch (PluginOptionException refusal)
        {
            errors.Add(refusal, node, node.Place);
        }
        return null;
    }
}
