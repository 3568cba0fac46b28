using System.Text.Json.Nodes;
using Harness.Results;

namespace Harness.Tests.Results;

public class IdentityDifferenceTests
{
    private const string Identity =
        """
        {"architecture": {"plugin": "resnet", "hash": "a", "options": {"depth": 18}}, "datasetFingerprint": "pixels",
         "metrics": [{"plugin": "nc", "hash": "b", "options": {}}, {"plugin": "robustness", "hash": "c", "options": {"images": 100}}],
         "measuredEpochs": [1, 2], "training": {"learningRate": 0.1}, "versions": {"libtorch": "one"}}
        """;

    [Fact]
    public void TheSameIdentityHasNone() => Assert.Empty(Differences(Identity));

    [Theory]
    [InlineData("\"learningRate\": 0.1", "\"learningRate\": 0.05", "training.learningRate is 0.05, and was 0.1")]
    [InlineData("\"depth\": 18", "\"depth\": 34", "architecture.options.depth is 34, and was 18")]
    [InlineData("\"hash\": \"a\"", "\"hash\": \"z\"", "the files of plugin \"resnet\" changed")]
    [InlineData("\"hash\": \"c\"", "\"hash\": \"z\"", "the files of plugin \"robustness\" changed")]
    [InlineData("\"images\": 100", "\"images\": 50", "metrics.robustness.options.images is 50, and was 100")]
    [InlineData("[1, 2]", "[1, 2, 3]", "measuredEpochs is [1,2,3], and was [1,2]")]
    [InlineData("\"datasetFingerprint\": \"pixels\"", "\"datasetFingerprint\": \"others\"", "the data set's content changed")]
    [InlineData("\"versions\": {\"libtorch\": \"one\"}", "\"versions\": {}", "versions.libtorch was \"one\", and is gone")]
    [InlineData("\"depth\": 18", "\"depth\": 18, \"width\": 2", "architecture.options.width is 2, and was not there")]
    [InlineData("{\"plugin\": \"resnet\", \"hash\": \"a\", \"options\": {\"depth\": 18}}", "{\"plugin\": \"vgg\", \"hash\": \"q\", \"options\": {}}", "architecture.plugin is \"vgg\", and was \"resnet\"")]
    public void EachFieldThatDiffersIsNamedOnceWithBothValues(string was, string now, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Differences(Identity.Replace(was, now))).Sentence);

    [Fact]
    public void AMetricThatIsNewIsNamedByWhatItBrings() =>
        Assert.Contains(Differences(Identity.Replace("{\"plugin\": \"nc\",", "{\"plugin\": \"extra\", \"hash\": \"e\", \"options\": {}}, {\"plugin\": \"nc\",")),
            d => d.Sentence == "metrics.extra.plugin is \"extra\", and was not there");

    private static IReadOnlyList<IdentityDifference> Differences(string now) => IdentityDifference.Between(Parse(Identity), Parse(now));

    private static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;
}
