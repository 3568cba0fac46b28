using Harness.Fetching;
using Harness.Manifests;
using Harness.Measuring.Elsewhere;
using Harness.Results;
using Harness.Running;
using Harness.Torch;

namespace Harness.Commands;

/// <summary>Turns what a user can mend into sentences on standard error and an exit code; anything else is a fault of the harness: it keeps its trace and has an exit code of its own.</summary>
public static class Refusal
{
    /// <summary>Runs a verb.</summary>
    /// <param name="verb">The verb; gives its exit code.</param>
    public static async Task<int> CatchAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (ManifestException e)
        {
            foreach (var error in e.Errors) Console.Error.WriteLine(error);
            return ExitCode.Invalid;
        }
        catch (Exception e) when (e is RefusedPlanException or RunFolderException or FetchException or FeatureFileException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Invalid;
        }
        catch (LibtorchException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.NothingRan;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Invalid;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"This is a fault of the harness, not of your input: please report it with what follows.\n{e}");
            return ExitCode.Fault;
        }
    }
}
