using Harness.Training;

namespace Harness.Tests.Training;

public class CellMessageTests
{
    public static TheoryData<CellMessage> Messages =>
    [
        new CellMessage.Started(0, 10, 20),
        new CellMessage.Trained(1, 0.5, 0.25, 1000),
        new CellMessage.Trained(1, double.NaN, 1, 1000),
        new CellMessage.Measured(1, null),
        new CellMessage.Measured(3, 2),
        new CellMessage.Beat(7, "training", 1, 2, 3, 4, null),
        new CellMessage.Beat(7, "measuring robustness", 1, 2, 3, 4, 5),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void WhatIsSaidIsHeard(CellMessage message) => Assert.Equal(message, CellMessage.FromLine(message.ToLine()));

    [Theory]
    [InlineData("Epoch 1")]
    [InlineData("{}")]
    [InlineData("{\"is\":\"unknown\"}")]
    public void WhatAPluginPrintsIsNoMessage(string line) => Assert.Null(CellMessage.FromLine(line));
}
