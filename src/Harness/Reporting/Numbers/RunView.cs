using Harness.Manifests;
using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A run as the report reads it: the matrix with its labels in the plan's order.</summary>
internal sealed class RunView
{
    private readonly HashSet<int> passedOver;
    private readonly Lazy<Associations> robustness, generalization;
    private readonly Lazy<Summary> summary;

    /// <summary>Puts a run together.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="environment">Where it ran, if that is known.</param>
    /// <param name="cells">Its cells, in the plan's order.</param>
    public RunView(PlanRecord plan, EnvironmentRecord? environment, IReadOnlyList<CellView> cells)
    {
        (Plan, Environment, Cells) = (plan, environment, cells);
        Sweeps = SweepChoice.Of(Cells);
        passedOver = [.. Sweeps.SelectMany(s => s.Rates.Where(r => r != s.Chosen)).SelectMany(r => r.Seeds).Select(c => c.Place)];
        Matrix = [.. Cells.Where(c => !passedOver.Contains(c.Place))];
        Architectures = [.. cells.Select(c => c.Spec.Architecture.Label).Distinct()];
        Datasets = [.. cells.Select(c => c.Spec.Dataset.Label).Distinct()];
        Pairs =
        [
            .. from d in Datasets
               from a in Architectures
               let seeds = At(a, d)
               where seeds.Count > 0
               select new Pair(a, d, seeds),
        ];
        Figures = FigureView.Of(plan.Quantities, Cells);
        robustness = new(() => Associations.WithRobustness(this));
        generalization = new(() => Associations.WithGeneralization(this));
        summary = new(() => Summary.Of(this));
    }

    /// <summary>The plan.</summary>
    public PlanRecord Plan { get; }

    /// <summary>The machine and the versions; null where the run has not got so far.</summary>
    public EnvironmentRecord? Environment { get; }

    /// <summary>Every cell, in the plan's order.</summary>
    public IReadOnlyList<CellView> Cells { get; }

    /// <summary>The learning rates that were swept, and which is chosen.</summary>
    public IReadOnlyList<SweepChoice> Sweeps { get; }

    /// <summary>The cells the matrix is made of, in the plan's order: of a sweep those of the chosen rate alone.</summary>
    public IReadOnlyList<CellView> Matrix { get; }

    /// <summary>Rows of the matrix.</summary>
    public IReadOnlyList<string> Architectures { get; }

    /// <summary>Columns of the matrix.</summary>
    public IReadOnlyList<string> Datasets { get; }

    /// <summary>The places of the matrix that have cells, by data set.</summary>
    public IReadOnlyList<Pair> Pairs { get; }

    /// <summary>The numbers of the verdict.</summary>
    public Summary Summary => summary.Value;

    /// <summary>Collapse set against robustness.</summary>
    public Associations Robustness => robustness.Value;

    /// <summary>Collapse set against generalization.</summary>
    public Associations Generalization => generalization.Value;

    /// <summary>The declared figures, the paper's own first.</summary>
    public IReadOnlyList<FigureView> Figures { get; }

    /// <summary>The seeds of one place of the matrix; empty where the plan has none there, or a sweep has chosen none.</summary>
    public IReadOnlyList<CellView> At(string architecture, string dataset) =>
        [.. Matrix.Where(c => c.Spec.Architecture.Label == architecture && c.Spec.Dataset.Label == dataset)];

    /// <summary>The sweep of one place of the matrix, or null.</summary>
    public SweepChoice? SweepAt(string architecture, string dataset) => Sweeps.FirstOrDefault(s => s.Architecture == architecture && s.Dataset == dataset);

    /// <summary>What stands at a place of the matrix that has no cell.</summary>
    public string Absence(string architecture, string dataset) => SweepAt(architecture, dataset) switch
    {
        null => "not in the plan",
        { Provisional: true } => "no learning rate chosen yet",
        _ => "no learning rate ran to its end",
    };

    /// <summary>Whether a cell has a rate of a sweep that is not the chosen one.</summary>
    public bool IsPassedOver(CellView cell) => passedOver.Contains(cell.Place);

    /// <summary>A data set's title; its label where that says more, as in "glyphs-hard".</summary>
    public string Title(string dataset) => Plan.DatasetTitles.GetValueOrDefault(dataset, dataset);

    /// <summary>A cell's name for people: "ResNet18 on MNIST, seed 0", and in a sweep "ResNet18 on MNIST, seed 0, learning rate 0.06786".</summary>
    public string Name(CellView cell)
    {
        var spec = cell.Spec;
        return $"{spec.Architecture.Label} on {Title(spec.Dataset.Label)}, seed {spec.Seed}{(spec.Swept ? $", learning rate {SweepRates.Label(spec.Training.LearningRate)}" : "")}";
    }
}
