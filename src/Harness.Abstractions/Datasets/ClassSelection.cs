using System.Globalization;
using System.Text.Json.Serialization;

namespace Harness;

/// <summary>
/// Some of a data set's classes, as a manifest writes them: <c>classes: 10</c> for the first so many, <c>classes: [cat, dog]</c> for those named. Labels 0, 1, ... follow the
/// order of the list. The host applies it to every data set; a plugin that would rather not even list the other classes declares an option <c>Classes</c> of this type.
/// </summary>
[JsonConverter(typeof(ClassSelectionJson))]
public sealed class ClassSelection : IEquatable<ClassSelection>
{
    /// <summary>What manifests call the option.</summary>
    public const string Option = "classes";

    private ClassSelection(int number, IReadOnlyList<string>? names) => (Number, Names) = (number, names);

    /// <summary>How many classes, at least 2.</summary>
    public int Number { get; }

    /// <summary>What they are called, in label order, or null where they are the first <see cref="Number"/>.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The first so many classes.</summary>
    /// <param name="number">How many, at least 2.</param>
    /// <exception cref="PluginOptionException">They are fewer.</exception>
    public static ClassSelection First(int number) => number >= 2
        ? new(number, null)
        : throw new PluginOptionException(Option, Text($"'{Option}' is {number}, and a classifier needs at least 2."));

    /// <summary>The classes of a list.</summary>
    /// <param name="names">Names or numbers of classes, at least 2, each once.</param>
    /// <exception cref="PluginOptionException">They are fewer, or one is there twice.</exception>
    public static ClassSelection Of(params IReadOnlyList<string> names)
    {
        if (names.Count < 2) throw new PluginOptionException(Option, Text($"'{Option}' names {names.Count}, and a classifier needs at least 2."));
        foreach (var (place, name) in names.Index())
            if (names.Take(place).Contains(name)) throw new PluginOptionException(Option, $"'{Option}' names '{name}' a second time.") { Item = place };
        return new(names.Count, [.. names]);
    }

    /// <summary>Which of a data set's classes these are.</summary>
    /// <param name="classes">Names of all its classes, in label order.</param>
    /// <returns>Their labels in it, in the order of the new labels. An entry of the list is a name, or, where no class has it, a class's number from 0.</returns>
    /// <exception cref="PluginOptionException">The set has fewer classes, or none of that name, or two entries mean the same.</exception>
    public IReadOnlyList<int> Choose(IReadOnlyList<string> classes)
    {
        if (Names is null)
        {
            return Number <= classes.Count
                ? [.. Enumerable.Range(0, Number)]
                : throw new PluginOptionException(Option, Text($"'{Option}' is {Number}, and there are {classes.Count}."));
        }
        var chosen = new List<int>();
        foreach (var (place, name) in Names.Index())
        {
            var label = Find(name, classes, place);
            if (chosen.IndexOf(label) is var twin and >= 0)
                throw new PluginOptionException(Option, $"'{Option}' names '{Names[twin]}' and '{name}', which are the same class.") { Item = place };
            chosen.Add(label);
        }
        return chosen;
    }

    /// <inheritdoc/>
    public bool Equals(ClassSelection? other) => other is not null && Number == other.Number && (Names ?? []).SequenceEqual(other.Names ?? []);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassSelection);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Names?[0]);

    /// <summary>As a sentence says it: "the first 10 classes", "classes cat, dog".</summary>
    public override string ToString() => Names is null ? Text($"the first {Number} classes") : $"classes {string.Join(", ", Names)}";

    private static int Find(string name, IReadOnlyList<string> classes, int place)
    {
        for (var label = 0; label < classes.Count; label++)
            if (classes[label] == name) return label;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new PluginOptionException(Option, $"'{Option}' names '{name}', which is no class here.") { Item = place, Known = classes };
        return number < classes.Count
            ? number
            : throw new PluginOptionException(Option, Text($"'{Option}' names '{name}', which is no class here: they are numbered 0 to {classes.Count - 1}.")) { Item = place };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
