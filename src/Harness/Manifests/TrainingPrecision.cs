namespace Harness.Manifests;

/// <summary>In what numbers a network is trained. Weights, their updates, the loss and all measuring are float32 at least, whatever it says.</summary>
public enum TrainingPrecision
{
    /// <summary>The fastest that was shown to leave every measured quantity where it is, within what another seed moves it: float32, on every device.</summary>
    Auto,

    /// <summary>float32; on a GPU its matrix products as TF32.</summary>
    Float32,

    /// <summary>Convolutions and matrix products of the training steps in bfloat16 (autocast).</summary>
    Bf16,
}

/// <summary>What readers are told of a precision.</summary>
public static class TrainingPrecisionNames
{
    /// <summary>The arithmetic on a kind of device: "float32", "float32 (TF32)", "bf16 (autocast)".</summary>
    /// <param name="precision">As the manifest has it, or what it stands for.</param>
    /// <param name="deviceKind">"cpu" or "cuda".</param>
    public static string On(this TrainingPrecision precision, string deviceKind) =>
        precision == TrainingPrecision.Bf16 ? "bf16 (autocast)" : deviceKind == "cuda" ? "float32 (TF32)" : "float32";
}
