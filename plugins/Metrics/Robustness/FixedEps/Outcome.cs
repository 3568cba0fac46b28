namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What came of all attacks on all images.</summary>
/// <param name="radii">eps, increasing.</param>
/// <param name="images">How many images.</param>
internal sealed class Outcome(IReadOnlyList<double> radii, int images)
{
    private readonly Dictionary<AttackKind, bool[][]> broken = [];
    private readonly Dictionary<AttackKind, bool[][]> brokenAtFirst = [];

    /// <summary>eps, increasing.</summary>
    public IReadOnlyList<double> Radii => radii;

    /// <summary>How many images there are, misclassified ones too.</summary>
    public int Images => images;

    /// <summary>Which images were misclassified before any attack; they count as broken at every radius.</summary>
    public bool[] Misclassified { get; } = new bool[images];

    /// <summary>The least perturbation that breaks an image, as far as attacks that look for it found one; infinite where they did not.</summary>
    public double[] LeastPerturbation { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, images)];

    /// <summary>Of the images classified rightly, those where the gradient of a loss is 0 in every pixel.</summary>
    public Dictionary<Watched, int> ZeroGradients { get; } = [];

    /// <summary>Adversarial images handed back.</summary>
    public int Returned { get; private set; }

    /// <summary>Of those, the ones two batch sizes disagree about.</summary>
    public int Changed { get; private set; }

    /// <summary>Of those, the ones outside the ball or [0,1].</summary>
    public int Outside { get; private set; }

    /// <summary>Makes room for an attack.</summary>
    /// <param name="kind">Which.</param>
    public void Begin(AttackKind kind)
    {
        broken[kind] = [.. radii.Select(_ => new bool[images])];
        brokenAtFirst[kind] = [.. radii.Select(_ => new bool[images])];
    }

    /// <summary>Counts what an attack handed back.</summary>
    /// <param name="verdict">What became of it.</param>
    public void Count(Verdict verdict)
    {
        Returned++;
        if (verdict.Changed) Changed++;
        if (verdict.Outside) Outside++;
    }

    /// <summary>An image is broken at one radius.</summary>
    /// <param name="kind">By which attack.</param>
    /// <param name="radius">Which radius.</param>
    /// <param name="run">Which restart or target.</param>
    /// <param name="image">Which image.</param>
    public void Break(AttackKind kind, int radius, int run, int image)
    {
        broken[kind][radius][image] = true;
        if (run == 0) brokenAtFirst[kind][radius][image] = true;
    }

    /// <summary>An image is broken by a perturbation of some length, and so at every radius from there.</summary>
    /// <param name="kind">By which attack.</param>
    /// <param name="length">Norm of the perturbation.</param>
    /// <param name="run">Which target.</param>
    /// <param name="image">Which image.</param>
    public void BreakBeyond(AttackKind kind, double length, int run, int image)
    {
        LeastPerturbation[image] = Math.Min(LeastPerturbation[image], length);
        for (var r = 0; r < radii.Count; r++)
        {
            if (length <= radii[r]) Break(kind, r, run, image);
        }
    }

    /// <summary>Whether an attack broke an image, in any of its runs.</summary>
    public bool Broke(AttackKind kind, int radius, int image) => broken[kind][radius][image];

    /// <summary>Images that stand at each radius against all of some attacks; at radius 0, which comes first, those classified rightly.</summary>
    /// <param name="kinds">Which attacks.</param>
    /// <param name="firstRunOnly">Whether only the first run of each counts.</param>
    public int[] Standing(IEnumerable<AttackKind> kinds, bool firstRunOnly = false)
    {
        var counted = kinds.Select(k => (firstRunOnly ? brokenAtFirst : broken)[k]).ToArray();
        var right = Enumerable.Range(0, images).Where(i => !Misclassified[i]).ToArray();
        return [right.Length, .. radii.Select((_, r) => right.Count(i => !counted.Any(b => b[r][i])))];
    }

    /// <summary>Images that some attacks together break at some radius and not at a larger one.</summary>
    /// <param name="kinds">Which attacks.</param>
    public int NotMonotone(IReadOnlyList<AttackKind> kinds) => Enumerable.Range(0, images).Count(i =>
        Enumerable.Range(1, radii.Count - 1).Any(r => kinds.Any(k => broken[k][r - 1][i]) && !kinds.Any(k => broken[k][r][i])));
}
