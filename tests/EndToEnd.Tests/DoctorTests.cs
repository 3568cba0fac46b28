using System.Text.Json;
using Testing;

namespace EndToEnd.Tests;

public class DoctorTests
{
    [Fact]
    public async Task FindsTheLibtorchOfTheBuildWithEveryExportAndThePlugins()
    {
        var result = await HarnessCommandLine.RunAsync("doctor", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var said = JsonDocument.Parse(result.Output);
        var states = said.RootElement.GetProperty("findings").EnumerateArray()
            .GroupBy(f => f.GetProperty("subject").GetString()!).ToDictionary(g => g.Key, g => g.First().GetProperty("state").GetString());
        Assert.All(["system", "libtorch", "self-test", "plugins", "one fused update of all weights", "bf16 training"], subject => Assert.Equal("works", states[subject]));
        var exports = said.RootElement.GetProperty("exports").EnumerateObject().ToArray();
        Assert.Contains(exports, e => e.Name == "torch_call_dispatcher");
        Assert.All(exports, e => Assert.True(e.Value.GetBoolean(), e.Name));
    }

    [Fact]
    public async Task SaysWhatToDoWhereLibtorchIsNotThere()
    {
        using var scratch = new ScratchFolder();
        var result = await HarnessCommandLine.RunAsync("doctor", "--libtorch", scratch.Path);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("BROKEN  libtorch", result.Output);
        Assert.Contains("holds no libtorch", result.Output);
        Assert.Contains("--libtorch DIR", result.Output);
        Assert.Contains("Nothing can be trained here", result.Output);
    }
}
