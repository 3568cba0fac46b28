namespace Harness.Results;

/// <summary>environment.json: the machine and the versions of the latest run on the folder.</summary>
public sealed record EnvironmentRecord
{
    /// <summary>Version of the host.</summary>
    public required string Harness { get; init; }

    /// <summary>Version of the contract.</summary>
    public required string Contract { get; init; }

    /// <summary>Version of TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Version of libtorch, with where it came from.</summary>
    public required string Libtorch { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Dotnet { get; init; }

    /// <summary>Operating system and architecture.</summary>
    public required string System { get; init; }

    /// <summary>Processor's model name.</summary>
    public required string Processor { get; init; }

    /// <summary>Processors the run may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The command line as given.</summary>
    public required string Command { get; init; }

    /// <summary>When the run was started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The plugins used.</summary>
    public required IReadOnlyList<PluginRecord> Plugins { get; init; }
}

/// <summary>A plugin that was used.</summary>
/// <param name="Kind">Architecture, dataset or metric.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 over its files.</param>
public sealed record PluginRecord(string Kind, string Name, string Version, string Hash);
