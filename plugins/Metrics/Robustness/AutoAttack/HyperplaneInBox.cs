using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>The way from an image to the nearest point of a hyperplane that lies in [0,1] (Croce and Hein 2020, FAB, problem 5).</summary>
internal static class HyperplaneInBox
{
    /// <summary>
    /// Solves min ‖δ‖ subject to ⟨w, δ⟩ + c = 0 and x + δ in [0,1], exactly. Along the optimum a pixel moves by min(t v_j, room_j) against the sign of c w_j, with
    /// speed v_j = 1 in L∞ and |w_j| in L2, so |c| falls by Σ_j |w_j| min(t v_j, room_j): piecewise linear in t, solved between sorted breakpoints.
    /// </summary>
    /// <param name="images">x, n x C x H x W, in [0,1].</param>
    /// <param name="normals">w, of the same shape.</param>
    /// <param name="values">c, n: what the linear function is at x.</param>
    /// <param name="norm">Whose nearest.</param>
    /// <returns>δ, float64; where the plane does not meet the box, the way to the corner that comes nearest to it. The caller's dispose scope owns it.</returns>
    public static Tensor Way(Tensor images, Tensor normals, Tensor values, Norm norm)
    {
        using var scope = NewDisposeScope();
        var x = images.to(ScalarType.Float64).flatten(1);
        var c = values.to(ScalarType.Float64).unsqueeze(1);
        var rising = normals.to(ScalarType.Float64).flatten(1).mul(c.sign());
        var weight = rising.abs();
        var room = x.where(rising.gt(0), x.neg().add(1)).clamp_min(0);
        var speed = norm == Norm.Linf ? ones_like(weight) : weight;
        var moving = weight.gt(0);
        var none = zeros_like(weight);

        // At each pixel's breakpoint: what the pixels stopped by then have brought, and how fast the others still bring more.
        var (stops, order) = room.div(speed).where(moving, none).sort(1);
        var brought = weight.mul(room).gather(1, order).cumsum(1);
        var rates = weight.mul(speed);
        var all = rates.sum(1, keepdim: true);
        var rate = all.sub(rates.gather(1, order).cumsum(1)).clamp_min(0);
        var wanted = c.abs();
        var segment = brought.add(stops.mul(rate)).lt(wanted).sum(1, keepdim: true);
        var last = segment.clamp_max(x.shape[1] - 1);
        var before = segment.sub(1).clamp_min(0);
        var begun = segment.gt(0);
        var left = wanted.sub(brought.gather(1, before).where(begun, zeros_like(wanted)));
        var slope = rate.gather(1, before).where(begun, all);
        var time = left.div(slope).minimum(stops.gather(1, last)).where(slope.gt(0), stops.gather(1, last));
        var beyond = segment.eq(x.shape[1]);
        time = stops.amax([1], true).where(beyond, time);
        var way = speed.mul(time).minimum(room).where(moving, none).mul(rising.sign().neg());
        return way.view(images.shape).MoveToOuterDisposeScope();
    }
}
