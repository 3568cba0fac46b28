using System.CommandLine;

namespace Harness.Commands;

/// <summary>Options that several verbs take, each declared once.</summary>
public static class SharedOptions
{
    /// <summary>Where data sets are.</summary>
    public static Option<string?> Data { get; } = new Option<string?>("--data")
    {
        Description = "Folder of the data sets, one sub-folder each; HARNESS_DATA where absent.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HARNESS_DATA") is { Length: > 0 } folder ? folder : null,
    }.NotEmpty();

    /// <summary>More plugins folders.</summary>
    public static Option<string[]> Plugins { get; } = new Option<string[]>("--plugins")
    {
        Description = "A folder of plugins beside the one beside the executable; may be given several times.",
        HelpName = "DIR",
    }.NotEmpty().ExistingFolders();

    /// <summary>Where libtorch is.</summary>
    public static Option<string?> Libtorch { get; } = new Option<string?>("--libtorch")
    {
        Description = "Folder of a libtorch, such as a PyTorch's torch/lib; HARNESS_LIBTORCH where absent, else the one that came with the build.",
        HelpName = "DIR",
    }.NotEmpty();

    /// <summary>Threads of a cell.</summary>
    public static Option<int?> Threads { get; } = Positive("--threads", "Processor threads of each cell; 1 where absent. Part of a cell's identity: sums are split among threads.");

    /// <summary>The same option, refusing an empty path, which an unset variable of a shell leaves.</summary>
    /// <param name="option">An option that names a file or a folder.</param>
    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError($"{option.Name} is given an empty path.");
        });
        return option;
    }

    /// <summary>The same option, refusing what is no folder.</summary>
    /// <param name="option">An option that names folders to read.</param>
    private static Option<string[]> ExistingFolders(this Option<string[]> option)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Length > 0 && !Directory.Exists(token.Value)))
                result.AddError($"{option.Name} '{token.Value}' is {(File.Exists(token.Value) ? "a file" : "not there")}: name a folder of plugins.");
        });
        return option;
    }

    /// <summary>The same argument, refusing an empty path.</summary>
    /// <param name="argument">An argument that names a file or a folder.</param>
    public static Argument<string> NotEmpty(this Argument<string> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError($"'{argument.Name}' is given an empty path.");
        });
        return argument;
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var n) && n is >= 1 and <= 4096))
                result.AddError($"{name} '{result.Tokens[0].Value}' is not a whole number from 1 to 4096.");
        });
        return option;
    }
}
