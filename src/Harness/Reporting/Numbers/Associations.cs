namespace Harness.Reporting.Numbers;

/// <summary>Measures of collapse, each set against each measure of something else.</summary>
internal sealed class Associations
{
    private readonly Dictionary<(Reading X, Reading Y), Association> all;

    private Associations(RunView run, IReadOnlyList<Axis> collapse, IReadOnlyList<Axis> against, bool givenAccuracy)
    {
        (Collapse, Against) = (collapse, against);
        all = (from x in collapse from y in against select (x, y)).AsParallel()
            .Select(axes => Association.Of(run, axes.x, axes.y, givenAccuracy)).ToDictionary(a => (a.X.Reading, a.Y.Reading));
    }

    /// <summary>The choices for one axis, the first being chosen when the page opens.</summary>
    public IReadOnlyList<Axis> Collapse { get; }

    /// <summary>The choices for the other.</summary>
    public IReadOnlyList<Axis> Against { get; }

    /// <summary>Collapse against robustness.</summary>
    public static Associations WithRobustness(RunView run) => new(run, Axis.Collapse(run), Axis.Robustness(run), givenAccuracy: true);

    /// <summary>Collapse against generalization.</summary>
    public static Associations WithGeneralization(RunView run) => new(run, Axis.Collapse(run), Axis.Generalization(run), givenAccuracy: false);

    /// <summary>Of two readings; null where either was not measured or is no choice.</summary>
    public Association? Of(Reading x, Reading y) => all.GetValueOrDefault((x, y));
}
