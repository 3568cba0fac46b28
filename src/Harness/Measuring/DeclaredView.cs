using TorchSharp;

namespace Harness.Measuring;

/// <summary>A snapshot as one metric sees it: what its card does not ask for is refused, so that cards stay true.</summary>
/// <param name="whole">The snapshot.</param>
/// <param name="metric">The metric's name, for the message.</param>
/// <param name="declared">What its card needs or uses.</param>
/// <param name="history">What was reported at earlier epochs.</param>
internal sealed class DeclaredView(Snapshot whole, string metric, MetricNeeds declared, MeasurementHistory history) : Snapshot
{
    public override int Epoch => whole.Epoch;

    public override bool AtEnds => whole.AtEnds;

    public override int Classes => whole.Classes;

    public override Seed Seed => whole.Seed;

    public override CancellationToken Cancellation => whole.Cancellation;

    public override torch.Device Device => whole.Device;

    public override LinearHead Head => whole.Head;

    public override bool Has(MetricNeeds what) => Declared(what) && whole.Has(what);

    public override ITrainedNetwork Network => Declared(MetricNeeds.Network) ? whole.Network : throw Refusal("the network", MetricNeeds.Network);

    public override FeatureSet OutOfDistribution =>
        Declared(MetricNeeds.OutOfDistribution) ? whole.OutOfDistribution : throw Refusal("images out of distribution", MetricNeeds.OutOfDistribution);

    public override IReadOnlyList<EpochValue> Earlier(Quantity quantity, Split? split) => history.Of(metric, quantity.Name, split);

    public override FeatureSet Features(Split split)
    {
        var need = split == Split.Train ? MetricNeeds.TrainFeatures : MetricNeeds.TestFeatures;
        return Declared(need) ? whole.Features(split) : throw Refusal($"{split} features", need);
    }

    private bool Declared(MetricNeeds need) => (declared & need) == need;

    private InvalidOperationException Refusal(string what, MetricNeeds need) =>
        new($"Metric '{metric}' asks for {what}, but its card does not declare MetricNeeds.{need}.");
}
