using Harness.Manifests.Options;
using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>Reads <c>measure.epochs</c>: the name of a schedule, one with a number, or a list.</summary>
internal static class ScheduleReader
{
    private const string Wanted = "'epochs' of 'measure' wants papyan2020, {log: COUNT}, {every: STEP} or a rising list";

    private static readonly Dictionary<string, Func<int, int, IReadOnlyList<int>>> Numbered = new()
    {
        ["log"] = MeasuredEpochs.Logarithmic,
        ["every"] = MeasuredEpochs.Every,
    };

    /// <summary>The epochs measured, or null where something is wrong.</summary>
    /// <param name="node">What is written, or null where nothing is: then papyan2020.</param>
    /// <param name="last">Epochs of the training, or null where they could not be read: then only the writing is checked.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<int>? Read(Node? node, int? last, ErrorList errors)
    {
        switch (node)
        {
            case null:
            case ScalarNode { Text: "papyan2020" }:
                return MeasuredEpochs.Papyan2020(last ?? 1);
            case SequenceNode list:
                return Listed(list, last, errors);
            case MappingNode { Entries: [var entry] } when Numbered.TryGetValue(entry.Key, out var schedule):
                if (OptionsReader.Value(typeof(int), entry.Value, entry.Key, errors) is not int number) return null;
                if (number >= 1) return schedule(number, last ?? 1);
                errors.Add(entry.Value.Place, $"'{entry.Key}' must be at least 1, not '{number}'");
                return null;
            case MappingNode { Entries.Count: 1 } unknown:
                OptionsReader.CheckKeys(unknown, Numbered.Keys, "key {0} in 'epochs' of 'measure'", errors);
                return null;
            case ScalarNode { IsEmpty: false } name when Suggestion.Nearest(name.Text, ["papyan2020"]) is { } near:
                errors.Add(name.Place, $"unknown schedule {name.Description}; did you mean '{near}'?");
                return null;
            default:
                errors.Add(node.Place, node is MappingNode ? $"{Wanted}, one of them" : $"{Wanted}, not {node.Description}");
                return null;
        }
    }

    private static int[]? Listed(SequenceNode list, int? last, ErrorList errors)
    {
        if (OptionsReader.Value(typeof(int[]), list, "epochs", errors) is not int[] epochs) return null;
        var before = errors.Count;
        if (epochs.Length == 0) errors.Add(list.Place, "'epochs' of 'measure' is an empty list");
        for (var i = 0; i < epochs.Length; i++)
        {
            var place = list.Items[i].Place;
            if (epochs[i] < 1) errors.Add(place, $"epochs count from 1; there is no '{epochs[i]}'");
            else if (epochs[i] > last) errors.Add(place, $"epoch {epochs[i]} is beyond the last, {last}");
            else if (i > 0 && epochs[i] <= epochs[i - 1]) errors.Add(place, $"measured epochs rise; {epochs[i]} comes after {epochs[i - 1]}");
        }
        return errors.Count == before ? epochs : null;
    }
}
