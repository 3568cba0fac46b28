using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AttackedCollapse;

/// <summary>Features taken class by class, by whatever says the class of each.</summary>
internal sealed class ClassGroups
{
    private readonly Tensor features;
    private readonly Tensor classOf;
    private readonly int classes;

    /// <summary>Groups features. The caller's dispose scope owns what is made.</summary>
    /// <param name="features">h, n x p, float64.</param>
    /// <param name="classOf">The class of each, n, int64.</param>
    /// <param name="classes">C.</param>
    public ClassGroups(Tensor features, Tensor classOf, int classes)
    {
        this.features = features;
        this.classOf = classOf;
        this.classes = classes;
        var member = nn.functional.one_hot(classOf, classes).to(ScalarType.Float64);
        var counts = member.sum([0L]);
        Present = counts.gt(0);
        Means = member.t().mm(features).div(counts.clamp_min(1).unsqueeze(1));
    }

    /// <summary>Which classes have images, C, bool.</summary>
    public Tensor Present { get; }

    /// <summary>μ_c, C x p; 0 where a class has no image.</summary>
    public Tensor Means { get; }

    /// <summary>Tr(Σ_W Σ_B⁺)/C over the classes that have images; NaN where fewer than two have, or their means do not differ.</summary>
    public double Nc1()
    {
        using var scope = NewDisposeScope();
        var means = Means.index_select(0, Present.nonzero().squeeze(1));
        if (means.shape[0] < 2) return double.NaN;
        var directions = MeanDirections.Of(means, means.sub(means.mean([0L], true)));
        if (directions.Rank == 0) return double.NaN;
        var averages = new ClassAverages(classes, 1);
        averages.Add(classOf, features.sub(Means.index_select(0, classOf)).mm(directions.Whitening).square().sum(1));
        return averages.Of(0).Where(v => !double.IsNaN(v)).Average();
    }

    /// <summary>Ave_c cos(μ_c − μ_G, μ′_c − μ′_G) over the classes that have images in both; NaN where fewer than two have.</summary>
    /// <param name="other">Groups of other features.</param>
    public double Agreement(ClassGroups other)
    {
        using var scope = NewDisposeScope();
        var both = Present.logical_and(other.Present).nonzero().squeeze(1);
        return both.shape[0] < 2 ? double.NaN : nn.functional.cosine_similarity(Centred(Means), Centred(other.Means), 1).mean().cpu().item<double>();

        Tensor Centred(Tensor means)
        {
            var chosen = means.index_select(0, both);
            return chosen.sub(chosen.mean([0L], true));
        }
    }

    /// <summary>The class whose mean lies nearest to each of some features, n, int64. The caller's dispose scope owns it.</summary>
    /// <param name="others">n x p, float64.</param>
    public Tensor Nearest(Tensor others)
    {
        using var scope = NewDisposeScope();
        // Measured from the middle of the means, so that no large numbers cancel; ‖h‖² is every class's.
        var middle = Means.mean([0L], true);
        var centred = Means.sub(middle);
        var score = others.sub(middle).mm(centred.t()).sub(centred.square().sum(1).div(2));
        return score.masked_fill(Present.logical_not(), double.NegativeInfinity).argmax(1).MoveToOuterDisposeScope();
    }
}
