using Harness.Diagnosis;

namespace Harness.Tests.Diagnosis;

public sealed class SystemDiagnosisTests : IDisposable
{
    private readonly string proc = Directory.CreateTempSubdirectory("proc-").FullName;

    public void Dispose() => Directory.Delete(proc, recursive: true);

    [Theory]
    [InlineData("fpu avx2 avx512f avx512_bf16", FindingState.Works, "AVX2, AVX-512, AVX512-BF16")]
    [InlineData("fpu avx2", FindingState.Absent, "AVX2: no bf16 arithmetic")]
    public void AProcessorIsSaidWithWhatItCanDo(string flags, FindingState state, string said)
    {
        File.WriteAllText(Path.Combine(proc, "cpuinfo"), $"processor\t: 0\nmodel name\t: Some Processor\nflags\t\t: {flags}\n");
        var finding = Finding("processor");
        Assert.Equal(state, finding.State);
        Assert.StartsWith("Some Processor, ", finding.Said);
        Assert.Contains(said, finding.Said);
    }

    [Fact]
    public void WithoutADriverThereIsNoGpuAndTheMendIsSaid()
    {
        var finding = Finding("GPU");
        Assert.Equal(FindingState.Absent, finding.State);
        Assert.Contains("NVIDIA's driver", finding.Mend);
    }

    [Fact]
    public void ADriverAndItsDevicesAreNamed()
    {
        var device = Directory.CreateDirectory(Path.Combine(proc, "driver/nvidia/gpus/0000:01:00.0"));
        File.WriteAllText(Path.Combine(proc, "driver/nvidia/version"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.86.15  Tue Jan 14 17:58:01 UTC 2025\nGCC version: 12\n");
        File.WriteAllText(Path.Combine(device.FullName, "information"), "Model: \t\t A Card\nIRQ: 1\n");
        Assert.Equal(("A Card; driver 570.86.15", FindingState.Works), (Finding("GPU").Said, Finding("GPU").State));
        Assert.Equal("570.86.15", new SystemDiagnosis(proc).DriverVersion);
        device.Delete(recursive: true);
        Assert.Equal(FindingState.Absent, Finding("GPU").State);
    }

    private Finding Finding(string subject) => new SystemDiagnosis(proc).Findings().Single(f => f.Subject == subject);
}
