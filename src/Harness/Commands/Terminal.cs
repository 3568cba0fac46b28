using Spectre.Console;

namespace Harness.Commands;

/// <summary>The console for tables: as wide as the terminal, and never wrapped where the output goes to a file or a pipe.</summary>
public static class Terminal
{
    private const int Unwrapped = 4000;

    /// <summary>The terminal where a table can be drawn over itself again and again; null where the output goes elsewhere, or to a terminal that cannot.</summary>
    public static IAnsiConsole? Live()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        return !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true } ? console : null;
    }

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Wide()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected) console.Profile.Width = Unwrapped;
        return console;
    }
}
