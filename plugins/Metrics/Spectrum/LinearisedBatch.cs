using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>
/// A batch's logits with the graph of their Jacobian: g(a) = Jᵀ a is linear in a, so that differentiating ⟨g(a), v⟩ by a gives J v, and by the weights
/// Σ_ic a_ic ∇²z_ic v, whatever a is (the double-backward trick; Pearlmutter 1994 for the second).
/// </summary>
/// <remarks>
/// By <c>backward</c> into leaves named one by one, never <c>autograd.grad</c>, whose errors, of too little memory too, end the process. A parameter's gradient is taken off it at once.
/// </remarks>
internal sealed class LinearisedBatch : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor logits;
    private readonly Tensor? cotangent;
    private readonly Tensor?[] gradients = [];

    /// <summary>Runs the network forward and, for <see cref="Along"/>, backward. The parameters must have no gradient.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="forward">Logits, n x C.</param>
    /// <param name="weights">a, n x C; null where only <see cref="Transposed"/> is wanted.</param>
    public LinearisedBatch(Parameter[] parameters, Func<Tensor> forward, Tensor? weights)
    {
        this.parameters = parameters;
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        logits = forward();
        if (weights is not null)
        {
            cotangent = weights.to(logits.dtype, copy: true).requires_grad_(true);
            autograd.backward([logits.mul(cotangent).sum()], create_graph: true, inputs: [.. parameters]);
            gradients = [.. parameters.Select(Take)];
            cotangent.DetachFromDisposeScope();
            foreach (var gradient in gradients) gradient?.DetachFromDisposeScope();
        }
        logits.DetachFromDisposeScope();
    }

    /// <summary>J v, n x C, of the network's precision. The caller's dispose scope owns it.</summary>
    /// <param name="direction">v, parameter by parameter.</param>
    public Tensor Along(Tensor[] direction)
    {
        Differentiate(direction, [Cotangent]);
        return Take(Cotangent) ?? zeros_like(logits);
    }

    /// <summary>J v, and Σ_ic a_ic ∇²z_ic v parameter by parameter, null where it is 0. The caller's dispose scope owns them.</summary>
    /// <param name="direction">v, parameter by parameter.</param>
    public (Tensor Along, Tensor?[] SecondOrder) AlongTwice(Tensor[] direction)
    {
        Differentiate(direction, [Cotangent, .. parameters]);
        return (Take(Cotangent) ?? zeros_like(logits), [.. parameters.Select(Take)]);
    }

    /// <summary>Jᵀ s parameter by parameter, null where it is 0. The caller's dispose scope owns it.</summary>
    /// <param name="slopes">s, n x C.</param>
    public Tensor?[] Transposed(Tensor slopes)
    {
        autograd.backward([logits], [slopes], retain_graph: true, inputs: [.. parameters]);
        return [.. parameters.Select(Take)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        logits.Dispose();
        cotangent?.Dispose();
        foreach (var gradient in gradients) gradient?.Dispose();
    }

    private Tensor Cotangent => cotangent ?? throw new InvalidOperationException("This batch was run forward only; it has no graph of its Jacobian.");

    private void Differentiate(Tensor[] direction, IList<Tensor> by)
    {
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        var terms = gradients.Zip(direction).Where(p => p.First is not null).Select(p => p.First!.mul(p.Second).sum()).ToArray();
        autograd.backward([stack(terms).sum()], retain_graph: true, inputs: by);
    }

    private static Tensor? Take(Tensor leaf)
    {
        var gradient = leaf.grad;
        leaf.grad = null;
        return gradient;
    }
}
