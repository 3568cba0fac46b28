using System.Globalization;
using Harness.Images;
using Harness.Manifests;
using Harness.Measuring;
using Harness.Measuring.Elsewhere;
using Harness.Results;
using Harness.Torch;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Exporting;

/// <summary>
/// Writes a trained cell as safetensors: weights.safetensors under the names of a PyTorch state_dict, features.safetensors as <see cref="FeatureFile"/> reads it. Needs
/// libtorch; runs on the processor.
/// </summary>
/// <param name="folder">The cell's folder.</param>
/// <param name="parts">Its plugins.</param>
/// <param name="data">The user's data folder.</param>
/// <param name="log">Told, in a sentence, what is out of the ordinary.</param>
internal sealed class CellExport(CellFolder folder, CellParts parts, DataRoot data, Action<string> log)
{
    private readonly CellSpec spec = folder.ReadSpec();
    private readonly CellResult? result = folder.ReadResult();
    private readonly CellActivity activity = new();

    /// <summary>Writes both files; the weights alone where the images are not there.</summary>
    /// <param name="target">The folder to write to.</param>
    /// <param name="stop">Stops the pass over the data.</param>
    /// <exception cref="RunFolderException">The cell has no weights to export.</exception>
    public ExportedCell Write(string target, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        CellImages? train = null, test = null;
        Standardisation? standardisation = result?.Facts?.Standardisation;
        string? absent = null;
        try
        {
            var loader = new ImageLoader(parts.Dataset, spec.Dataset, parts.DatasetHash, data, log, activity.Tick);
            train = loader.Load(Split.Train, CPU, ImagePlacement.Auto, stop, out standardisation);
            test = loader.Load(Split.Test, CPU, ImagePlacement.Auto, stop, out _);
        }
        catch (DatasetException e)
        {
            absent = e.Message;
        }

        using (train)
        using (test)
        {
            var shape = train?.Shape ?? result?.Facts?.Input
                ?? throw new RunFolderException($"{folder.Path} does not say what its images are like, since it has not ended well, and they are not there: {absent}");
            using var network = parts.Architecture.Build(shape, parts.Dataset.Card.ClassNames.Count);
            var state = new Checkpoint(folder.CheckpointPath).RestoreWeights(network, (file, fault) => log($"{file} is passed over: {fault}."));
            if (state.Epoch == 0) throw new RunFolderException($"{folder.CheckpointPath} holds no whole checkpoint of this network: there are no weights to export. Run the manifest again.");
            if (result?.Epochs > state.Epoch) log($"The newest checkpoint is that of epoch {state.Epoch}, and the cell was trained to epoch {result.Epochs}: an older version of the harness kept none at the end.");

            var metadata = Metadata(state.Epoch, shape, standardisation);
            var weights = Path.Combine(target, "weights.safetensors");
            Save(weights, [.. network.state_dict().Select(t => (network.PyTorchName(t.Key), t.Value))], metadata);
            if (train is null || test is null) return new(state.Epoch, weights, WithoutFeatures: absent);

            var features = Path.Combine(target, "features.safetensors");
            SaveFeatures(features, network, standardisation!, train, test, state.Epoch, metadata, stop);
            return new(state.Epoch, weights, features);
        }
    }

    private void SaveFeatures(
        string path, Classifier network, Standardisation standardisation, ImageSet train, ImageSet test, int epoch, Dictionary<string, string> metadata, CancellationToken stop)
    {
        using var pixels = new PixelNetwork(network, standardisation, train, test, CPU, activity);
        using var trainFeatures = new FeaturePass(pixels, CPU, FeatureRoom.OnDevice, stop).Run(Split.Train);
        using var testFeatures = new FeaturePass(pixels, CPU, FeatureRoom.OnDevice, stop).Run(Split.Test);
        var tensors = new List<(string, Tensor)>
        {
            (FeatureFile.Features, trainFeatures.AllFeatures()), (FeatureFile.Labels, trainFeatures.Labels), (FeatureFile.Weight, network.Head.weight!),
            (FeatureFile.TestFeatures, testFeatures.AllFeatures()), (FeatureFile.TestLabels, testFeatures.Labels),
        };
        if (network.Head.bias is { } bias) tensors.Add((FeatureFile.Bias, bias));
        metadata[FeatureFile.SeedName] = MeasuringSeed.Of(spec).Value.ToString(CultureInfo.InvariantCulture);
        Save(path, tensors, metadata);
    }

    private Dictionary<string, string> Metadata(int epoch, ImageShape shape, Standardisation? standardisation) => new()
    {
        // What load_file of PyTorch's users asks for.
        ["format"] = "pt",
        ["cell"] = spec.Name,
        ["key"] = Path.GetFileName(folder.Path),
        ["epoch"] = epoch.ToString(CultureInfo.InvariantCulture),
        ["architecture"] = spec.Architecture.Plugin,
        ["architecture_options"] = spec.Architecture.Options.ToJsonString(Json.Line),
        ["dataset"] = spec.Dataset.Plugin,
        ["input"] = $"{shape.Channels}x{shape.Height}x{shape.Width}",
        ["pixel_mean"] = List(standardisation?.Mean),
        ["pixel_deviation"] = List(standardisation?.Deviation),
    };

    private static string List(IReadOnlyList<double>? numbers) => string.Join(' ', (numbers ?? []).Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    private static void Save(string path, IReadOnlyList<(string, Tensor)> tensors, IReadOnlyDictionary<string, string> metadata) =>
        AtomicFile.Write(path, stream => Safetensors.Write(stream, tensors, metadata));
}
