using System.Globalization;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>A few attacked images beside the clean ones, for people to look at.</summary>
/// <param name="shape">Shape of every image.</param>
/// <param name="wanted">How many are shown, as far as a report's room goes.</param>
internal sealed class Examples(ImageShape shape, int wanted)
{
    /// <summary>What a report of pictures may hold, in bytes, and how many of them make a row.</summary>
    private const int Room = 1 << 20, Together = 3;

    private readonly int most = Math.Min(wanted, Room / (Together * shape.Bytes));
    private readonly List<PictureRow> rows = [];

    /// <summary>Its declaration.</summary>
    public static Quantity Quantity { get; } = new()
    {
        Name = "deepfool.examples",
        Title = "Images led away by DeepFool",
        Formula = "x, x + r clipped to [0,1], and ½ + a r, where a is the largest of 1, 2, 5, 10, 20 .. that leaves nothing to clip; pictures, at both ends of the terminal phase",
        Source = "Moosavi-Dezfooli, Fawzi and Frossard 2016 (arXiv:1511.04599), figure 1",
    };

    /// <summary>Takes as many of a batch as are still wanted.</summary>
    /// <param name="attacked">The batch.</param>
    /// <param name="labels">The images' true labels.</param>
    public void Add(Attacked attacked, int[] labels)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < labels.Length && rows.Count < most; i++)
        {
            var (clean, adversarial) = (attacked.Original[i], attacked.Adversarial[i]);
            var moved = adversarial.sub(clean);
            var (predicted, led) = (attacked.Predicted[i].item<long>(), attacked.Led[i].item<long>());
            var factor = Amplification(moved.abs().max().item<float>());
            var radius = moved.to(ScalarType.Float64).square().sum().sqrt().item<double>();
            rows.Add(new(
                Invariant($"label {labels[i]}, predicted {predicted} → {led}{(predicted == led ? ", not broken" : "")}, ‖r‖₂ = {radius:G3} pixels"),
                [
                    Picture.Of("clean", clean),
                    Picture.Of("adversarial", adversarial),
                    Picture.Of(Invariant($"perturbation × {factor:G}"), moved.mul(factor).add(0.5)),
                ]));
        }
    }

    /// <summary>Reports what there is; nothing where none is wanted.</summary>
    /// <param name="sink">Receives it.</param>
    public void Report(IMeasurementSink sink)
    {
        if (rows.Count > 0) sink.Pictures(Quantity, Split.Test, rows);
    }

    /// <summary>The largest of 1, 2 and 5 times a power of ten by which a change of <paramref name="largest"/> stays within half the range; 1 where nothing changed.</summary>
    private static double Amplification(double largest)
    {
        if (!(largest > 0) || !double.IsFinite(largest)) return 1;
        var most = 0.5 / largest;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
