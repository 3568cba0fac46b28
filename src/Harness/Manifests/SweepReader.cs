using System.ComponentModel.DataAnnotations;
using Harness.Manifests.Options;
using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>Reads <c>training.sweep</c>: the learning rates that are tried one after another, each in a cell of its own.</summary>
internal static class SweepReader
{
    /// <summary>The key within 'training'.</summary>
    public const string Key = "sweep";

    /// <summary>The metric that tells the test error by which a rate is chosen.</summary>
    private const string Judge = "generalization";

    private static readonly RangeAttribute Bounds = (RangeAttribute)Attribute.GetCustomAttribute(
        typeof(TrainingOptions).GetProperty(nameof(TrainingOptions.LearningRate))!, typeof(RangeAttribute))!;

    /// <summary>The rates in the order written, at least two; empty where there is no sweep, or something is wrong with it, which is in the errors.</summary>
    /// <param name="training">The section 'training'.</param>
    /// <param name="metrics">What is measured.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<double> Read(MappingNode training, IReadOnlyList<MetricUse> metrics, ErrorList errors)
    {
        if (training.Find(Key) is not { Value.IsNull: false } sweep) return [];
        if (sweep.Value is not MappingNode mapping)
        {
            errors.Add(sweep.Value.Place, $"'{Key}' wants a mapping, such as {{learningRate: {{from: 1e-4, to: 0.25, count: 25}}}}, not {sweep.Value.Description}");
            return [];
        }
        OptionsReader.CheckKeys(mapping, ["learningRate"], $"key {{0}} in '{Key}'", errors);
        CheckRate(training, sweep, errors);
        if (metrics.Count > 0 && metrics.All(m => m.Plugin != Judge))
            errors.Add(sweep.KeyPlace, $"'{Key}' chooses among its rates by test error, which only the metric '{Judge}' tells: add it to 'metrics' of 'measure'");
        if (mapping.Find("learningRate") is not { Value.IsNull: false } rates)
        {
            errors.Add(sweep.KeyPlace, $"'{Key}' does not say which learning rates: learningRate: {{from: 1e-4, to: 0.25, count: 25}}, or a list");
            return [];
        }
        return rates.Value switch
        {
            MappingNode range => Range(range, errors),
            SequenceNode list => Listed(list, errors),
            var other => Refused(other, errors),
        };
    }

    /// <summary>A sweep stands for a rate that is a mere default, marked untuned; beside any other it would be unclear which is meant.</summary>
    private static void CheckRate(MappingNode training, MappingEntry sweep, ErrorList errors)
    {
        if (training.Find("learningRateSource")?.Value is ScalarNode { Text: "untuned" }) return;
        foreach (var key in new[] { "learningRate", "learningRateSource" })
        {
            if (training.Find(key) is { Value.IsNull: false } set)
                errors.Add(set.KeyPlace, $"'{key}' is of one learning rate, and '{Key}' at {sweep.KeyPlace.SeenFrom(set.KeyPlace.File)} tries several: remove one of them, which null does where a base or an override is to be undone");
        }
    }

    private static IReadOnlyList<double> Range(MappingNode written, ErrorList errors)
    {
        OptionsReader.CheckKeys(written, [.. OptionProperty.Of(typeof(GeometricRates)).Select(o => o.Key)], $"key {{0}} in 'learningRate' of '{Key}'", errors);
        if (OptionsReader.Read(typeof(GeometricRates), written, written.Place, errors) is not GeometricRates range) return [];
        var rates = SweepRates.Geometric(range.From, range.To, range.Count);
        if (rates.DistinctBy(SweepRates.Label).Count() == rates.Count) return rates;
        errors.Add(written.Find("count")!.Value.Place, $"{range.Count} rates between {SweepRates.Label(range.From)} and {SweepRates.Label(range.To)} lie so close that some agree in four digits");
        return [];
    }

    private static IReadOnlyList<double> Listed(SequenceNode list, ErrorList errors)
    {
        if (OptionsReader.Value(typeof(double[]), list, "learningRate", errors) is not double[] rates) return [];
        var before = errors.Count;
        var range = NumericRange.Of(Bounds)!;
        if (rates.Length < 2) errors.Add(list.Place, $"a sweep tries at least two learning rates; here {(rates.Length == 1 ? "is one" : "are none")}");
        var seen = new Dictionary<string, double>();
        for (var i = 0; i < rates.Length; i++)
        {
            if (!range.Contains(rates[i])) errors.Add(list.Items[i].Place, $"'learningRate' must be {range.Sentence}, not {list.Items[i].Description}");
            else if (!seen.TryAdd(SweepRates.Label(rates[i]), rates[i]))
                errors.Add(list.Items[i].Place, rates[i] == seen[SweepRates.Label(rates[i])] ? $"learning rate {list.Items[i].Description} is here a second time" : $"learning rate {list.Items[i].Description} agrees with another in four digits");
        }
        return errors.Count == before ? rates : [];
    }

    private static IReadOnlyList<double> Refused(Node node, ErrorList errors)
    {
        errors.Add(node.Place, $"'learningRate' of '{Key}' wants {{from: LOWEST, to: HIGHEST, count: NUMBER}} or a list, not {node.Description}");
        return [];
    }
}
