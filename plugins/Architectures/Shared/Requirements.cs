using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Harness.Architectures;

/// <summary>Checks that a network can be built before any of it is.</summary>
internal static class Requirements
{
    /// <summary>Checks options against their own validation attributes, for those who build a network without a manifest.</summary>
    /// <param name="options">The options record.</param>
    /// <exception cref="PluginOptionException">An option's value is not allowed; names the first such option.</exception>
    public static void CheckOptions(object options)
    {
        var wrong = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)) return;
        var option = JsonNamingPolicy.CamelCase.ConvertName(wrong[0].MemberNames.FirstOrDefault(""));
        throw new PluginOptionException(option, wrong[0].ErrorMessage!);
    }

    /// <summary>Checks images and classes.</summary>
    /// <param name="input">Shape of one image.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="smallestSide">The height and width in pixels that the network's down-sampling needs.</param>
    /// <param name="why">What needs them: "the five poolings of VGG".</param>
    /// <exception cref="PluginOptionException">The images are too small or have no channel, or there are fewer than 2 classes.</exception>
    public static void CheckTask(ImageShape input, int classes, int smallestSide, string why)
    {
        if (classes < 2) throw new PluginOptionException("", $"A classifier needs at least 2 classes; the data set has {classes}.");
        if (input.Channels < 1) throw new PluginOptionException("", $"Images need at least 1 channel; these are {input}.");
        if (Math.Min(input.Height, input.Width) < smallestSide)
        {
            throw new PluginOptionException(
                "", $"Images of {input} are too small for {why}: set padTo: {smallestSide} on the data set, or more.");
        }
    }
}
