using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>The Jacobian of a network's logits by all of its weights, and the Hessian of its loss, by double backward passes.</summary>
/// <remarks>
/// The loss is Ave_i ln Σ_c exp(z_c − z_y), without weight decay, in eval mode. Gradients the parameters have are set aside, and given back on disposal; which of them
/// want one is not touched. What a sure network's loss underflows to in float32 is had in float64 from the logits, and scaled before it goes through the network.
/// </remarks>
internal sealed class WholeNetwork : IJacobian, IDisposable
{
    private readonly ITrainedNetwork network;
    private readonly ImageSet images;
    private readonly int[][] batches;
    private readonly CancellationToken cancellation;
    private readonly Parameter[] parameters;
    private readonly Tensor?[] found;
    private readonly Tensor residual;
    private readonly double residualScale;
    private LinearisedBatch? held;

    /// <summary>Runs the network once over the images. The caller's dispose scope owns what it makes.</summary>
    /// <param name="network">In eval mode.</param>
    /// <param name="chosen">Which training images, N.</param>
    /// <param name="batchSize">How many in a pass. Where one batch holds all, its graph is kept until disposal.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="cancellation">Checked at each batch.</param>
    public WholeNetwork(ITrainedNetwork network, int[] chosen, int batchSize, Device device, CancellationToken cancellation)
    {
        (this.network, this.cancellation, Device) = (network, cancellation, device);
        images = network.Images(Split.Train);
        batches = [.. chosen.Chunk(batchSize)];
        parameters = [.. network.Classifier.parameters().Where(p => p.requires_grad)];
        if (parameters.Length == 0) throw new InvalidOperationException("The network has no weights that are trained, so its loss has no Hessian.");
        Dimension = parameters.Sum(p => p.numel());
        Precision = parameters[0].dtype;
        Curvature = new(Logits(), tensor(chosen.Select(i => (long)images.Labels[i]).ToArray(), ScalarType.Int64, device));
        residual = Curvature.Residual();
        residualScale = residual.abs().max().ToDouble();
        if (residualScale > 0) residual.div_(residualScale);
        found = [.. parameters.Select(p => p.grad?.DetachFromDisposeScope())];
        foreach (var parameter in parameters) parameter.grad = null;
    }

    /// <summary>P, over the parameters that are trained, in the network's order.</summary>
    public long Dimension { get; }

    public ScalarType Precision { get; }

    public Device Device { get; }

    /// <summary>What the loss makes of the logits.</summary>
    public LogitCurvature Curvature { get; }

    public Tensor Apply(Tensor direction)
    {
        using var scope = NewDisposeScope();
        var parts = Parted(direction);
        return cat([.. Graphs(linear: true).Select(g => g.Batch.Along(parts).to(ScalarType.Float64))]).MoveToOuterDisposeScope();
    }

    public Tensor Transposed(Tensor slopes)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(Dimension, ScalarType.Float64, Device);
        var scale = slopes.abs().max().ToDouble();
        if (scale > 0)
        {
            var scaled = slopes.div(scale).to(Precision);
            foreach (var (batch, start, count) in Graphs(linear: false)) Add(sum, batch.Transposed(scaled.narrow(0, start, count)));
        }
        return sum.mul_(scale).MoveToOuterDisposeScope();
    }

    /// <summary>J v, and what the curvature of the logits adds to the Hessian's product with v, Σ_ic ((p − e_y)_ic/N) ∇²z_ic v.</summary>
    /// <param name="direction">v, P.</param>
    /// <returns>N x C and P, float64. The caller's dispose scope owns them.</returns>
    public (Tensor Along, Tensor SecondOrder) ApplyTwice(Tensor direction)
    {
        using var scope = NewDisposeScope();
        var parts = Parted(direction);
        var along = new List<Tensor>();
        var sum = zeros(Dimension, ScalarType.Float64, Device);
        foreach (var (batch, _, _) in Graphs(linear: true))
        {
            var (of, second) = batch.AlongTwice(parts);
            along.Add(of.to(ScalarType.Float64));
            Add(sum, second);
        }
        return (cat(along).MoveToOuterDisposeScope(), sum.mul_(residualScale).MoveToOuterDisposeScope());
    }

    /// <summary>The Hessian of the loss times a vector.</summary>
    /// <param name="direction">v, P.</param>
    /// <returns>P, float64. The caller's dispose scope owns it.</returns>
    public Tensor Hessian(Tensor direction)
    {
        using var scope = NewDisposeScope();
        var (along, second) = ApplyTwice(direction);
        return second.add_(Transposed(Curvature.Apply(along, Parts.All))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held?.Dispose();
        foreach (var (parameter, gradient) in parameters.Zip(found))
        {
            parameter.grad = gradient;
            gradient?.Dispose();
        }
    }

    private Tensor Logits()
    {
        using var noGradients = no_grad();
        return cat([.. batches.Select(batch =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            return Forward(batch).to(ScalarType.Float64).MoveToOuterDisposeScope();
        })]);
    }

    private Tensor Forward(int[] batch) => network.Classifier.forward(network.Standardise(images.Pixels(batch)).to(Precision));

    private IEnumerable<(LinearisedBatch Batch, long Start, long Count)> Graphs(bool linear)
    {
        long start = 0;
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            var whole = batches.Length == 1;
            // A kept graph asks the host for nothing, and a cell that asks for nothing for long is taken for hung: an image read is a sign of life.
            if (held is not null) images.Pixels(batch.AsSpan(0, 1)).Dispose();
            var graph = held ?? new(parameters, () => Forward(batch), linear || whole ? residual.narrow(0, start, batch.Length) : null);
            if (whole) held = graph;
            try
            {
                yield return (graph, start, batch.Length);
            }
            finally
            {
                if (!whole) graph.Dispose();
            }
            start += batch.Length;
        }
    }

    private Tensor[] Parted(Tensor direction)
    {
        var parts = new Tensor[parameters.Length];
        var whole = direction.to(Precision);
        long start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = whole.narrow(0, start, parameters[i].numel()).view(parameters[i].shape);
            start += parameters[i].numel();
        }
        return parts;
    }

    private void Add(Tensor sum, Tensor?[] parts)
    {
        long start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var count = parameters[i].numel();
            if (parts[i] is { } part) sum.narrow(0, start, count).add_(part.flatten());
            parts[i]?.Dispose();
            start += count;
        }
    }
}
