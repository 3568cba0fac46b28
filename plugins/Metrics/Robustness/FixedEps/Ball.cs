using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>The images that an attack may make of one: within a radius of it, and in [0,1].</summary>
/// <param name="Norm">What the radius is of.</param>
/// <param name="Radius">eps, in pixels of [0,1].</param>
internal sealed record Ball(Norm Norm, double Radius)
{
    /// <summary>Leaves room for the rounding of a float64 norm.</summary>
    private const double Inside = 1 - 1e-12;

    /// <summary>Takes images back into the ball, to the last bit: what comes out passes <see cref="Contains"/>.</summary>
    /// <param name="pixels">The centres, n x C x H x W, float32, in [0,1].</param>
    /// <param name="moved">Where an attack wants to be, of the same shape, float32 or float64.</param>
    /// <returns>float32; in L∞ the nearest image allowed, in L2 the one on the way there, clipped.</returns>
    public Tensor Project(Tensor pixels, Tensor moved)
    {
        using var scope = NewDisposeScope();
        var centre = pixels.to(ScalarType.Float64);
        var offset = Bounded(moved.to(ScalarType.Float64).sub(centre));
        var target = centre.add(offset).clamp(0, 1).to(ScalarType.Float32);
        // Rounding to float32 may lead outwards; the next float towards the centre is inside again.
        var beyond = target.to(ScalarType.Float64).sub(centre).abs().gt(offset.abs());
        return nextafter(target, pixels).where(beyond, target).MoveToOuterDisposeScope();
    }

    /// <summary>Whether images lie in the ball and in [0,1], without a tolerance.</summary>
    /// <param name="pixels">The centres.</param>
    /// <param name="moved">The images, of the same shape, float32.</param>
    /// <returns>n, bool. An image with a NaN lies outside.</returns>
    public Tensor Contains(Tensor pixels, Tensor moved)
    {
        using var scope = NewDisposeScope();
        var near = SizeOf(moved.to(ScalarType.Float64).sub(pixels.to(ScalarType.Float64))).le(Radius);
        var flat = moved.flatten(1);
        return near.logical_and(flat.ge(0).all(1)).logical_and(flat.le(1).all(1)).MoveToOuterDisposeScope();
    }

    /// <summary>The direction of norm 1 in which a linear function with these gradients rises fastest; 0 where the gradient is 0 or not finite.</summary>
    /// <param name="gradients">n x C x H x W.</param>
    /// <returns>float64, of the same shape.</returns>
    public Tensor Steepest(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        var wide = gradients.to(ScalarType.Float64);
        var direction = Norm == Norm.Linf ? wide.sign() : wide.div(PerImage(wide.flatten(1).square().sum(1).sqrt()));
        var usable = wide.flatten(1).ne(0).any(1).logical_and(wide.flatten(1).isfinite().all(1));
        return direction.where(PerImage(usable), zeros_like(direction)).MoveToOuterDisposeScope();
    }

    /// <summary>The norm of each perturbation.</summary>
    /// <param name="offsets">n x C x H x W, float64.</param>
    /// <returns>n, float64.</returns>
    public Tensor SizeOf(Tensor offsets) =>
        Norm == Norm.Linf ? offsets.flatten(1).abs().amax([1]) : offsets.flatten(1).square().sum(1).sqrt();

    /// <summary>One number an image, in a shape that multiplies images.</summary>
    /// <param name="values">n.</param>
    public static Tensor PerImage(Tensor values) => values.view(-1, 1, 1, 1);

    private Tensor Bounded(Tensor offset) =>
        Norm == Norm.Linf ? offset.clamp(-Radius, Radius) : offset.mul(PerImage(SizeOf(offset).reciprocal().mul(Radius * Inside).clamp_max(1)));
}
