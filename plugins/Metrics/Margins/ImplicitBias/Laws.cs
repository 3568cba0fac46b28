namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>Reports what falls or grows with time, beside it the slope so far and what the law says stays bounded.</summary>
/// <param name="snapshot">Tells the time t, the epoch, and what was reported before.</param>
/// <param name="sink">Receives the numbers.</param>
internal sealed class Laws(Snapshot snapshot, IMeasurementSink sink)
{
    private readonly double time = snapshot.Epoch;

    /// <summary>ln t; NaN at the first epoch, where it is 0, and where there is none.</summary>
    private readonly double log = snapshot.Epoch > 1 ? Math.Log(snapshot.Epoch) : double.NaN;

    /// <summary>The norm of the head.</summary>
    /// <param name="norm">‖W̃‖_F.</param>
    /// <param name="limit">What its slope tends to.</param>
    public void ReportNorm(double norm, double limit)
    {
        Report(ImplicitBiasQuantities.Norm, norm);
        Report(ImplicitBiasQuantities.NormSlope, Line(ImplicitBiasQuantities.Norm, norm, t => Math.Log(t)).Slope);
        Report(ImplicitBiasQuantities.NormSlopeLimit, limit);
    }

    /// <summary>The distance of the directions.</summary>
    /// <param name="gap">NaN where the limit's is not known.</param>
    public void ReportDirection(double gap)
    {
        var line = Line(ImplicitBiasQuantities.DirectionGap, gap, t => 1 / Math.Log(t));
        Report(ImplicitBiasQuantities.DirectionGap, gap);
        Report(ImplicitBiasQuantities.DirectionSlope, line.Slope);
        Report(ImplicitBiasQuantities.DirectionFit, line.R2);
        Report(ImplicitBiasQuantities.DirectionScaled, gap * log);
        Report(ImplicitBiasQuantities.DirectionRate, time >= 3 ? gap * log / Math.Log(log) : double.NaN);
    }

    /// <summary>The share of the largest margin that is missing.</summary>
    /// <param name="gap">NaN where the limit's is not known.</param>
    public void ReportMargin(double gap)
    {
        Report(ImplicitBiasQuantities.MarginGap, gap);
        Report(ImplicitBiasQuantities.MarginSlope, Line(ImplicitBiasQuantities.MarginGap, gap, t => 1 / Math.Log(t)).Slope);
        Report(ImplicitBiasQuantities.MarginScaled, gap * log);
    }

    /// <summary>The loss above its infimum.</summary>
    /// <param name="excess">In nats.</param>
    public void ReportLoss(double excess)
    {
        Report(ImplicitBiasQuantities.Loss, excess);
        Report(ImplicitBiasQuantities.LossScaled, time > 0 ? excess * time : double.NaN);
    }

    /// <summary>The distance of the offset from its limit.</summary>
    /// <param name="gap">NaN where all images are separable.</param>
    public void ReportOffset(double gap)
    {
        Report(ImplicitBiasQuantities.OffsetGap, gap);
        Report(ImplicitBiasQuantities.OffsetRate, gap * gap * Math.Sqrt(time) / (log * log));
    }

    private void Report(Quantity quantity, double value) => sink.Scalar(quantity, Split.Train, value);

    /// <summary>The line through the later half of the values on the scale of ln t: the laws are of late times.</summary>
    private StraightLine Line(Quantity quantity, double value, Func<double, double> x) => StraightLine.Of(
        snapshot.Earlier(quantity, Split.Train).Append(new(snapshot.Epoch, value))
            .Where(v => v.Epoch > 1 && v.Epoch >= Math.Sqrt(time))
            .Select(v => (x(v.Epoch), v.Value)));
}
