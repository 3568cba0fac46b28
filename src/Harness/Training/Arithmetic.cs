namespace Harness.Training;

/// <summary>The arithmetic of a training, as results and keys name it.</summary>
public static class Arithmetic
{
    /// <summary>What matrix products and convolutions are computed in.</summary>
    /// <param name="deviceKind">"cpu" or "cuda".</param>
    public static string Of(string deviceKind) => deviceKind == "cuda" ? "float32 (TF32)" : "float32";
}
