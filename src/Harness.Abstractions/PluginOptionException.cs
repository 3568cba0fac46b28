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
}
