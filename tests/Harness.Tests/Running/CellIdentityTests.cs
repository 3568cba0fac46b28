using System.Text.Json.Nodes;
using Harness.Manifests;
using Harness.Running;

namespace Harness.Tests.Running;

public class CellIdentityTests
{
    [Fact]
    public void TheKeyIsThatOfTheContentWhateverTheOrderOfOptions()
    {
        Assert.Equal(Identity().Key(), Identity().Key());
        Assert.Matches("^[0-9a-f]{16}$", Identity().Key());
        var turned = Identity() with { Architecture = new("resnet", "hash", new JsonObject { ["width"] = 0.5, ["depth"] = 18 }) };
        Assert.Equal(Identity().Key(), turned.Key());
    }

    [Fact]
    public void WhereALearningRateComesFromIsNoPartOfTheKey() =>
        Assert.Equal(Identity().Key(), (Identity() with { Training = new() { LearningRateSource = LearningRateSource.Untuned } }).Key());

    [Fact]
    public void EverythingThatCouldChangeADigitChangesTheKey()
    {
        var identity = Identity();
        CellIdentity[] others =
        [
            identity with { Architecture = identity.Architecture with { Hash = "rebuilt" } },
            identity with { Architecture = identity.Architecture with { Options = new JsonObject { ["depth"] = 34, ["width"] = 0.5 } } },
            identity with { Dataset = identity.Dataset with { Plugin = "fashion-mnist" } },
            identity with { DatasetFingerprint = "other pixels" },
            identity with { Subsample = new() { TrainPerClass = 6 } },
            identity with { Subsample = new() { TrainPerClass = 5, Classes = ClassSelection.First(2) } },
            identity with { Subsample = new() { TrainPerClass = 5, Classes = ClassSelection.Of("0", "1") } },
            identity with { Subsample = new() { TrainPerClass = 5, ImageSize = 16 } },
            identity with { OutOfDistribution = Others("pixels") },
            identity with { OutOfDistribution = Others("other pixels") },
            identity with { OutOfDistribution = Others("pixels") with { BroughtTo = new(3, 28, 28) } },
            identity with { OutOfDistribution = Others("pixels") with { Subsample = new() { TestPerClass = 5 } } },
            identity with { Seed = 1 },
            identity with { Training = new() { LearningRate = 0.051 } },
            identity with { Training = new() { Precision = TrainingPrecision.Bf16 } },
            identity with { Training = new() { MemoryFormat = MemoryFormat.Contiguous } },
            identity with { Training = new() { MemoryFormat = MemoryFormat.ChannelsLast } },
            identity with { MeasuredEpochs = [1, 3] },
            identity with { Metrics = [identity.Metrics[0] with { At = MeasureAt.Ends }] },
            identity with { Versions = new Dictionary<string, string> { ["libtorch"] = "other" } },
            identity with { DeviceKind = "cuda" },
            identity with { Threads = 2 },
            identity with { Precision = "bf16" },
        ];
        Assert.Equal(others.Length + 1, others.Append(identity).Select(i => i.Key()).Distinct().Count());
    }

    private static OtherImagesIdentity Others(string fingerprint) => new(new("fashion-mnist", "hash", []), new(), new(1, 28, 28), fingerprint);

    private static CellIdentity Identity() => new()
    {
        Architecture = new("resnet", "hash", new JsonObject { ["depth"] = 18, ["width"] = 0.5 }),
        Dataset = new("mnist", "hash", []),
        Subsample = new() { TrainPerClass = 5 },
        DatasetFingerprint = "pixels",
        Seed = 0,
        Training = new(),
        MeasuredEpochs = [1, 2],
        Metrics = [new("neural-collapse", "hash", [], MeasureAt.Every)],
        Versions = new Dictionary<string, string> { ["libtorch"] = "one" },
        DeviceKind = "cpu",
        Threads = 1,
        Precision = "float32",
    };
}
