namespace Harness.Training;

/// <summary>The device that a cell is to run on cannot be used.</summary>
/// <param name="sentence">What is wrong and what would help.</param>
public sealed class DeviceException(string sentence) : Exception(sentence);
