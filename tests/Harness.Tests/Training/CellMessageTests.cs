using Harness.Training;

namespace Harness.Tests.Training;

public class CellMessageTests
{
    public static TheoryData<CellMessage> Messages =>
    [
        new CellMessage.Started(0, 10, 20),
        new CellMessage.Trained(1, 0.5, 0.25, 1000),
        new CellMessage.Trained(1, double.NaN, 1, 1000),
        new CellMessage.Measured(1, 0.5, []),
        new CellMessage.Measured(3, 0.5, [new("m/q", 1.5, Split.Train), new("m/weights", double.NaN)], 2),
        new CellMessage.Beat(7, "training", 1, 2, 3, 4),
        new CellMessage.Beat(7, "measuring robustness", 1, 2, 3, 4),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void WhatIsSaidIsHeard(CellMessage message)
    {
        var heard = CellMessage.FromLine(message.ToLine());
        Assert.Equal(message.GetType(), heard?.GetType());
        Assert.Equal(message.ToLine(), heard!.ToLine());
    }

    [Theory]
    [InlineData("Epoch 1")]
    [InlineData("{}")]
    [InlineData("{\"is\":\"unknown\"}")]
    public void WhatAPluginPrintsIsNoMessage(string line) => Assert.Null(CellMessage.FromLine(line));
}
