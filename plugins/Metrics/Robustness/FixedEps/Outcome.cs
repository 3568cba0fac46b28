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

    /// <summary>Of the others, those where the gradient of a loss is 0 in every pixel, by the name of the loss.</summary>
    public Dictionary<string, int> ZeroGradients { get; } = [];

    /// <summary>Adversarial images handed back.</summary>
    public int Returned { get; private set; }

    /// <summary>Of those, the ones two batch sizes disagree about.</summary>
    public int Changed { get; private set; }

    /// <summary>Of those, the ones outside the ball or [0,1].</summary>
    public int Outside { get; private set; }

    /// <summary>The attacks that ran.</summary>
    public IEnumerable<AttackKind> Kinds => broken.Keys;

    /// <summary>Makes room for an attack that runs.</summary>
    /// <param name="kind">Which.</param>
    public void Begin(AttackKind kind)
    {
        broken[kind] = [.. radii.Select(_ => new bool[images])];
        brokenAtFirst[kind] = [.. radii.Select(_ => new bool[images])];
    }

    /// <summary>Takes a verdict on one image.</summary>
    /// <param name="kind">Which attack.</param>
    /// <param name="radius">Which radius.</param>
    /// <param name="run">Which restart or target.</param>
    /// <param name="image">Which image.</param>
    /// <param name="verdict">What became of it.</param>
    public void Add(AttackKind kind, int radius, int run, int image, Verdict verdict)
    {
        Returned++;
        if (verdict.Changed) Changed++;
        if (verdict.Outside) Outside++;
        if (!verdict.Broken) return;
        broken[kind][radius][image] = true;
        if (run == 0) brokenAtFirst[kind][radius][image] = true;
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

    /// <summary>Pairs of an attack and an image that is broken at some radius and stands at a larger one.</summary>
    public int NotMonotone() => Kinds.Sum(kind => Enumerable.Range(0, images).Count(i =>
        Enumerable.Range(1, radii.Count - 1).Any(r => broken[kind][r - 1][i] && !broken[kind][r][i])));
}
