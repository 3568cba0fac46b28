using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harness.Results;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>
/// Two generations of a training's state as safetensors files: weights and buffers under PyTorch's names, the optimiser's velocity, how far it is, and a
/// checksum over all of it. A damaged one is passed over for the older.
/// </summary>
/// <param name="folder">Where they lie; need not exist.</param>
public sealed class Checkpoint(string folder)
{
    private const string VelocityName = "optimiser.velocity";
    private const string ChecksumName = "sha256";
    private const int Generations = 2;

    /// <summary>Whether there is one, whole or not.</summary>
    public bool Exists => Files().Any();

    /// <summary>Saves a new generation, whole or not at all, and removes the one before the last.</summary>
    /// <param name="state">How far the training is.</param>
    /// <param name="network">Its weights and buffers are saved.</param>
    /// <param name="sgd">Its velocity is saved.</param>
    /// <exception cref="IOException">The disk is full or gone; earlier generations are untouched.</exception>
    public void Save(TrainingState state, nn.Module network, FlatSgd sgd)
    {
        using var scope = NewDisposeScope();
        var tensors = Tensors(network, sgd);
        var metadata = new Dictionary<string, string>
        {
            ["epoch"] = Text(state.Epoch),
            ["terminalPhaseEpoch"] = Text(state.TerminalPhaseEpoch),
            ["zeroErrorEpoch"] = Text(state.ZeroErrorEpoch),
        };
        metadata[ChecksumName] = Checksum(tensors, metadata);
        AtomicFile.Write(Path.Combine(folder, $"epoch-{state.Epoch:D6}.safetensors"), stream => Safetensors.Write(stream, tensors, metadata));
        foreach (var old in Files().Skip(Generations)) File.Delete(old);
    }

    /// <summary>Puts the newest whole generation into the network and the optimiser.</summary>
    /// <param name="network">As freshly built; its values are overwritten.</param>
    /// <param name="sgd">Its velocity is overwritten.</param>
    /// <param name="damaged">Told of each file passed over, with what is wrong with it.</param>
    /// <returns>The state it was saved in; <see cref="TrainingState.Start"/> where there is no whole one, and then nothing was changed.</returns>
    public TrainingState Restore(nn.Module network, FlatSgd sgd, Action<string, string> damaged) => Restore(Tensors(network, sgd), damaged);

    /// <summary>Puts the newest whole generation into the network alone.</summary>
    /// <param name="network">As freshly built; its values are overwritten.</param>
    /// <param name="damaged">Told of each file passed over, with what is wrong with it.</param>
    /// <returns>The state it was saved in; <see cref="TrainingState.Start"/> where there is no whole one, and then nothing was changed.</returns>
    public TrainingState RestoreWeights(nn.Module network, Action<string, string> damaged) => Restore(Tensors(network), damaged);

    private TrainingState Restore(IReadOnlyList<(string Name, Tensor Tensor)> wanted, Action<string, string> damaged)
    {
        foreach (var file in Files())
            try
            {
                return Restore(file, wanted);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or FormatException)
            {
                damaged(file, e.Message);
            }
        return TrainingState.Start;
    }

    private static TrainingState Restore(string file, IReadOnlyList<(string Name, Tensor Tensor)> wanted)
    {
        using var scope = NewDisposeScope();
        using var stream = File.OpenRead(file);
        var (saved, text) = Safetensors.Read(stream);
        try
        {
            var metadata = new Dictionary<string, string>(text);
            if (!metadata.Remove(ChecksumName, out var checksum) || checksum != Checksum([.. saved.Select(t => (t.Key, t.Value))], metadata))
                throw new InvalidDataException("its checksum is not that of its content");
            foreach (var (name, tensor) in wanted)
                if (!saved.TryGetValue(name, out var other) || !other.shape.SequenceEqual(tensor.shape))
                    throw new InvalidDataException($"it does not hold this network's '{name}'");
            using var noGradients = no_grad();
            foreach (var (name, tensor) in wanted) tensor.copy_(saved[name]);
            return new(int.Parse(metadata["epoch"], CultureInfo.InvariantCulture), Number(metadata["terminalPhaseEpoch"]), Number(metadata["zeroErrorEpoch"]));
        }
        finally
        {
            foreach (var tensor in saved.Values) tensor.Dispose();
        }
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "epoch-*.safetensors").OrderDescending(StringComparer.Ordinal)] : [];

    private static List<(string Name, Tensor Tensor)> Tensors(nn.Module network, FlatSgd sgd) => [.. Tensors(network), (VelocityName, sgd.Velocity)];

    private static List<(string Name, Tensor Tensor)> Tensors(nn.Module network) =>
    [
        .. network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)),
        .. network.named_buffers().Select(b => (b.name, b.buffer)),
    ];

    private static string Checksum(IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes($"{key}={value}\n"));
        foreach (var (name, tensor) in tensors.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}[{string.Join(',', tensor.shape)}]\n"));
            hash.AppendData(tensor.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
