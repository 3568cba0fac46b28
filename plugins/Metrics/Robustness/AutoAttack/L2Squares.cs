using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>
/// The Square attack's draws in L2 (algorithm 3): a square takes up the norm that the ball leaves over and that of a second square, which is cleared. What it is filled
/// with is concentrated at two centres of opposite sign.
/// </summary>
/// <param name="radius">eps.</param>
internal sealed class L2Squares(double radius) : ISquares
{
    /// <summary>Tiles along each side of the image at the start, the largest that fit.</summary>
    private const int Tiles = 5;

    /// <inheritdoc/>
    public int LeastSide => 3;

    /// <inheritdoc/>
    public Tensor Start(Tensor pixels, SeededRandom[] random)
    {
        using var scope = NewDisposeScope();
        var (channels, height, width) = ((int)pixels.shape[1], (int)pixels.shape[2], (int)pixels.shape[3]);
        var side = Math.Max(Math.Min(height, width) / Tiles, 1);
        var bumps = Bumps(side);
        var values = new double[random.Length * channels * height * width];
        for (var image = 0; image < random.Length; image++)
        {
            foreach (var top in Corners(height))
            {
                foreach (var left in Corners(width))
                {
                    var lying = random[image].Next(2) == 0;
                    for (var channel = 0; channel < channels; channel++) Fill(image, channel, top, left, lying, Windows.Sign(random[image]));
                }
            }
        }
        var start = tensor(values, ScalarType.Float64, pixels.device).view(pixels.shape);
        return start.mul(start.flatten(1).square().sum(1).sqrt().reciprocal().mul(radius).view(-1, 1, 1, 1)).MoveToOuterDisposeScope();

        int[] Corners(int size)
        {
            var tiles = Math.Min(Tiles, size / side);
            return [.. Enumerable.Range(0, tiles).Select(t => (size - tiles * side) / 2 + t * side)];
        }

        void Fill(int image, int channel, int top, int left, bool lying, double sign)
        {
            for (var r = 0; r < side; r++)
            {
                var row = ((image * channels + channel) * height + top + r) * width + left;
                for (var s = 0; s < side; s++) values[row + s] = sign * (lying ? bumps[r, s] : bumps[s, r]);
            }
        }
    }

    /// <inheritdoc/>
    public Tensor Next(Tensor pixels, Tensor current, int side, SeededRandom[] random)
    {
        using var scope = NewDisposeScope();
        var clean = pixels.to(ScalarType.Float64);
        var perturbation = current.to(ScalarType.Float64).sub(clean);
        var (filled, cleared) = (Windows.Draw(pixels, side, random), Windows.Draw(pixels, side, random));
        var shape = Placed(filled, side, random).mul(Windows.Signs(pixels, random));
        var none = zeros_like(perturbation);

        var spare = perturbation.flatten(1).square().sum(1).neg().add(radius * radius).clamp_min(0).view(-1, 1, 1, 1);
        var inFilled = perturbation.where(filled.Inside, none);
        var direction = shape.add(Normalised(inFilled));
        var either = perturbation.where(filled.Inside.logical_or(cleared.Inside), none);
        var available = Squared(either).add(spare.div(pixels.shape[1])).sqrt();
        var next = perturbation.where(cleared.Inside.logical_not(), none);
        return clean.add(Normalised(direction).mul(available).where(filled.Inside, next)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// η of a square, of norm 1 (equation 2 of the paper): in one half Σ_(k=0)^M(r,s) 1/(n + 1 − k)², n = ⌊side/2⌋, which falls from the half's centre; the other half is the
    /// same with the opposite sign.
    /// </summary>
    /// <param name="side">At least 1.</param>
    internal static double[,] Bumps(int side)
    {
        var bumps = new double[side, side];
        var half = side / 2;
        for (var r = 0; r < side; r++)
        {
            for (var s = 0; s < half; s++) bumps[r, s] = Height(r + 1, s + 1, half);
            for (var s = half; s < side; s++) bumps[r, s] = -Height(r + 1, s + 1 - half, side - half);
        }
        var norm = Math.Sqrt(bumps.Cast<double>().Sum(v => v * v));
        for (var r = 0; r < side; r++) for (var s = 0; s < side; s++) bumps[r, s] /= norm;
        return bumps;

        double Height(int r, int s, int columns)
        {
            var n = side / 2;
            var m = n - Math.Max(Math.Abs(r - n - 1), Math.Abs(s - columns / 2 - 1));
            return Enumerable.Range(0, m + 1).Sum(k => 1.0 / ((n + 1 - k) * (n + 1 - k)));
        }
    }

    /// <summary>η in the windows, standing or lying; 0 outside. n x 1 x H x W, float64.</summary>
    private static Tensor Placed(Windows windows, int side, SeededRandom[] random)
    {
        var device = windows.Inside.device;
        var bumps = tensor(Bumps(side).Cast<double>().ToArray(), ScalarType.Float64, device);
        var lying = tensor(random.Select(r => r.Next(2) == 0).ToArray(), ScalarType.Bool, device).view(-1, 1, 1, 1);
        var (down, right) = (windows.Down.clamp(0, side - 1), windows.Right.clamp(0, side - 1));
        var place = down.mul(side).add(right).where(lying, right.mul(side).add(down));
        var values = bumps.index_select(0, place.flatten()).view(place.shape);
        return values.where(windows.Inside, zeros_like(values));
    }

    /// <summary>‖·‖² of each channel, n x C x 1 x 1.</summary>
    private static Tensor Squared(Tensor images) => images.square().sum([2, 3], true);

    /// <summary>Each channel scaled to norm 1; 0 where it is 0.</summary>
    private static Tensor Normalised(Tensor images)
    {
        var norm = Squared(images).sqrt();
        return images.div(norm).where(norm.gt(0), zeros_like(images));
    }
}
