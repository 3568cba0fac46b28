namespace Harness;

/// <summary>Pictures that stand side by side, such as an image, what an attack made of it, and the difference.</summary>
/// <param name="Caption">What is to be said of all of them: "label 7, predicted 7 → 3, ‖r‖₂ = 0.83 pixels".</param>
/// <param name="Pictures">From left to right.</param>
public sealed record PictureRow(string Caption, IReadOnlyList<Picture> Pictures);
