namespace Harness;

/// <summary>
/// Thrown by a plugin whose options do not go together with each other or with the input, where no validation attribute can say so (a depth
/// that does not exist, an image too small for five poolings).
/// </summary>
/// <param name="option">The option at fault as the manifest spells it, or an empty string where it is not one option.</param>
/// <param name="sentence">What is wrong and what would be right, as a sentence its user can act on.</param>
public sealed class PluginOptionException(string option, string sentence) : Exception(sentence)
{
    /// <summary>The option at fault as the manifest spells it; empty where it is not one option.</summary>
    public string Option { get; } = option;

    /// <summary>Where the option is a list, the place in it of the item at fault, from 0; else null.</summary>
    public int? Item { get; init; }

    /// <summary>Where what is written there is a name that is not known, those that are: the host says the nearest. Else empty.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];
}
