using System.Collections.Concurrent;
using Harness;
using Harness.Results;

namespace Testing;

/// <summary>
/// A run of the paper's size that never was: 21 pairs of architecture and data set, 3 seeds, 350 epochs of which the paper's 50 are measured, with correlations of known truth planted in NC1, the DeepFool radius and
/// test accuracy. Across pairs the three are normal variables, collapse and robustness hanging on accuracy alone; within a terminal phase the radius follows collapse with noise.
/// </summary>
public static class SyntheticPaper
{
    /// <summary>First epoch of every cell's terminal phase, from which 24 epochs are measured.</summary>
    public const int TerminalPhaseEpoch = 45;

    /// <summary>Pearson correlation across pairs of accuracy with collapse, and of accuracy with robustness.</summary>
    public const double WithAccuracy = 0.85;

    /// <summary>Pearson correlation of collapse and the radius along a terminal phase.</summary>
    public const double Within = 0.6;

    /// <summary>The paper's measured epochs, as the authors' notebook has them.</summary>
    public static IReadOnlyList<int> MeasuredEpochs { get; } =
    [
        .. Enumerable.Range(1, 14), 16, 17, 19, 20, 22, 24, 27, 29, 32, 35, 38, 42, 45, 50, 54, 59, 65, 71, 77, 85, 92, 101, 110, 121, 132, 144, 158, 172, 188, 206, 225, 245, 268, 293, 320, 350,
    ];

    /// <summary>Spearman's rho of two normal variables of Pearson correlation r: (6/π) asin(r/2) (Pearson 1907).</summary>
    public static double Spearman(double r) => 6 / Math.PI * Math.Asin(r / 2);

    /// <summary>Its mean over samples of n: 6/(π(n + 1)) (asin r + (n − 2) asin(r/2)) (Moran 1948).</summary>
    public static double MeanSpearman(double r, int n) => 6 / (Math.PI * (n + 1)) * (Math.Asin(r) + (n - 2) * Math.Asin(r / 2));

    /// <summary>The run.</summary>
    /// <param name="quantities">The declared quantities, among them those of <see cref="SyntheticQuantities"/>.</param>
    /// <param name="seeds">Seeds of each pair.</param>
    public static SyntheticRun Run(IReadOnlyList<QuantityRecord> quantities, int seeds = 3) => new()
    {
        Datasets = ["mnist", "fashion-mnist", "svhn", "cifar10", "cifar100", "stl10", "imagenet"],
        Seeds = seeds,
        Epochs = 350,
        TerminalPhaseEpoch = TerminalPhaseEpoch,
        MeasuredEpochs = MeasuredEpochs,
        Quantities = quantities,
        Values = (id, split, epoch, place) => Value(id, split, epoch, place, place / seeds),
    };

    private static readonly ConcurrentDictionary<int, double> Scores = [];

    private static readonly double TerminalPhase = Math.Log(TerminalPhaseEpoch) / Math.Log(350);

    private static double Value(string id, Split? split, int epoch, int place, int pair)
    {
        var random = new Seed(3).Derive("pair", pair).Random();
        var accuracy = Normal(random);
        var collapse = WithAccuracy * accuracy + Math.Sqrt(1 - WithAccuracy * WithAccuracy) * Normal(random);
        var robustness = WithAccuracy * accuracy + Math.Sqrt(1 - WithAccuracy * WithAccuracy) * Normal(random);
        var way = Math.Log(epoch) / Math.Log(350);
        return (id, split) switch
        {
            ("neural-collapse/nc1", Split.Train) => Math.Exp(1.5 - 5 * way - 0.8 * collapse * Math.Min(1, way + 0.2) + 0.1 * Noise("collapse", place)),
            ("robustness/deepfool.relative-radius", _) => 0.03 + Math.Min(1, way / TerminalPhase) * (0.074 + 0.006 * robustness) + 0.0004 * Noise("radius", place) + (epoch < TerminalPhaseEpoch ? 0 : Wave(epoch, place)),
            ("generalization/accuracy", Split.Test) => 0.9 + 0.02 * accuracy - 0.45 * Math.Exp(-epoch / 9.0) + 0.004 * way + 0.0005 * Noise("accuracy", place) + 0.0004 * Noise("accuracy", place, epoch),
            _ => SyntheticRun.Value(id, split, epoch, place),
        };
    }

    // NC1 falls at every epoch, so its ranks are those of the epochs; the radius follows their normal scores with noise, and nothing else moves it within the terminal phase.
    private static double Wave(int epoch, int place)
    {
        var terminal = MeasuredEpochs.Where(e => e >= TerminalPhaseEpoch).ToArray();
        return 0.002 * (Within * Scores.GetOrAdd(epoch, _ => NormalScore((Array.IndexOf(terminal, epoch) + 0.625) / (terminal.Length + 0.25))) + Math.Sqrt(1 - Within * Within) * Noise("wave", place, epoch));
    }

    private static double Noise(string purpose, int place, int epoch = 0) => Normal(new Seed(4).Derive(purpose, place * 1000L + epoch).Random());

    // Box and Muller 1958.
    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The standard normal's quantile, by bisection of its distribution, which Simpson's rule integrates.</summary>
    private static double NormalScore(double share)
    {
        var (low, high) = (-8.0, 8.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Distribution(middle) < share ? (middle, high) : (low, middle);
        }
        return low;
    }

    private static double Distribution(double x)
    {
        const int Steps = 64;
        var step = x / Steps;
        var sum = Enumerable.Range(0, Steps + 1).Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * step * i * step / 2));
        return 0.5 + sum * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
