using Harness.Diagnosis;
using Harness.Torch;

namespace Harness.Tests.Diagnosis;

public class CudaDiagnosisTests
{
    private static readonly Version Twelve = new(12, 8);

    [Fact]
    public void ABuildWithoutCudaIsRightWithoutADriverAndNotWithOne()
    {
        Says(Of(driver: null, cuda: null), FindingState.Absent, "build without CUDA, which without a GPU is right", "For a GPU: NVIDIA's driver, and a CUDA build of PyTorch 2.10.0");
        Says(Of("570.86.15", cuda: null), FindingState.Absent, "driver 570.86.15 is loaded, but this libtorch is a build without CUDA", "Take a CUDA build of PyTorch 2.10.0");
    }

    [Fact]
    public void ACudaBuildWithoutADriverNamesTheDriverItNeeds() =>
        Says(Of(null, new([], Twelve, new(0, 0), "no driver")), FindingState.Absent, "built for CUDA 12.8, but no NVIDIA driver is loaded", "Install NVIDIA's driver, 525 or newer");

    [Fact]
    public void ADriverTooOldIsSaidWithWhatItServes() =>
        Says(Of("470.1", new([], Twelve, new(11, 4), "insufficient")), FindingState.Absent, "the driver 470.1 serves CUDA 11.4 at most", "Update NVIDIA's driver, 525 or newer, or take a build of PyTorch 2.10.0 for CUDA 11.");

    [Fact]
    public void HiddenDevicesAreSaidToBeHidden() =>
        Says(Of("570.1", new([], Twelve, Twelve, "no CUDA-capable device is detected"), visible: "-1"), FindingState.Absent, "CUDA_VISIBLE_DEVICES=-1 shows it no device", "Unset CUDA_VISIBLE_DEVICES");

    [Fact]
    public void AnythingElseIsSaidInCudasWords() =>
        Says(Of("570.1", new([], Twelve, Twelve, "system not yet initialized")), FindingState.Absent, "CUDA finds no device (system not yet initialized)", "reboot");

    [Fact]
    public void DevicesAreNamedWithTheirMemory()
    {
        var finding = Of("570.1", new([new("A Card", 80L << 30)], Twelve, Twelve, null), cudnn: true);
        Assert.Equal(new("CUDA", FindingState.Works, "cuda:0 A Card, 80 GiB; CUDA 12.8, with cuDNN"), finding);
    }

    [Fact]
    public void ADeviceTheBuildHasNoCodeForIsSaidNotToWork()
    {
        CudaDeviceFacts old = new("Old Card", 8L << 30, "CUDA error: no kernel image is available for execution on the device"), good = new("A Card");
        Says(Of("570.1", new([old], Twelve, Twelve, null)), FindingState.Absent, "cuda:0 Old Card, 8 GiB, which cannot be used (CUDA error: no kernel image", "no code for the GPU");
        Says(Of("570.1", new([old, good], Twelve, Twelve, null)), FindingState.Works, "; cuda:1 A Card; CUDA 12.8", "--devices");
    }

    [Fact]
    public void FactsComeBackFromTheChildsLine()
    {
        var facts = new LibtorchFacts(new Dictionary<string, bool> { ["a"] = true }, Cudnn: true, new([new("A Card", 5)], Twelve, null, "fault"));
        Assert.Equivalent(facts, LibtorchFacts.FromLine(facts.ToLine()));
    }

    private static Finding Of(string? driver, CudaFacts? cuda, string? visible = null, bool cudnn = false) => new CudaDiagnosis(driver, visible).Of(new(new Dictionary<string, bool>(), cudnn, cuda));

    private static void Says(Finding finding, FindingState state, string said, string mend)
    {
        Assert.Equal(state, finding.State);
        Assert.Contains(said, finding.Said);
        Assert.Contains(mend, finding.Mend);
    }
}
