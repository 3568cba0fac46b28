using Harness.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Hosting;
using Serilog.Formatting;
using Serilog.Formatting.Display;

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

    /// <summary>How a line of the log looks on a console.</summary>
    public static ITextFormatter ConsoleFormat { get; } = new MessageTemplateTextFormatter(ConsoleLine);

    /// <summary>Logs to a file from now on as well as to the console.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="file">The file; appended to.</param>
    /// <param name="screen">What is written to instead of the console, or null.</param>
    public static void AlsoTo(this ReloadableLogger logger, string file, ILogEventSink? screen = null) => logger.Reload(configuration => Log(configuration, screen)
        .WriteTo.File(file, outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:w3} {Message:lj}{NewLine}{Exception}"));

    private static LoggerConfiguration Log(LoggerConfiguration configuration, ILogEventSink? screen = null)
    {
        // What libraries have to say is no user's business unless something is wrong.
        var quiet = configuration.MinimumLevel.Information().MinimumLevel.Override("Microsoft", LogEventLevel.Warning).MinimumLevel.Override("System", LogEventLevel.Warning);
        return screen is null ? quiet.WriteTo.Console(outputTemplate: ConsoleLine) : quiet.WriteTo.Sink(screen);
    }
}
