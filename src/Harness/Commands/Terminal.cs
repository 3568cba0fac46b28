using Spectre.Console;

namespace Harness.Commands;

/// <summary>The console for tables: as wide as the terminal, and never wrapped where the output goes to a file or a pipe.</summary>
public static class Terminal
{
    private const int Unwrapped = 4000;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Wide()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected) console.Profile.Width = Unwrapped;
        return console;
    }
}
