using Harness.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Extensions.Hosting;

namespace Harness.Commands;

/// <summary>The generic host every verb runs in: plugins are found at run time, logs go to the console and, once there is a run folder, to a file.</summary>
public static class HarnessHost
{
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:w3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Builds and starts the host.</summary>
    /// <param name="plugins">Plugins folders beside the one beside the executable.</param>
    /// <param name="data">The user's data folder, or null.</param>
    /// <param name="logger">Where logs go.</param>
    /// <returns>The started host; the caller disposes it.</returns>
    public static async Task<IHost> StartAsync(IReadOnlyList<string> plugins, string? data, ILogger logger)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddSerilog(logger);
        builder.Services.AddHostedService<SecondInterrupt>();
        builder.Services.AddSingleton(new DataRoot(data is null ? null : Path.GetFullPath(data)));
        builder.Services.AddSingleton(_ => PluginDiscovery.Discover(plugins));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>A logger to the console that can later be pointed to a file as well.</summary>
    public static ReloadableLogger ConsoleLogger() => Log(new LoggerConfiguration()).CreateBootstrapLogger();

    /// <summary>Logs to a file from now on as well as to the console.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="file">The file; appended to.</param>
    public static void AlsoTo(this ReloadableLogger logger, string file) =>
        logger.Reload(configuration => Log(configuration).WriteTo.File(file, outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:w3} {Message:lj}{NewLine}{Exception}"));

    private static LoggerConfiguration Log(LoggerConfiguration configuration) => configuration
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
        .WriteTo.Console(outputTemplate: ConsoleLine);
}
