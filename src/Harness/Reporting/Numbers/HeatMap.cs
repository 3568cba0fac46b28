using System.Globalization;

namespace Harness.Reporting.Numbers;

/// <summary>The matrix coloured by one quantity.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Places">What stands at each pair, in the order of <see cref="RunView.Pairs"/>.</param>
/// <param name="Range">What the palest and the fullest colour stand for, in words.</param>
internal sealed record HeatMap(HeatQuantity Quantity, IReadOnlyList<HeatMap.Place> Places, string Range)
{
    /// <summary>Makes it: means over seeds.</summary>
    public static HeatMap Of(RunView run, HeatQuantity quantity)
    {
        var known = run.Pairs.Select(pair => pair.Values(cell => cell.Done ? quantity.Value(cell) : null)).Select(values => quantity.Scale == HeatScale.Logarithmic ? [.. values.Where(v => v > 0)] : values).ToArray();
        var means = known.Select(values => values.Count == 0 ? (double?)null : quantity.Scale == HeatScale.Logarithmic ? Math.Exp(values.Average(Math.Log)) : values.Average()).ToArray();
        var all = means.OfType<double>().ToArray();
        var power = CommonPower(quantity.Scale, all);
        return new(quantity, [.. run.Pairs.Select((pair, place) => PlaceOf(pair, quantity, means[place], known[place].Count, all, power))], RangeOf(quantity, all, power));
    }

    /// <summary>Small numbers share one power of ten, so that each fits its place and all compare at a glance; 0 where they print as they are.</summary>
    private static int CommonPower(HeatScale scale, double[] all)
    {
        var sizes = all.Select(Math.Abs).Where(size => size > 0).ToArray();
        if (scale == HeatScale.Logarithmic || sizes.Length == 0) return 0;
        return sizes.Max() < 0.01 ? (int)Math.Floor(Math.Log10(sizes.Max())) : sizes.Max() < 0.1 && sizes.Min() < 1e-3 ? -3 : 0;
    }

    private static Place PlaceOf(Pair pair, HeatQuantity quantity, double? mean, int seeds, double[] all, int power) => mean is { } value
        ? new(Print(quantity, value, power), Share(value, quantity.Scale, all), seeds < pair.Seeds.Count ? $"{seeds} of {pair.Seeds.Count} seeds" : "")
        : new(Hole(pair, quantity), null, "");

    private static string Print(HeatQuantity quantity, double value, int power)
    {
        if (power == 0) return quantity.Print(value);
        var digits = Math.Abs(value / Math.Pow(10, power)).ToString("F2", CultureInfo.InvariantCulture);
        return value < 0 ? "−" + digits : quantity.Scale == HeatScale.Signed ? "+" + digits : digits;
    }

    /// <summary>Why a pair has no number: how its cells ended where none ran to its end, else what is missing.</summary>
    private static string Hole(Pair pair, HeatQuantity quantity)
    {
        if (!pair.Seeds.Any(s => s.Done)) return string.Join(", ", pair.Seeds.Select(s => s.State).Distinct());
        var within = quantity.Scale == HeatScale.Signed || quantity.Id == "terminal";
        return within && pair.Seeds.All(s => !s.Done || s.TerminalPhaseEpoch is null || s.TerminalPhaseEpoch == s.LastEpoch) ? "no terminal phase" : "not measured";
    }

    private static double Share(double value, HeatScale scale, double[] all)
    {
        if (scale == HeatScale.Signed) return all.Max(Math.Abs) is > 0 and var most ? value / most : 0;
        var (low, high) = (Scaled(all.Min(), scale), Scaled(all.Max(), scale));
        return high > low ? (Scaled(value, scale) - low) / (high - low) : 0.5;
    }

    private static double Scaled(double value, HeatScale scale) => scale == HeatScale.Logarithmic ? Math.Log(value) : value;

    private static string RangeOf(HeatQuantity quantity, double[] all, int power)
    {
        var unit = power == 0 ? "" : $"; in units of {Number.PowerOfTen(power)}";
        return (all.Length, quantity.Scale) switch
        {
            (0, _) => "not measured",
            (_, HeatScale.Signed) => $"orange fell, blue rose; fullest at {Print(quantity, all.Max(Math.Abs), power).TrimStart('+')}{unit}",
            (_, HeatScale.Logarithmic) => $"pale {quantity.Print(all.Min())} to full {quantity.Print(all.Max())}, logarithmic",
            _ => $"pale {Print(quantity, all.Min(), power)} to full {Print(quantity, all.Max(), power)}{unit}",
        };
    }

    /// <summary>What stands at a pair.</summary>
    /// <param name="Text">The number, or why there is none.</param>
    /// <param name="Share">Its colour, 0 to 1, of a signed quantity −1 to 1; null of a hole.</param>
    /// <param name="Note">How many of its seeds it is of, where not all.</param>
    public sealed record Place(string Text, double? Share, string Note)
    {
        /// <summary>The colour as a number CSS reads.</summary>
        public string Colour => (Share ?? 0).ToString("0.###", CultureInfo.InvariantCulture);
    }
}
