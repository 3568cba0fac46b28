using CsCheck;
using Harness.Results;
using Testing;

namespace Harness.Tests.Results;

public sealed class CellFolderTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly CellFolder cell;

    public CellFolderTests() => cell = new(scratch["cells", "k1"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AnEmptyCellReadsAsNothing()
    {
        Assert.Empty(cell.ReadMeasurements());
        Assert.Empty(cell.ReadTimings());
        Assert.Null(cell.ReadResult());
        cell.CutBack(3);
        cell.DeleteResult();
        cell.Append([]);
        Assert.False(Directory.Exists(cell.Path));
    }

    [Fact]
    public void EveryDoubleAndEveryTextComesBack() =>
        Gen.Select(Gen.Int[1, 350], Gen.String, Gen.Double, Gen.Double.Nullable(), Gen.Double.Array[0, 4]).Sample((epoch, text, value, error, curve) =>
        {
            using var folder = new ScratchFolder();
            var written = new Measurement(epoch, "m", "q", Split.Test, value, error, curve, [double.NaN, double.PositiveInfinity, double.NegativeInfinity], Error: text.Replace("\ud800", ""));
            if (written.Error!.Any(char.IsSurrogate)) written = written with { Error = "surrogates alone are no text" };
            new CellFolder(folder.Path).Append([written]);
            var read = Assert.Single(new CellFolder(folder.Path).ReadMeasurements());
            Assert.Equal(written with { X = null, Y = null }, read with { X = null, Y = null });
            Assert.Equal(written.X, read.X);
            Assert.Equal(written.Y, read.Y);
        }, iter: 200);

    [Fact]
    public void WeightsAloneCurvesAndErrorsComeBack()
    {
        Measurement[] written = [new(1, "m", "weights", null, 0.5), new(1, "m", "curve", Split.Train, null, X: [1], Y: [2]), new(1, "m", "", null, null, Error: "no")];
        cell.Append(written);
        var read = cell.ReadMeasurements();
        Assert.Equal(written[0], read[0]);
        Assert.Equal([2.0], read[1].Y);
        Assert.Equal(written[2], read[2]);
    }

    [Fact]
    public void MatricesAndPicturesComeBackAndTheirLinesAreSmall()
    {
        var pixels = Enumerable.Range(0, 3 * 32 * 32).Select(i => (byte)(i * 37)).ToArray();
        cell.Append([
            new(1, "m", "confusion", Split.Test, Matrix: new("true class", "predicted class", [[1, 2.5], [double.NaN, double.NegativeInfinity]])),
            new(1, "m", "examples", Split.Test, Pictures: [new("7 → 3", [new("clean", new(3, 32, 32), pixels)])]),
        ]);
        var read = cell.ReadMeasurements();
        Assert.Equal([[1, 2.5], [double.NaN, double.NegativeInfinity]], read[0].Matrix!.Values);
        var row = Assert.Single(read[1].Pictures!);
        Assert.Equal("7 → 3", row.Caption);
        Assert.Equal(("clean", new ImageShape(3, 32, 32)), (row.Pictures[0].Caption, row.Pictures[0].Shape));
        Assert.Equal(pixels, row.Pictures[0].Pixels);
        Assert.InRange(new FileInfo(cell.MeasurementsPath).Length, 4096, 4096 + 400);
    }

    [Fact]
    public void PicturesOfAnEpochThatWasNotSavedAreCutBackWithIt()
    {
        Measurement Pictures(int epoch) => new(epoch, "m", "examples", Split.Test, Pictures: [new("", [new("clean", new(1, 2, 2), [1, 2, 3, (byte)epoch])])]);
        cell.Append([Pictures(1)]);
        var kept = File.ReadAllBytes(cell.MeasurementsPath);
        cell.Append([Pictures(2)]);
        cell.CutBack(1);
        Assert.Equal(kept, File.ReadAllBytes(cell.MeasurementsPath));
        Assert.Equal([cell.MeasurementsPath], Directory.GetFiles(cell.Path));
    }

    [Fact]
    public void CutAtAnyByteTheWholeLinesAreReadAndTheNextAppendStartsALine()
    {
        cell.Append([.. Enumerable.Range(1, 3).Select(epoch => new Measurement(epoch, "m", "größe", Split.Test, epoch / 3.0))]);
        var whole = File.ReadAllBytes(cell.MeasurementsPath);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(cell.MeasurementsPath, whole[..length]);
            var lines = whole[..length].Count(b => b == '\n');
            Assert.Equal(Enumerable.Range(1, lines), cell.ReadMeasurements().Select(m => m.Epoch));
            cell.Append([new(9, "m", "q", null, 1)]);
            Assert.Equal([.. Enumerable.Range(1, lines), 9], cell.ReadMeasurements().Select(m => m.Epoch));
        }
    }

    [Fact]
    public void CutAtAnyByteCuttingBackGivesAPrefixOfTheOriginal()
    {
        cell.Append([.. new[] { 1, 1, 2, 4 }.Select(epoch => new Measurement(epoch, "m", "q", Split.Test, epoch / 3.0))]);
        var whole = File.ReadAllBytes(cell.MeasurementsPath);
        var length = Gen.Int[0, whole.Length];
        Gen.Select(length, Gen.Int[0, 5]).Sample((cut, last) =>
        {
            File.WriteAllBytes(cell.MeasurementsPath, whole[..cut]);
            var expected = cell.ReadMeasurements().Where(m => m.Epoch <= last).ToArray();
            cell.CutBack(last);
            var after = File.ReadAllBytes(cell.MeasurementsPath);
            Assert.Equal(whole[..after.Length], after);
            Assert.Equal(expected, cell.ReadMeasurements());
            Assert.True(after.Length == 0 || after[^1] == '\n');
        }, threads: 1, iter: 500);
        Assert.Equal([cell.MeasurementsPath], Directory.GetFiles(cell.Path));
    }

    [Fact]
    public void CuttingBackTakesTrainingAndTimingsToo()
    {
        cell.AppendTraining(new EpochRecord(1, 2, 0.5, 0.1), new EpochRecord(2, 1, 0.25, 0.1, TerminalPhaseEpoch: 2));
        cell.AppendTimings(new EpochTiming(1, 2, 0.5, 1000));
        cell.AppendTimings(new EpochTiming(2, 2, 0, 1000));
        cell.CutBack(1);
        Assert.Equal([new EpochTiming(1, 2, 0.5, 1000)], cell.ReadTimings());
        Assert.Equal([new EpochRecord(1, 2, 0.5, 0.1)], cell.ReadTraining());
    }

    [Fact]
    public void BackwardsAreTheSameLinesInTheOtherOrderAlsoWhereTheyAreLongerThanABlock() =>
        Gen.Int[0, 200_000].Array[0, 8].Sample(lengths =>
        {
            using var folder = new ScratchFolder();
            var written = new CellFolder(folder.Path);
            written.Append([.. lengths.Select((length, place) => new Measurement(place + 1, "m", new string('q', length), null, place))]);
            if (lengths.Length > 0) File.AppendAllText(written.MeasurementsPath, "{\"epoch\": 9, torn");
            Assert.Equal(written.ReadMeasurements().Reverse(), written.ReadMeasurementsBackwards());
        }, iter: 60);

    [Fact]
    public void ALineDamagedNearTheEndIsSaidWhenReadBackwards()
    {
        cell.AppendTraining(new EpochRecord(1, 2, 0.5, 0.1));
        File.AppendAllText(cell.TrainingPath, "\n");
        Assert.StartsWith($"{cell.TrainingPath}, a line near its end is damaged", Assert.Throws<RunFolderException>(cell.ReadLastEpoch).Message);
    }

    [Fact]
    public void ACopyHoldsEverythingButTheResultAndTheLock()
    {
        cell.Append([new(1, "m", "q", null, 1)]);
        cell.WriteIdentity(new() { ["seed"] = 0 });
        cell.WriteResult(new() { Outcome = Outcome.Done, Epochs = 1 });
        scratch.Write("weights", "cells", "k1", "checkpoint", "a.safetensors");
        scratch.Write("", "cells", "k1", ".lock");
        var copy = new CellFolder(scratch["cells", "k2"]);
        copy.CopyFrom(cell);
        Assert.Equal(["checkpoint/a.safetensors", "identity.json", "measurements.jsonl"],
            Directory.GetFiles(copy.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(copy.Path, f)).Order());
        Assert.Equal(cell.ReadMeasurements(), copy.ReadMeasurements());
    }

    [Fact]
    public void ADamagedLineIsNamedByFileAndNumber()
    {
        cell.Append([new(1, "m", "q", null, 1)]);
        File.AppendAllText(cell.MeasurementsPath, "{\"epoch\": 2, oops}\n");
        var message = Assert.Throws<RunFolderException>(() => cell.ReadMeasurements()).Message;
        Assert.StartsWith($"{cell.MeasurementsPath}, line 2 is damaged", message);
    }

    [Fact]
    public void AResultCutAnywhereIsRefusedByName()
    {
        cell.WriteResult(new() { Outcome = Outcome.OutOfMemory, Epochs = 3, Message = "no memory left", ExitCode = 137, LogTail = ["a", "b"] });
        Assert.Equal(["a", "b"], cell.ReadResult()!.LogTail);
        Assert.Equal(Outcome.OutOfMemory, cell.ReadResult()!.Outcome);
        var whole = File.ReadAllBytes(cell.ResultPath);
        for (var length = 0; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(cell.ResultPath, whole[..length]);
            Assert.Contains(cell.ResultPath, Assert.Throws<RunFolderException>(() => cell.ReadResult()).Message);
        }

        cell.DeleteResult();
        Assert.Null(cell.ReadResult());
    }

    [Fact]
    public void AMissingSpecIsNamed() =>
        Assert.Contains(cell.SpecPath, Assert.Throws<RunFolderException>(() => cell.ReadSpec()).Message);
}
