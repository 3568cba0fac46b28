using Harness.Manifests;

namespace Harness.Tests.Manifests;

public class SuggestionTests
{
    [Theory]
    [InlineData("epochs", "epochs", 0)]
    [InlineData("epoch", "epochs", 1)]
    [InlineData("epcohs", "epochs", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)]
    public void DistanceCountsASwapOfNeighboursOnce(string a, string b, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(a, b));
        Assert.Equal(distance, Suggestion.Distance(b, a));
    }

    [Theory]
    [InlineData("learningrate", "learningRate")]
    [InlineData("learning_rate", "learningRate")]
    [InlineData("batchsise", "batchSize")]
    [InlineData("resolution", null)]
    [InlineData("x", null)]
    public void NearestIsOnlyGivenWhereItIsNear(string wrong, string? right) =>
        Assert.Equal(right, Suggestion.Nearest(wrong, ["epochs", "batchSize", "learningRate", "a"]));

    [Fact]
    public void AllNamesAreListedWhereNoneIsNear()
    {
        Assert.Equal("; known are 'resnet', 'vgg'", Suggestion.For("transformer", ["vgg", "resnet"]));
        Assert.Equal("; only 'vgg' is known", Suggestion.For("transformer", ["vgg"]));
        Assert.Equal("; there is none", Suggestion.For("transformer", []));
    }
}
