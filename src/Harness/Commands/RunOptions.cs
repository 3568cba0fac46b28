using System.CommandLine;
using Harness.Manifests;
using Harness.Running;

namespace Harness.Commands;

/// <summary>What a run may use, and for how long.</summary>
public static class RunOptions
{
    private const string Automatic = "auto";
    private const int MostJobs = 4096;

    /// <summary>Where cells run.</summary>
    public static Option<string?> Devices { get; } = Checked(
        "--devices", "LIST", "Devices, with commas: cpu, cuda or cuda:N each; where absent a GPU if there is one that libtorch can use, else the CPU.",
        text => text.Split(',').FirstOrDefault(name => !IsDevice(name)) is { } wrong ? $"--devices '{wrong}' is not a device: cpu, cuda or cuda:N is, several with commas." : null);

    /// <summary>Cells at once on each device.</summary>
    public static Option<string?> JobsPerDevice { get; } = Checked(
        "--jobs-per-device", "N", "Cells at once on each device, or auto, as where absent: as many as there are processors for on a CPU, as many small ones as fit on a GPU.",
        text => text == Automatic || int.TryParse(text, out var n) && n is >= 1 and <= MostJobs ? null : $"--jobs-per-device '{text}' is neither 'auto' nor a whole number from 1 to {MostJobs}.");

    /// <summary>A moment to stop at.</summary>
    public static Option<string?> Until { get; } = Checked(
        "--until", "TIME", "Stops at a time of day, such as 07:00, the next time it is that, or at a date with a time, such as 2030-01-31T07:00; the same command continues.",
        text => Deadline.Moment(text, TimeProvider.System) is null ? $"--until '{text}' is no moment: {Deadline.Wanted} is." : null);

    /// <summary>A time to stop after.</summary>
    public static Option<string?> Budget { get; } = Checked(
        "--budget", "TIME", "Stops after so long, such as 8h or 1h30m; the same command continues.",
        text => Duration.Parse(text) is { } budget && budget > TimeSpan.Zero ? null : $"--budget '{text}' is no budget: {Duration.Wanted} is.");

    /// <summary>The devices and threads that are asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="libtorch">The folder of libtorch.</param>
    /// <exception cref="Torch.LibtorchException">A GPU is asked for and there is none.</exception>
    public static ComputeOptions Compute(ParseResult arguments, string libtorch) => ComputeOptions.Resolve(
        arguments.GetValue(Devices)?.Split(',') ?? [], int.TryParse(arguments.GetValue(JobsPerDevice), out var jobs) ? jobs : null, arguments.GetValue(SharedOptions.Threads), libtorch, GpuMemory.Of);

    /// <summary>The deadline that is asked for; the budget begins now.</summary>
    /// <param name="arguments">The command line.</param>
    public static Deadline MakeDeadline(ParseResult arguments) => new(
        arguments.GetValue(Until) is { } until ? Deadline.Moment(until, TimeProvider.System) : null, arguments.GetValue(Budget) is { } budget ? Duration.Parse(budget) : null, TimeProvider.System);

    private static bool IsDevice(string name) =>
        name is "cpu" or "cuda" || name.StartsWith("cuda:", StringComparison.Ordinal) && ushort.TryParse(name[5..], out _);

    private static Option<string?> Checked(string name, string value, string description, Func<string, string?> wrong)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && wrong(result.Tokens[0].Value) is { } sentence) result.AddError(sentence);
        });
        return option;
    }
}
