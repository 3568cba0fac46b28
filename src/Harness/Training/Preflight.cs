using System.Diagnostics;
using System.Text.Json;
using Harness.Images;
using Harness.Manifests;
using Harness.Planning;
using Harness.Plugins;
using Harness.Results;
using TorchSharp;

namespace Harness.Training;

/// <summary>
/// Finds before a run what only libtorch and the data files can tell: that every network can be built for its images, and that every data set is whole. Runs in
/// a short-lived child, since it makes tensors and calls plugins.
/// </summary>
/// <param name="catalog">The plugins at hand.</param>
/// <param name="data">The user's data folder.</param>
public sealed class Preflight(PluginCatalog catalog, DataRoot data)
{
    /// <summary>Timing of networks stops after so long: what is not timed then is told from the others by its work.</summary>
    private static readonly TimeSpan ToTime = TimeSpan.FromSeconds(2);

    /// <summary>Does what it is asked to.</summary>
    /// <param name="task">What.</param>
    /// <returns>What was found, good and bad, as it is found, and after each stage that it has ended.</returns>
    public IEnumerable<PreflightFinding> Run(PreflightTask task)
    {
        foreach (var finding in task.Check ? Check(task.Cells) : []) yield return finding;
        yield return new() { Cells = [], Ended = PreflightStage.Check };
        var counted = new List<PreflightFinding>();
        foreach (var finding in task.Count ? Count(task.Cells) : [])
        {
            counted.Add(finding);
            yield return finding;
        }
        yield return new() { Cells = [], Ended = PreflightStage.Count };
        foreach (var finding in Time(task, counted)) yield return finding;
        yield return new() { Cells = [], Ended = PreflightStage.Time };
    }

    /// <summary>Checks every distinct data set and every distinct network of some cells, once each.</summary>
    /// <param name="cells">The cells.</param>
    /// <returns>What was found, good and bad, as it is found.</returns>
    public IEnumerable<PreflightFinding> Check(IReadOnlyList<CellSpec> cells)
    {
        foreach (var same in cells.GroupBy(c => Text(c.Dataset)))
            yield return CheckData(same.First().Dataset, [.. same.Select(c => c.Name)]);
        foreach (var same in cells.Where(c => c.OutOfDistribution is not null).GroupBy(c => Text(c.OutOfDistribution!)))
            yield return CheckOutOfDistribution(same.First().OutOfDistribution!, [.. same.Select(c => c.Name)]);
        foreach (var finding in Networks(cells, count: false)) yield return finding;
    }

    /// <summary>Counts what every distinct network of some cells costs, once each. Touches no data.</summary>
    /// <param name="cells">The cells.</param>
    /// <returns>What was found, good and bad, as it is found.</returns>
    public IEnumerable<PreflightFinding> Count(IReadOnlyList<CellSpec> cells) => Networks(cells, count: true);

    // A data set that cannot say what its images are is not spoken of here.
    private IEnumerable<PreflightFinding> Networks(IReadOnlyList<CellSpec> cells, bool count) =>
        from cell in cells
        let input = Input(cell.Dataset)
        where input is not null
        group cell by (Text(cell.Architecture.Plugin, cell.Architecture.Options), Input: input.Value) into same
        select CheckNetwork(same.First().Architecture, same.Key.Input.Shape, same.Key.Input.Classes, [.. same.Select(c => c.Name)], count);

    /// <summary>Times what was counted, the lightest networks first, so that most get their turn.</summary>
    private IEnumerable<PreflightFinding> Time(PreflightTask task, IReadOnlyList<PreflightFinding> counted)
    {
        var clock = Stopwatch.StartNew();
        var networks = from finding in counted
                       where finding.Cost is not null
                       orderby finding.Cost!.ForwardFlops
                       from cell in task.Cells
                       where finding.Cells.Contains(cell.Name) && task.Time.ContainsKey(cell.Name)
                       group cell by (Finding: finding, Like: MeasuredSpeeds.Likeness(cell), Device: task.Time[cell.Name]);
        foreach (var same in networks)
        {
            if (clock.Elapsed > ToTime) yield break;
            var flops = CostModel.PassesOfTraining * same.Key.Finding.Cost!.ForwardFlops;
            if (StepTimer.BatchSize(same.First().Training.BatchSize, flops, same.Key.Device.Split(':')[0]) is { } batchSize && SecondsOfAnImage(same.First(), batchSize, same.Key.Device) is { } seconds)
                yield return new() { Cells = [.. same.Select(c => c.Name)], SecondsOfAnImage = seconds };
        }
    }

    /// <summary>Null where it fails: the cell itself will say so.</summary>
    private double? SecondsOfAnImage(CellSpec cell, int batchSize, string device)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            var (input, classes) = Input(cell.Dataset)!.Value;
            var on = CellDevice.Take(device);
            return StepTimer.SecondsOfAnImage(cell, CellParts.MakeArchitecture(cell.Architecture, catalog).Build(input, classes).to(on), input, classes, batchSize, on);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private PreflightFinding CheckData(DatasetUse use, IReadOnlyList<string> cells) => CheckImages(
        use,
        loader => new() { Cells = cells, TrainCount = loader.Check(Split.Train), TestCount = loader.Check(Split.Test) },
        fault => new() { Cells = cells, DataFault = fault });

    private PreflightFinding CheckOutOfDistribution(DatasetUse use, IReadOnlyList<string> cells) => CheckImages(
        use,
        loader => new() { Cells = cells, OutOfDistributionCount = loader.Check(Split.Test) },
        fault => new() { Cells = cells, OutOfDistributionFault = fault });

    private PreflightFinding CheckImages(DatasetUse use, Func<ImageLoader, PreflightFinding> whole, Func<string, PreflightFinding> faulty)
    {
        DatasetCard? card = null;
        try
        {
            var dataset = CellParts.MakeDataset(use, catalog);
            card = dataset.Card;
            // Whatever there is to say of a cache, the cell that uses it says.
            return whole(new(dataset, use, catalog.Find(PluginKind.Dataset, use.Plugin)!.Hash, data, _ => { }));
        }
        catch (Exception e)
        {
            return faulty(CellFault.Sentence(e, use.Plugin, card));
        }
    }

    private PreflightFinding CheckNetwork(PluginUse use, ImageShape input, int classes, IReadOnlyList<string> cells, bool count)
    {
        try
        {
            using var network = CellParts.MakeArchitecture(use, catalog).Build(input, classes);
            return new()
            {
                Cells = cells,
                Parameters = network.parameters().Sum(p => p.NumberOfElements),
                FeatureDimension = network.Head.weight.shape[1],
                Cost = count ? NetworkCostProbe.Measure(network, input) : null,
            };
        }
        catch (Exception e)
        {
            return new() { Cells = cells, NetworkFault = CellFault.Sentence(e), Option = (e as PluginOptionException)?.Option };
        }
    }

    /// <summary>What a network gets of a data set, or null where the plugin cannot say.</summary>
    private (ImageShape Shape, int Classes)? Input(DatasetUse use)
    {
        try
        {
            var card = CellParts.MakeDataset(use, catalog).Card;
            return (ImageLoader.PaddedShape(card.Shape, use.Subsample.PadTo), card.ClassNames.Count);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static string Text(params object[] parts) => string.Join('\n', parts.Select(p => JsonSerializer.Serialize(p, Json.Line)));
}
