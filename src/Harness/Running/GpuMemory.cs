using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Harness.Running;

/// <summary>Asks NVIDIA's own tool, since the parent loads neither libtorch nor CUDA.</summary>
public static class GpuMemory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A GPU's memory in bytes, or null where the tool is not there or does not answer: then nobody shares that GPU.</summary>
    /// <param name="device">"cuda:N".</param>
    public static long? Of(string device)
    {
        try
        {
            var info = new ProcessStartInfo("nvidia-smi", ["--query-gpu=memory.total", "--format=csv,noheader,nounits", $"--id={device.Split(':')[^1]}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(info)!;
            var answer = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }
            return long.TryParse(answer.Result.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes << 20 : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
