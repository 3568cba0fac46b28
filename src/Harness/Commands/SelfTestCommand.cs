using System.CommandLine;
using Harness.Torch;

namespace Harness.Commands;

/// <summary><c>self-test</c>: computes golden values with a libtorch, in the process the parent starts for it.</summary>
public static class SelfTestCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("self-test", "Checks what a libtorch computes.") { SharedOptions.Libtorch };
        command.Hidden = true;
        command.SetAction(arguments =>
        {
            try
            {
                return SelfTest.Report(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)), Console.Out);
            }
            catch (LibtorchException e)
            {
                Console.Out.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }
}
