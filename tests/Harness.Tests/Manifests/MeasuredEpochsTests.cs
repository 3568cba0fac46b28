using CsCheck;
using Harness.Manifests;
using static Harness.Tests.Manifests.Planning;

namespace Harness.Tests.Manifests;

public class MeasuredEpochsTests
{
    [Fact]
    public void PublishedScheduleHasTheFiftyEpochsOfThePaper() => Assert.Equal(
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 16 17 19 20 22 24 27 29 32 35 38 42 45 50 54 59 65 71 77 85 92 101 110 121 132 144 158 172 188 206 225 245 268 293 320 350",
        string.Join(' ', MeasuredEpochs.Papyan2020(350)));

    [Fact]
    public void PublishedScheduleEndsWithTheLastEpoch()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], MeasuredEpochs.Papyan2020(15));
        Assert.Equal([320, 350, 400], MeasuredEpochs.Papyan2020(400).TakeLast(3));
    }

    [Fact]
    public void LogarithmicScheduleOfPowersOfTwoIsExact() => Assert.Equal([1, 2, 4, 8, 16, 32, 64], MeasuredEpochs.Logarithmic(7, 64));

    [Fact]
    public void StepScheduleTakesMultiplesAndTheLast()
    {
        Assert.Equal([5, 10, 12], MeasuredEpochs.Every(5, 12));
        Assert.Equal([5, 10], MeasuredEpochs.Every(5, 10));
        Assert.Equal([4], MeasuredEpochs.Every(5, 4));
    }

    [Fact]
    public void EveryScheduleRisesWithinTheTrainingAndEndsWithIt() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 2000]).Sample((number, epochs) =>
        {
            var log = MeasuredEpochs.Logarithmic(number, epochs);
            Assert.Equal(Math.Min(number, epochs), log.Count);
            foreach (var schedule in new[] { log, MeasuredEpochs.Every(number, epochs), MeasuredEpochs.Papyan2020(epochs) })
            {
                Assert.Equal(epochs, schedule[^1]);
                Assert.InRange(schedule[0], 1, epochs);
                Assert.All(schedule.Zip(schedule.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            }
        });

    [Theory]
    [InlineData("papyan2020", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 16 17 19 20 22 24 27 29 32 35 38 42 45 50 54 59 60")]
    [InlineData("{ log: 3 }", "1 8 60")]
    [InlineData("{ every: 20 }", "20 40 60")]
    [InlineData("[1, 5, 9]", "1 5 9")]
    public void ManifestNamesASchedule(string written, string epochs) =>
        Assert.Equal(epochs, string.Join(' ', Plan(With(written)).Cells[0].MeasuredEpochs));

    [Theory]
    [InlineData("papyan2002", "7:11: unknown schedule 'papyan2002'; did you mean 'papyan2020'?")]
    [InlineData("20", "7:11: 'epochs' of 'measure' wants papyan2020, {log: COUNT}, {every: STEP} or a rising list, not '20'")]
    [InlineData("{ evry: 2 }", "7:13: unknown key 'evry' in 'epochs' of 'measure'; did you mean 'every'?")]
    [InlineData("{ every: 0 }", "7:20: 'every' must be at least 1, not '0'")]
    [InlineData("{ every: 2, log: 3 }", "7:11: 'epochs' of 'measure' wants papyan2020, {log: COUNT}, {every: STEP} or a rising list, one of them")]
    [InlineData("[1, 61]", "7:15: epoch 61 is beyond the last, 60")]
    [InlineData("[2, 2]", "7:15: measured epochs rise; 2 comes after 2")]
    [InlineData("[0]", "7:12: epochs count from 1; there is no '0'")]
    [InlineData("[]", "7:11: 'epochs' of 'measure' is an empty list")]
    public void WrongScheduleIsNamed(string written, string error) => Assert.Equal($"small.yaml:{error}", Error(With(written)));

    private static string With(string schedule) => SmallWith("  metrics:", $"  epochs: {schedule}\n  metrics:");
}
