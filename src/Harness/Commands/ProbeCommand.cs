using System.CommandLine;
using Harness.Torch;

namespace Harness.Commands;

/// <summary><c>probe</c>: loads a libtorch and prints what it can do as one line of JSON, in the process <c>doctor</c> starts for it.</summary>
public static class ProbeCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("probe", "Says what a libtorch can do.") { SharedOptions.Libtorch };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() =>
        {
            var location = Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch));
            Libtorch.Load(location);
            Console.Out.WriteLine(LibtorchFacts.OfThisProcess(location).ToLine());
            return Task.FromResult(0);
        }));
        return command;
    }
}
